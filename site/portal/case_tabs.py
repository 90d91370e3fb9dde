"""The tabs that every case has: overview, messages, what happened."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.access import person_of
from alliance.models import User
from alliance.roles import Role, has_role
from cases.contributions import CaseTab
from cases.enums import PublicStatus
from cases.forms import AnswerForm, OnceForm, TextForm
from cases.models import Case
from cases.queries import endings_of, messages_of
from portal.case_overview import turn_rows
from portal.forms import AssignForm, EndForm, WriteForm

EVENTS = 50
TWINS = 5


def endings_for(user: User, case: Case) -> frozenset[PublicStatus]:
    """How somebody of the staff may end the case as it stands; declining and referring are for the S2S lead."""
    decided = {PublicStatus.DECLINED, PublicStatus.REFERRED} if has_role(user, Role.S2S_LEAD) else set()
    return endings_of(case, user) & {PublicStatus.COMPLETED, *decided}


def core_tabs(request: HttpRequest, case: Case, forms: dict[str, Any], *, for_staff: bool, works_on_case: bool) -> list[CaseTab]:
    """
    `forms` are refused ones to show again; `for_staff`, whether the reader meets the case as staff. Staff who do not work on it, having
    a tie to its school, read what onlookers read.
    """
    reader, staff = person_of(request), for_staff

    def overview() -> dict[str, Any]:
        events = case.events.all() if staff and works_on_case else case.events.public()
        context = {
            "turns": turn_rows(case, reader, timezone.localdate(), staff=staff and works_on_case),
            "attachments": list(case.attachments.filter(message=None).select_related("private_file")),
            "latest_events": list(events[:3]),
            "can_withdraw": not staff and works_on_case and PublicStatus.WITHDRAWN in endings_of(case, reader),
        }
        return {**context, **_staff_forms()} if staff and works_on_case else context

    def _staff_forms() -> dict[str, Any]:
        endings = endings_for(reader, case)
        refused = forms.get("end_form")
        return {
            "twins": list(case.twins.order_by("-opened_at")[:TWINS]),
            "take_form": OnceForm(),
            "assign_form": forms.get("assign_form") or (AssignForm(case=case) if case.is_open else None),
            "end_form": refused or (EndForm(endings=endings) if endings else None),
        }

    def messages() -> dict[str, Any]:
        thread = list(messages_of(case) if staff else messages_of(case).for_requester())
        refused = forms.get("answer_forms", {})
        asked = [m for m in thread if m.pk in refused or (m.is_question and not m.settled_at and not hasattr(m, "answer"))]
        return {
            "thread": thread,
            "asked": [(m, refused.get(m.pk) or AnswerForm(prefix=f"question-{m.pk}")) for m in asked],
            "once_form": OnceForm(),
            "write_form": forms.get("write_form") or (WriteForm(prefix="write") if staff else TextForm(prefix="write")),
        }

    def events() -> dict[str, Any]:
        found = case.events.all() if staff and works_on_case else case.events.public()
        return {"events": Paginator(found, EVENTS).get_page(request.GET.get("page"))}

    return [
        CaseTab("", _("Overview"), "portal/case/overview.html", overview, 100, for_onlookers=True),
        CaseTab("messages", _("Messages"), "portal/case/messages.html", messages, 200),
        CaseTab("events", _("What happened"), "portal/case/events.html", events, 800, for_onlookers=True),
    ]
