"""The brief of a day on one page: judgements by section, activities, outcomes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from health_checks.brief_text import MOST_LINES, Statement
from health_checks.models import Brief, SefSection
from health_checks.sections import sections_in_use
from portal.steps import StepForm

PER_TEXT = 2000


OF_THE_READER = {"judgement": _("Your own judgement"), "needs": _("What you need")}
OF_THE_SCHOOL = {"judgement": _("The school’s own judgement"), "needs": _("What the school needs")}
"""Labels for both sides of a brief; those above for the school alone."""


def statement_fields(sections: list[SefSection], labels: dict[str, Any]) -> dict[str, forms.Field]:
    """Two fields for each section: the school's own judgement of it, and what it needs."""
    fields: dict[str, forms.Field] = {}
    for section in sections:
        for name, label in labels.items():
            fields[f"{name}-{section.key}"] = forms.CharField(
                label=label, required=False, max_length=PER_TEXT, widget=forms.Textarea(attrs={"rows": 3})
            )
    return fields


def statements_from(data: dict[str, Any], sections: list[SefSection]) -> list[Statement]:
    return [
        Statement(section.key, section.title, data.get(f"judgement-{section.key}", ""), data.get(f"needs-{section.key}", ""))
        for section in sections
    ]


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class LinesField(forms.CharField):
    """Several short texts, one a line. A brief is saved without, and agreed to with them."""

    is_needed_later = True

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 4000, "required": False, "widget": forms.Textarea(attrs={"rows": 5}), **options})

    def clean(self, value: Any) -> list[str]:
        found = lines_of(super().clean(value))
        if len(found) > MOST_LINES:
            raise forms.ValidationError(_("Give at most %(most)d lines.") % {"most": MOST_LINES})
        return found


class BriefForm(StepForm):
    """Fields by section come with the sections in use, and with those that the brief has already."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    area = forms.CharField(
        label=_("Area of improvement"), max_length=300, error_messages={"required": _("Name the area of improvement")},
    )  # fmt: skip
    activities = LinesField(
        label=_("Activities"),
        help_text=_("What is done on the day, one a line: a learning walk, a look at books, talks with staff."),
    )
    outcomes = LinesField(label=_("Outcomes"), help_text=_("What the school has in hand at the end, one a line."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        brief: Brief | None = self.target.briefs.first()
        self.sections = sections_in_use(brief.statements if brief else [])
        self.fields.update(statement_fields(self.sections, OF_THE_SCHOOL))

    def section_fields(self) -> list[tuple[SefSection, list[Any]]]:
        """Each section with its bound fields, for the template."""
        return [(section, [self[f"judgement-{section.key}"], self[f"needs-{section.key}"]]) for section in self.sections]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        data["statements"] = statements_from(data, self.sections)
        return data


def initial_of(brief: Brief | None) -> dict[str, Any]:
    """What the form shows of a brief."""
    if brief is None:
        return {}
    found: dict[str, Any] = {
        "version": brief.version,
        "area": brief.area,
        "activities": "\n".join(brief.activities),
        "outcomes": "\n".join(outcome["text"] for outcome in brief.outcomes),
    }
    for row in brief.statements:
        found[f"judgement-{row['section']}"], found[f"needs-{row['section']}"] = row["judgement"], row["needs"]
    return found
