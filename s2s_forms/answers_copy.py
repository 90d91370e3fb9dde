"""The requester's copy of a request: on the follow page and as a tagged PDF. It never goes into a mail (decision 0022)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.contributions import FollowPart
from cases.models import Case
from common.pdf import make_pdf
from s2s_forms.models import SupportRequest

TEMPLATE = Path(__file__).with_name("answers_copy.typ")


def answers_part(case: Case) -> list[FollowPart]:
    request = SupportRequest.objects.filter(case=case).first()
    return (
        [FollowPart("s2s_forms/follow_answers.html", {"answers": request.answers}, 300, holds_answers=True)]
        if request and request.answers
        else []
    )


def answers_pdf(request: SupportRequest) -> bytes:
    """What was sent, as it was worded, in the language that is active. The same request gives the same bytes."""
    return make_pdf(TEMPLATE, copy_data(request), at=request.submitted_at)


def copy_data(request: SupportRequest) -> dict[str, Any]:
    """What the template shows."""
    case = request.case
    sent = date_format(timezone.localtime(request.submitted_at), "j F Y, H:i")
    return {
        "title": _("Your request %(reference)s") % {"reference": case.reference},
        "language": (translation.get_language() or settings.LANGUAGE_CODE).partition("-")[0],
        "footer": case.reference,
        "summary": [case.school_name, _("Sent on %(when)s.") % {"when": sent}],
        "answers": [{"question": one["question"] or "–", "lines": one["answer"].splitlines() or ["–"]} for one in request.answers],
    }
