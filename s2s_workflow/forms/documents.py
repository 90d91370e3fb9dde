"""Forms of the due diligence report, the action plan and the evaluation: drafts may be incomplete."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from s2s_workflow.actions.write_evaluation import Judged
from s2s_workflow.actions.write_plan import Objective
from s2s_workflow.enums import Judgement
from s2s_workflow.in_force import plan_in_force
from s2s_workflow.models.projects import TEXT
from s2s_workflow.steps.base import StepForm
from s2s_workflow.terms import plan_to_change
from website.forms import DayMonthYearField

MOST_OBJECTIVES = 20
APPROVE, RETURN = "approve", "return"
YES, NO = "yes", "no"


class DraftText(forms.CharField):
    """A long answer that may wait. It is wanted in the end, so the page does not call it optional."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": TEXT, "widget": forms.Textarea(attrs={"rows": 5}), **options})

    def validate(self, value: str) -> None:
        """Take an empty one."""


class DraftLine(DraftText):
    """The same on one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 200, "widget": forms.TextInput(), **options})


class DraftDay(DayMonthYearField):
    """A date that may wait."""

    def clean(self, value: Any) -> date | None:
        return super().clean(value) if any(str(part or "").strip() for part in value or ()) else None


class DraftForm(StepForm):
    """`seen` names the draft that was on the page: somebody else's newer one is not overwritten."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ReportForm(DraftForm):
    findings = DraftText(label=_("What we found"))
    tried_already = DraftText(label=_("Support already tried, and why it did not work"))
    inspection_risk = DraftText(label=_("Risk at the next inspection"))
    recommendation = DraftText(label=_("Support recommended"))


OBJECTIVE_FIELDS = ("objective", "measure", "baseline", "target", "owner", "due_on")


