"""Forms of the team: who comes, for how long, when, and what it costs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alliance.enums import Designation
from alliance.models import LeaderDesignation, SystemLeader
from diary.enums import Half
from diary.queries import balances
from s2s_workflow.models import SupportProject
from s2s_workflow.models.projects import TEXT
from s2s_workflow.steps.base import StepForm
from website.forms import DayMonthYearField

MOST_HALF_DAYS = 400
NO, YES = "no", "yes"
SCHOOL, OTHER = "school", "other"


class ReasonForm(StepForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It is kept with what was done, and shown to those whom it concerns."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Give a reason")},
    )


class AcceptForm(StepForm):
    """Carries the fingerprint of what was shown: what is accepted is what was read."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class NeedsForm(StepForm):
    needs = forms.CharField(
        label=gettext_lazy("What the school needs"),
        help_text=gettext_lazy("As agreed with the school. The team is chosen and the plan is written for this."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=TEXT,
        error_messages={"required": gettext_lazy("Say what the school needs")},
    )


def leaders_for(project: SupportProject) -> QuerySet[SystemLeader]:
    """Leaders who can be proposed: available, without ties to the school, not on the team. With designations in force today."""
    here = [*project.team(), *project.joining(), *(project.gave_and_left() if project.amending_at else ())]
    in_force = LeaderDesignation.objects.in_force(timezone.localdate()).order_by("designation")
    school = project.case.supported_school
    return (
        SystemLeader.objects.filter(is_active=True, user__is_active=True)
        .exclude(supporting_school=school)
        .exclude(interests__school=school)
        .exclude(pk__in=[deployment.leader_id for deployment in here])
        .select_related("user", "supporting_school")
        .prefetch_related(Prefetch("designations", in_force, to_attr="in_force"))
    )


class LeaderField(forms.ModelChoiceField):
    """Each leader with what helps to choose: designations, school, what is left of the year, whether they know the phase."""

    widget = forms.RadioSelect

    def offer(self, project: SupportProject) -> None:
        """Those who know the school's phase and have time come first, by name; a person decides (W5)."""
        self.queryset = leaders_for(project)
        self.empty_label = None
        found, phase = list(self.queryset), getattr(project.case.supported_school, "phase", "")
        left = {pk: balance.remaining for pk, balance in balances(found, on=timezone.localdate()).items()}
        found.sort(key=lambda leader: (left[leader.pk] <= 0, phase not in leader.phases))
        self.choices = [(leader.pk, _described(leader, left[leader.pk], phase)) for leader in found]


def _described(leader: Any, left: int, phase: str) -> str:
    free = ngettext("%(number)d half day left this year", "%(number)d half days left this year", left) % {"number": left}
    held = ", ".join(row.designation for row in leader.in_force) or _("no designation")
    knows = _("Knows the phase.") if phase in leader.phases else _("Does not name this phase.")
    return f"{leader} ({held}), {leader.supporting_school}. {free}. {knows}"


class ProposeForm(StepForm):
    """A leader of another school, for so much time, for this."""

    leader = LeaderField(
        label=gettext_lazy("Leader"),
        queryset=SystemLeader.objects.none(),
        help_text=gettext_lazy("Leaders with ties to the school are not listed."),
        error_messages={"required": gettext_lazy("Choose a leader")},
    )
    designation = forms.ChoiceField(
        label=gettext_lazy("Designation asked for"),
        choices=[("", gettext_lazy("None")), *Designation.choices],
        required=False,
        help_text=gettext_lazy("Only where the need or the rate asks for one. The price follows it."),
    )
    remit = forms.CharField(
        label=gettext_lazy("Role and remit"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=TEXT,
        error_messages={"required": gettext_lazy("Say what the leader is to do")},
    )
    half_days = forms.IntegerField(
        label=gettext_lazy("Half days"),
        help_text=gettext_lazy("The most that the leader gives. A full day is two."),
        min_value=1,
        max_value=MOST_HALF_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input input--short"}),
        error_messages={"required": gettext_lazy("Say how many half days")},
    )
    starts_on = DayMonthYearField(label=gettext_lazy("First day"), error_messages={"required": gettext_lazy("Enter the first day")})
    ends_on = DayMonthYearField(label=gettext_lazy("Last day"), error_messages={"required": gettext_lazy("Enter the last day")})
    is_named_lead = forms.BooleanField(
        label=gettext_lazy("Leads the team"),
        required=False,
        help_text=gettext_lazy("The named lead holds the meeting and writes the plan. A lead named before steps back."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leader: Any = self.fields["leader"]
        leader.offer(self.project)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day cannot be before the first day"))
        return data


class ReleaseForm(StepForm):
    """Yes or no; a no says why."""

    releases = forms.ChoiceField(
        label=gettext_lazy("Do you release them?"),
        choices=[(YES, gettext_lazy("Yes, we release them")), (NO, gettext_lazy("No, not for this"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether you release them")},
    )
    reason = forms.CharField(label=gettext_lazy("If not, why?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("releases") == NO and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why not"))
        return data


class VisitForm(StepForm):
    visit_date = DayMonthYearField(label=gettext_lazy("Date"), error_messages={"required": gettext_lazy("Enter the date")})
    half = forms.ChoiceField(
        label=gettext_lazy("How long"),
        choices=[("DAY", gettext_lazy("Full day")), (Half.AM, gettext_lazy("Morning")), (Half.PM, gettext_lazy("Afternoon"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say how long")},
    )
    focus = forms.CharField(label=gettext_lazy("What it is about"), required=False, max_length=300)


class CostsForm(StepForm):
    """Who pays is said before anybody accepts (W4)."""

    payer = forms.ChoiceField(
        label=gettext_lazy("Who pays?"),
        choices=[(SCHOOL, gettext_lazy("The supported school")), (OTHER, gettext_lazy("Somebody else"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say who pays")},
    )
    payer_name = forms.CharField(
        label=gettext_lazy("If somebody else, who?"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("As it is to stand on the invoice."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("payer") == OTHER and not data.get("payer_name"):
            self.add_error("payer_name", _("Say who pays"))
        return data


def half_of(data: dict[str, Any]) -> str:
    """AM, PM, or empty for a full day, as visits keep it."""
    return "" if data["half"] == "DAY" else str(data["half"])
