"""Bookings, days and what belongs to them in the admin: found, exported, inspected; approved by the portal's own actions (A5)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cases.case_admin import CaseRecordViewSet
from common.admin_actions import ActionView
from health_checks.actions.begin_matching import begin_matching
from health_checks.actions.cancel_day import cancel_day
from health_checks.actions.send_quote import send_quote
from health_checks.enums import COMING, Cause, SeriesState
from health_checks.fees import fee_for_day
from health_checks.models import Assignment, Brief, Day, Feedback, Record, Series
from health_checks.steps.matching import all_have_leaders, can_be_matched

READ_ONLY = frozenset({"add", "change", "delete"})
"""What is refused where only actions write."""
SCHOOL = "case__supported_school__name"


def shown(*names: str) -> list[FieldPanel]:
    return [FieldPanel(name, read_only=True) for name in names]


class MatchView(ActionView):
    name = "match"
    permission_required = "moderate"
    page_title = button_label = _("Find leaders")
    explanation = _("From here on leaders can be held for the days. They are chosen in the portal, with the reasons for each.")
    success_message = _("Leaders can be held now: %(object)s.")

    @classmethod
    def is_offered(cls, instance: Series) -> bool:
        return can_be_matched(instance)

    def act(self, form: Any) -> None:
        begin_matching(series=self.object, by=self.request.user, at=timezone.now())


class ApproveBookingView(ActionView):
    name = "approve"
    permission_required = "moderate"
    page_title = button_label = _("Approve and send the quote")
    explanation = _("The price is frozen, the leaders are held until the quote expires, and the school is asked to accept it.")
    success_message = _("The booking was approved and its quote sent: %(object)s.")

    @classmethod
    def is_offered(cls, instance: Series) -> bool:
        return instance.state == SeriesState.MATCHING and all_have_leaders(instance)

    def act(self, form: Any) -> None:
        send_quote(series=self.object, by=self.request.user, at=timezone.now())


class SeriesViewSet(CaseRecordViewSet):
    model = Series
    icon = "calendar-check"
    menu_order = 100
    refused = READ_ONLY
    action_views = (MatchView, ApproveBookingView)
    list_display = ["case", "state", "area", "requested_at", "quote_expires_on", "accepted_at"]
    list_select_related = ("case__supported_school",)
    list_filter = {"state": ["exact"], "requested_at": ["date__gte", "date__lte"], "case__supported_school": ["exact"]}
    list_export = [
        "case", "state", "state_since", "area", "conductors", "wanted_leader", "po_number", "requested_at", "requested_by",
        "quote_expires_on", "accepted_at", "accepted_by",
    ]  # fmt: skip
    inspect_view_fields_exclude = ["statements", "access_notes"]
    search_fields = ["case__reference", SCHOOL, "area", "po_number"]
    panels = shown("case", "state", "area", "po_number")


class CancelForm(forms.Form):
    caused_by = forms.ChoiceField(label=_("Whose doing was it?"), choices=Cause.choices)
    reason = forms.CharField(label=_("Why (kept in the history)"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class CancelDayView(ActionView):
    name = "cancel"
    permission_required = "moderate"
    form_class = CancelForm
    header_icon = "cross"
    page_title = button_label = _("Cancel")
    success_message = _("The day was cancelled: %(object)s.")

    @property
    def explanation(self) -> str:
        fee = fee_for_day(self.object, caused_by=Cause.SCHOOL, on=timezone.localdate())
        told = _("By the policy the school accepted, it owes £%(fee)s (%(percent)d %%) if it was its doing; else nothing.")
        return str(told) % {"fee": f"{fee.amount:,.2f}", "percent": fee.percent}

    @classmethod
    def is_offered(cls, instance: Day) -> bool:
        return instance.state in COMING

    def act(self, form: Any) -> None:
        cause = Cause(form.cleaned_data["caused_by"])
        shown_fee = fee_for_day(self.object, caused_by=cause, on=timezone.localdate()).amount
        cancel_day(
            day=self.object,
            caused_by=cause,
            fee_shown=shown_fee,
            by=self.request.user,
            at=timezone.now(),
            reason=form.cleaned_data["reason"],
        )


class DayViewSet(CaseRecordViewSet):
    case_path = "series__case"
    model = Day
    icon = "date"
    menu_order = 110
    refused = READ_ONLY
    action_views = (CancelDayView,)
    list_display = ["series", "date", "part", "use", "state", "fee"]
    list_select_related = ("series__case__supported_school",)
    list_filter = {"state": ["exact"], "date": ["gte", "lte"], "use": ["exact"], "part": ["exact"], "caused_by": ["exact"]}
    list_export = [
        "series", "date", "part", "use", "other_use", "state", "note", "replaces", "brief_agreed_at", "started_at", "started_by",
        "ended_at", "caused_by", "fee_percent", "fee", "fee_reason", "waived_at", "waived_by", "waiver_reason", "no_other_day_at",
        "no_other_day_by", "no_other_day_reason",
    ]  # fmt: skip
    search_fields = ["series__case__reference", "series__case__supported_school__name"]
    panels = shown("series", "date", "part", "use", "state", "note")


class AssignmentViewSet(CaseRecordViewSet):
    case_path = "day__series__case"
    model = Assignment
    icon = "user"
    menu_order = 120
    refused = READ_ONLY
    list_display = ["day", "leader", "designation", "supporting_school", "proposed_at", "ended_at"]
    list_select_related = ("day__series__case__supported_school", "leader__user", "supporting_school")
    list_filter = {"designation": ["exact"], "ended_at": ["isnull"]}
    list_export = [
        "day", "leader", "designation", "supporting_school", "proposed_at", "proposed_by", "cannot_come_at",
        "finishes_for", "ended_at", "ended_by", "reason",
    ]  # fmt: skip
    search_fields = ["leader__user__first_name", "leader__user__last_name", "day__series__case__reference"]
    panels = shown("day", "leader", "designation", "supporting_school")


class BriefViewSet(CaseRecordViewSet):
    """Who wrote and agreed to which version; the school's own judgements in it are not for the admin."""

    case_path = "day__series__case"
    model = Brief
    icon = "doc-full"
    menu_order = 130
    refused = READ_ONLY
    list_display = ["day", "version", "written_by_name", "written_at", "school_agreed_at", "leader_agreed_at"]
    list_select_related = ("day__series__case__supported_school",)
    list_filter = {"school_agreed_at": ["isnull"], "leader_agreed_at": ["isnull"]}
    list_export = [
        "day", "version", "area", "written_by_name", "written_at", "school_agreed_at", "school_agreed_by", "leader_agreed_at",
        "leader_agreed_by",
    ]  # fmt: skip
    inspect_view_fields_exclude = ["statements", "outcomes", "activities"]
    search_fields = ["area", "day__series__case__reference"]
    panels = shown("day", "version", "area")


