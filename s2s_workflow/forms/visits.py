"""Forms of the initial meeting and of visits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from s2s_workflow.in_force import plan_in_force
from s2s_workflow.models.projects import TEXT
from s2s_workflow.models.team import AGENDA
from s2s_workflow.steps.base import StepForm
from website.forms.dates import DayMonthYearField


def text_field(label: Any, missing: Any = "", *, rows: int = 3, help_text: Any = "", max_length: int = TEXT) -> forms.CharField:
    """A text of several lines; required when there is a sentence for its absence."""
    field = forms.CharField(
        label=label, help_text=help_text, required=bool(missing), max_length=max_length, widget=forms.Textarea(attrs={"rows": rows})
    )
    if missing:
        field.error_messages["required"] = missing
    return field


class MeetingForm(StepForm):
    """The agenda of the initial meeting, a text for each point (W6)."""

    held_on = DayMonthYearField(label=_("When was the meeting?"), error_messages={"required": _("Give the day of the meeting")})
    attendees = text_field(_("Who took part?"), _("Say who took part"), max_length=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in AGENDA.items():
            self.fields[key] = text_field(label, _("Say what was settled"), max_length=2000)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        return {**data, "answers": {key: data.get(key, "") for key in AGENDA}}


class NoteForm(StepForm):
    """Three short texts, and what the visit says of each objective (D1)."""

    action_taken = text_field(_("What we did"), _("Say what you did"), rows=4)
    impact = text_field(_("What came of it"), _("Say what came of it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.evidence_of: dict[str, str] = {}
        plan = plan_in_force(self.project)
        for number, block in enumerate(plan.objectives if plan else (), start=1):
            name = f"evidence-{block.id}"
            label = _t("Evidence for objective %(number)d: %(objective)s") % {"number": number, "objective": block.value["objective"]}
            self.fields[name] = text_field(label, rows=2)
            self.evidence_of[name] = block.id
        self.fields["next_steps"] = text_field(_("Next steps, and by when"), _("Say what is next"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        return {**data, "evidence": {id: data[name] for name, id in self.evidence_of.items() if data.get(name)}}


class ReplyForm(StepForm):
    text = text_field(_("Your reply"), _("Write your reply"), rows=5, help_text=_("You can reply to a note once."))


class ReturnTimeForm(StepForm):
    reason = text_field(_("What is not right?"), _("Say what is not right"), help_text=_("The leader reads this."), max_length=2000)


class WriteOffForm(StepForm):
    reason = text_field(
        _("Why?"), _("Give a reason"), help_text=_("It is kept with the time. The leader and their school read that it was written off."),
        max_length=2000,
    )  # fmt: skip


class CorrectTimeForm(StepForm):
    """How many of the visit's half days were given."""

    half_days = forms.TypedChoiceField(
        label=_("How long were you at the school?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how long you were at the school")},
    )
    reason = text_field(_("Anything your head should know"), max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(1, _("Half a day")), (2, _("A full day"))]
        field: Any = self.fields["half_days"]
        field.choices = choices[: self.target.visit.half_days]
