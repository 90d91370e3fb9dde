"""The record on one page: an answer to each statement and outcome of the agreed brief, then evidence and next steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms import OnceForm
from health_checks.enums import Met, Verdict
from health_checks.models import Day
from health_checks.models.parts import TEXT
from health_checks.record_text import brief_of_record

COMMENT = 2000


def _comment() -> forms.CharField:
    return forms.CharField(label=_("What you saw"), required=False, max_length=COMMENT, widget=forms.Textarea(attrs={"rows": 2}))


def _text(label: Any, help_text: Any = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=TEXT, widget=forms.Textarea(attrs={"rows": rows}))


class RecordForm(OnceForm):
    """Nothing is required until it is signed. Fields are named after the ids of the brief's statements and outcomes."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    further_needs = _text(_("Further areas of need"), _("What else you noticed, if anything."))
    evidence = _text(_("Evidence"), _("What the findings rest on: what you saw, read and heard. Name no pupil, and nobody’s class."), 6)
    next_steps = _text(_("Next steps"), _("What the school could do next."))

    def __init__(self, data: Any = None, *, day: Day) -> None:
        self.day, self.brief, text = day, brief_of_record(day), day.record.text
        initial: dict[str, Any] = {name: getattr(text, name) for name in ("revision", "further_needs", "evidence", "next_steps")}
        super().__init__(data, initial=initial)
        for row in self.brief.statements:
            self._add(f"verdict-{row['id']}", Verdict.choices, text.verdicts.get(row["id"], {}), "verdict")
        for row in self.brief.outcomes:
            self._add(f"met-{row['id']}", Met.choices, text.outcomes.get(row["id"], {}), "met")
        needed = [name for name in self.fields if name.startswith(("verdict-", "met-"))]
        for name in (*needed, "evidence", "next_steps"):
            self.fields[name].is_needed_later = True  # type: ignore[attr-defined]  # read by the field's template

    def _add(self, name: str, choices: Any, entry: dict[str, str], field: str) -> None:
        label = _("What did you find?") if field == "verdict" else _("Was it met?")
        self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)
        self.fields[f"comment-{name}"] = _comment()
        self.initial[name], self.initial[f"comment-{name}"] = entry.get(field, ""), entry.get("comment", "")

    def statements(self) -> list[tuple[dict[str, Any], list[Any]]]:
        """Each statement with its two bound fields, for the template."""
        return [(row, self._pair(f"verdict-{row['id']}")) for row in self.brief.statements]

    def outcomes(self) -> list[tuple[dict[str, Any], list[Any]]]:
        return [(row, self._pair(f"met-{row['id']}")) for row in self.brief.outcomes]

    def texts(self) -> list[Any]:
        return [self[name] for name in ("further_needs", "evidence", "next_steps")]

    def _pair(self, name: str) -> list[Any]:
        return [self[name], self[f"comment-{name}"]]

    def for_action(self) -> dict[str, Any]:
        """The cleaned data as `save_record` takes them."""
        data = self.cleaned_data
        return {
            "revision": data["revision"],
            "verdicts": {
                row["id"]: {"verdict": data[f"verdict-{row['id']}"], "comment": data[f"comment-verdict-{row['id']}"]}
                for row in self.brief.statements
            },
            "outcomes": {
                row["id"]: {"met": data[f"met-{row['id']}"], "comment": data[f"comment-met-{row['id']}"]} for row in self.brief.outcomes
            },
            "texts": {name: data[name] for name in ("further_needs", "evidence", "next_steps")},
        }