class PlanForm(DraftForm):
    """
    Several objectives, each under a row number; `rows` counts them. The button “add” gives one more, and saves nothing.

    A row carries the id of the objective that it changes. A row left empty is none; a ticked `remove` takes one away. A row may
    be half written: what is missing is said before the plan is sent in (`guards.plan_is_complete`).
    """

    rows = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_OBJECTIVES)
    schedule = DraftText(label=_("Schedule of delivery"), help_text=_("When who works on what, in broad lines."))
    exit_arrangements = DraftText(
        label=_("Exit arrangements"), help_text=_("How the support ends, and what happens if it has to end early.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = plan_to_change(self.project)
        self.known_ids = {block.id for block in plan.objectives} if plan else set()
        self.adds_a_row = self.is_bound and "add" in self.data
        self.count = self._count()
        self.initial["rows"] = self.count
        for number in range(self.count):
            self._add_row(number)
        if self.adds_a_row:
            self.fields[f"objective_{self.count - 1}"].widget.attrs["autofocus"] = True

    def _count(self) -> int:
        if not self.is_bound:
            return max(1, int(self.initial.get("rows") or 1))
        try:
            sent = int(self.data.get("rows", "1"))
        except ValueError:
            sent = 1
        sent = min(max(1, sent), MOST_OBJECTIVES)
        if self.adds_a_row and sent < MOST_OBJECTIVES:
            sent += 1
            data: Any = self.data
            self.data = data = data.copy()
            data["rows"] = str(sent)
        return sent

    def _add_row(self, number: int) -> None:
        row = {
            "objective": DraftText(label=_("Objective"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})),
            "measure": DraftLine(label=_("Measure"), help_text=_("What shows it in pupils’ performance.")),
            "baseline": DraftLine(label=_("Where it stands now")),
            "target": DraftLine(label=_("Target")),
            "owner": DraftLine(label=_("Who owns it")),
            "due_on": DraftDay(label=_("By")),
        }
        for name, field in row.items():
            self.fields[f"{name}_{number}"] = field
        self.fields[f"id_{number}"] = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
        if number or self.count > 1:
            self.fields[f"remove_{number}"] = forms.BooleanField(label=_("Remove this objective"), required=False)

    def full_clean(self) -> None:
        """Another row was asked for: nothing is checked yet, what was typed stays."""
        if self.adds_a_row:
            self._errors = ErrorDict()
            self.cleaned_data = {}
            return
        super().full_clean()

    def is_valid(self) -> bool:
        return not self.adds_a_row and super().is_valid()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        data["objectives"] = [one for number in range(self.count) if (one := self._objective(data, number))]
        return data

    def _objective(self, data: dict[str, Any], number: int) -> Objective | None:
        values = {name: data.get(f"{name}_{number}") for name in OBJECTIVE_FIELDS}
        if data.get(f"remove_{number}") or not (
            any(values.values()) or any(f"{name}_{number}" in self.errors for name in OBJECTIVE_FIELDS)
        ):
            return None
        key = data.get(f"id_{number}") or ""
        texts = {name: values[name] or "" for name in OBJECTIVE_FIELDS if name != "due_on"}
        return Objective(**texts, due_on=values["due_on"], id=key if key in self.known_ids else "")

    @property
    def objective_rows(self) -> list[dict[str, Any]]:
        """The fields of each row, for the page."""
        names = (*OBJECTIVE_FIELDS, "remove", "id")
        return [
            {"number": number + 1, "fields": [self[f"{name}_{number}"] for name in names if f"{name}_{number}" in self.fields]}
            for number in range(self.count)
        ]

    @property
    def other_fields(self) -> list[Any]:
        return [self[name] for name in ("schedule", "exit_arrangements", "seen", "rows", "form_key")]

    @property
    def may_add(self) -> bool:
        return self.count < MOST_OBJECTIVES


class DraftChoice(forms.ChoiceField):
    """A choice that may wait; not called optional either."""

    def validate(self, value: str) -> None:
        if value:
            super().validate(value)


class EvaluationForm(DraftForm):
    """A judgement with evidence for each objective of the plan, then the rest (E1)."""

    impact_on_supporting = DraftText(label=_("Impact on the supporting schools and their staff"))
    sustained_by = DraftText(label=_("How the gains will be sustained"))
    achievements = DraftText(label=_("Achievements"))
    challenges = DraftText(label=_("Challenges, and how they were overcome"), required=False)
    next_steps = DraftText(label=_("Next steps of your school"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = plan_in_force(self.project)
        self.objectives = list(plan.objectives) if plan else []
        for number, _block in enumerate(self.objectives):
            self.fields[f"judgement_{number}"] = DraftChoice(
                label=_("Was objective %(number)d met?") % {"number": number + 1}, choices=Judgement.choices, widget=forms.RadioSelect
            )
            self.fields[f"evidence_{number}"] = DraftText(
                label=_("Evidence for objective %(number)d") % {"number": number + 1}, help_text=_("What pupils can do now, with figures.")
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        said = [(block.id, data.get(f"judgement_{n}") or "", data.get(f"evidence_{n}") or "") for n, block in enumerate(self.objectives)]
        data["judgements"] = [
            Judged(key, Judgement(judgement) if judgement else "", evidence) for key, judgement, evidence in said if judgement or evidence
        ]
        return data

    @property
    def objective_rows(self) -> list[dict[str, Any]]:
        return [
            {"number": number + 1, "value": block.value, "fields": [self[f"judgement_{number}"], self[f"evidence_{number}"]]}
            for number, block in enumerate(self.objectives)
        ]

    @property
    def other_fields(self) -> list[Any]:
        names = ("impact_on_supporting", "sustained_by", "achievements", "challenges", "next_steps", "seen", "form_key")
        return [self[name] for name in names]


class DecisionForm(DraftForm):
    """Approve, or return with a comment; `seen` names the text that was read."""

    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[(APPROVE, _("Approve it")), (RETURN, _("Return it with a comment"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you approve it")},
    )
    comment = forms.CharField(
        label=_("Comment"), help_text=_("If you return it: what should change."), required=False, max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == RETURN and not data.get("comment"):
            self.add_error("comment", _("Say what should change"))
        return data


class ConsentForm(StepForm):
    consents = forms.ChoiceField(
        label=_("May the work be told as a story on the public site?"),
        choices=[(YES, _("Yes, we agree")), (NO, _("No, we do not agree"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say yes or no")},
    )
