"""Coming back to a saved request by its private link."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from common.access import SIGNED_LINK, access
from common.links import LinkRefused, open_link
from s2s_forms.drafts import RESUME, remember_draft
from s2s_forms.models import RequestDraft
from s2s_forms.request_form.answered import Answered


@access(SIGNED_LINK)
@never_cache
def resume(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show what the link opens; pressing the button takes the draft into this browser's session, and goes on where it stopped."""
    try:
        link = open_link(purpose=RESUME, token=token, at=timezone.now())
    except LinkRefused as refusal:
        response: HttpResponseBase = render(request, "s2s_forms/request/link_refused.html", {"refusal": refusal}, status=410)
    else:
        draft = cast(RequestDraft, link.subject)
        if request.method == "POST" and draft.case_id is None:
            remember_draft(request, draft)
            response = redirect(_where_to_go_on(request, draft))
        else:
            response = render(request, "s2s_forms/request/resume.html", {"draft": draft})
    # Not "no-referrer": browsers then send the form with "Origin: null", which the CSRF check refuses.
    response["Referrer-Policy"] = "same-origin"
    return response


def _where_to_go_on(request: HttpRequest, draft: RequestDraft) -> str:
    """The first step that is not answered yet, or all answers when every one is."""
    step = Answered(draft.page, draft).first_incomplete
    place = draft.page.reverse_subpage("step", args=[step.slug]) if step else draft.page.reverse_subpage("check_answers")
    return str(draft.page.get_url(request) + place)
