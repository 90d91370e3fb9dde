"""Forms of what happens to a booking after it was sent: dates, leaders, quotes, changes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from alliance.enums import Designation
from alliance.models import SystemLeader
from health_checks.enums import CONDUCTING, Cause
from health_checks.matching import Candidate, candidates_for
from health_checks.steps.base import day_of
from portal.steps import StepForm


class ReasonForm(StepForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It is kept with what was done, and shown to those whom it concerns."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Give a reason")},
    )


class AnswerForm(StepForm):
    answer = forms.CharField(
        label=gettext_lazy("What was agreed"),
        help_text=gettext_lazy("The school reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Say what was agreed")},
    )


class LeaderField(forms.ModelChoiceField):
    """The leaders who could conduct a day, best first, each with the reasons for its place. A person decides."""

    widget = forms.RadioSelect

    def offer(self, candidates: list[Candidate]) -> None:
        possible = [one for one in candidates if one.is_possible]
        self.queryset = SystemLeader.objects.filter(pk__in=[one.leader.pk for one in possible])
        self.empty_label = None
        self.choices = [(one.leader.pk, _described(one)) for one in possible]


def _described(one: Candidate) -> str:
    return format_html(
        '<strong>{}</strong>, {}<br><span class="small muted">{}</span>',
        one.leader, one.leader.supporting_school, " ".join([*one.reasons, *one.gaps]),
    )  # fmt: skip


class LeaderForm(StepForm):
    """Which leader conducts a day, and by which designation it is priced."""

    leader = LeaderField(
        label=gettext_lazy("Leader"),
        queryset=SystemLeader.objects.none(),
        help_text=gettext_lazy("The best fit first. Leaders who cannot come are named below, with the cause."),
        error_messages={"required": gettext_lazy("Choose a leader")},
    )
    designation = forms.ChoiceField(
        label=gettext_lazy("Priced as"),
        choices=[("", gettext_lazy("The first that the school asked for and the leader holds"))],
        required=False,
        help_text=gettext_lazy("The price follows the designation."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = day_of(self.target)
        self.candidates = candidates_for(day, at=timezone.now()) if day else []
        self.fields["leader"].offer(self.candidates)  # type: ignore[attr-defined]  # a LeaderField
        designation: Any = self.fields["designation"]
        designation.choices = [*designation.choices, *((one.value, Designation(one).label) for one in CONDUCTING)]

    @property
    def excluded(self) -> list[Candidate]:
        return [one for one in self.candidates if not one.is_possible]


class SubstituteForm(LeaderForm, ReasonForm):
    field_order = ["leader", "designation", "reason"]


class AcceptQuoteForm(StepForm):
    """Carries the version that was shown: what is accepted is what was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    po_number = forms.CharField(
        label=gettext_lazy("Purchase order number"),
        help_text=gettext_lazy("If your school uses one. It is put on the invoice."),
        max_length=60,
        required=False,
    )


class CancelForm(ReasonForm):
    """Carries the fee that was shown."""

    fee = forms.DecimalField(widget=forms.HiddenInput, max_digits=10, decimal_places=2)


class StaffCancelForm(ReasonForm):
    """Staff say whose doing it was; the fee follows from that, and both are shown."""

    caused_by = forms.ChoiceField(
        label=gettext_lazy("Whose doing was it?"), choices=Cause.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whose doing it was")},
    )  # fmt: skip
    fee = forms.DecimalField(widget=forms.HiddenInput, max_digits=10, decimal_places=2)
    field_order = ["caused_by", "reason"]


class FeedbackForm(StepForm):
    usefulness = forms.TypedChoiceField(
        label=gettext_lazy("How useful was the day?"),
        coerce=int,
        choices=[
            (5, gettext_lazy("Very useful")),
            (4, gettext_lazy("Useful")),
            (3, gettext_lazy("Partly useful")),
            (2, gettext_lazy("Of little use")),
            (1, gettext_lazy("Of no use")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say how useful the day was")},
    )
    text = forms.CharField(
        label=gettext_lazy("What could be better?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000, required=False,
        help_text=gettext_lazy("The alliance reads this. Name no pupil."),
    )  # fmt: skip


class SignRecordForm(StepForm):
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    names_no_pupil = forms.BooleanField(
        label=gettext_lazy("No pupil is named in the record, and none can be recognised"),
        error_messages={"required": gettext_lazy("Confirm that no pupil can be recognised")},
    )


class SignOffForm(StepForm):
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    comment = forms.CharField(
        label=gettext_lazy("Your school’s comment"),
        help_text=gettext_lazy("It stands in the record word for word. May be left empty."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        required=False,
        strip=False,
    )


class VersionForm(StepForm):
    """Carries the version of the brief that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