class RecordViewSet(CaseRecordViewSet):
    """Where records stand and who signed them; what is written in one is the school's and stands in no list of the alliance."""

    case_path = "day__series__case"
    model = Record
    icon = "doc-full-inverse"
    menu_order = 140
    refused = READ_ONLY
    list_display = ["day", "begun_at", "signed_at", "signed_by", "school_signed_at", "school_signed_by"]
    list_select_related = ("day__series__case__supported_school", "signed_by", "school_signed_by")
    list_filter = {"signed_at": ["isnull"], "school_signed_at": ["isnull"]}
    list_export = [
        "day", "begun_at", "signed_at", "signed_by", "school_signed_at", "school_signed_by", "not_signed_at",
        "not_signed_by", "not_signed_reason", "sha256",
    ]  # fmt: skip
    search_fields = ["day__series__case__reference", "day__series__case__supported_school__name"]
    panels = shown("day", "signed_at", "school_signed_at")


class FeedbackViewSet(CaseRecordViewSet):
    case_path = "day__series__case"
    model = Feedback
    icon = "comment"
    menu_order = 150
    refused = READ_ONLY
    list_display = ["day", "usefulness", "text", "given_at"]
    list_select_related = ("day__series__case__supported_school",)
    list_filter = {"usefulness": ["exact"], "given_at": ["date__gte", "date__lte"]}
    list_export = ["day", "usefulness", "text", "given_at", "given_by"]
    search_fields = ["text", "day__series__case__reference"]
    panels = shown("day", "usefulness", "text")
