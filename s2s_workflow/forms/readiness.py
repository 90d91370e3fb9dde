"""The forms of the readiness conversation (P5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from s2s_workflow.enums import ReadinessSide
from s2s_workflow.readiness import questions_of
from s2s_workflow.steps.base import StepForm
from website.readiness.forms import answer_fields, answers_from


class SeenForm(StepForm):
    """Carries the fingerprint of the wording and the answers that were shown."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class ReadinessForm(SeenForm):
    """For each theme a place and words; none of them has to be there before the answers are submitted."""

    side: ReadinessSide

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.themes = questions_of(self.project).themes
        for theme in self.themes:
            self.fields.update(answer_fields(theme, self.side.asked_as))
            place: Any = self.fields[f"place_{theme['key']}"]
            place.is_needed_later = True

    def by_theme(self) -> Iterator[tuple[dict[str, str], list[Any]]]:
        """Each theme with its two fields."""
        for theme in self.themes:
            yield theme, [self[f"place_{theme['key']}"], self[f"words_{theme['key']}"]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        return {**data, "answers": answers_from(data, self.themes)}


class LeaderForm(ReadinessForm):
    side = ReadinessSide.LEADER


class SchoolForm(ReadinessForm):
    side = ReadinessSide.SCHOOL
