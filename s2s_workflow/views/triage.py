"""Triage in the portal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alliance.access import ALLIANCE_STAFF
from common.access import access
from common.form_flow import FormRefused, act_once
from portal.views.cases import case_page, visible_case
from s2s_workflow.actions.declare_interests import declare_interests
from s2s_workflow.actions.take_into_triage import take_into_triage
from s2s_workflow.forms.triage import YES, TriageForm


@access(ALLIANCE_STAFF)
@require_POST
def triage(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Declare one's interests and, without a conflict, take the request."""
    case = visible_case(request, reference, to_handle=True)
    form = TriageForm(request.POST)
    conflicted = request.POST.get("has_conflict") == YES

    def act() -> None:
        take_into_triage(case=case, has_conflict=conflicted, details=form.cleaned_data["details"], by=request.user, at=timezone.now())

    done = (
        _("Your interest was recorded. Somebody else will take the request.") if conflicted else _("The request is yours, and in triage.")
    )
    try:
        act_once(request, form, act, done=done)
    except FormRefused:
        return case_page(request, case, "triage", tab_form=form)
    return redirect("portal:case", case.reference) if conflicted else redirect("portal:case_tab", case.reference, "triage")


@access(ALLIANCE_STAFF)
@require_POST
def interests(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Declare one's interests in a request that is in hand."""
    case = visible_case(request, reference, to_handle=True)
    form = TriageForm(request.POST)
    conflicted = request.POST.get("has_conflict") == YES

    def act() -> None:
        declare_interests(case=case, has_conflict=conflicted, details=form.cleaned_data["details"], by=request.user, at=timezone.now())

    done = _("Your interest was recorded. Somebody else looks after the request.") if conflicted else _("Thank you. It was recorded.")
    try:
        act_once(request, form, act, done=done)
    except FormRefused:
        return case_page(request, case, "triage", tab_form=form)
    return redirect("portal:case", case.reference) if conflicted else redirect("portal:case_tab", case.reference, "triage")
