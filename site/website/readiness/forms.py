"""The answers to a set of questions as fields: for each theme a place and words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from website.forms import PlainForm
from website.readiness.questions import WORDS, Place


def answer_fields(theme: dict[str, str], side: str) -> dict[str, forms.Field]:
    """The two fields of one theme, by the names that `answers_from` reads."""
    place = forms.ChoiceField(label=theme[side], choices=Place.choices, widget=forms.RadioSelect, required=False)
    words = forms.CharField(
        label=_("In your own words: %(theme)s") % {"theme": theme["title"]},
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    return {f"place_{theme['key']}": place, f"words_{theme['key']}": words}


def answers_from(data: dict[str, Any], themes: Iterable[dict[str, str]]) -> dict[str, dict[str, str]]:
    """Cleaned data as answers: key of the theme → `place` and `words`, both perhaps empty."""
    return {
        theme["key"]: {"place": data.get(f"place_{theme['key']}", ""), "words": data.get(f"words_{theme['key']}", "")} for theme in themes
    }


class SheetForm(PlainForm):
    """Every answer of one visitor. All but those of the theme in hand travel as hidden fields: they are kept nowhere else."""

    def __init__(self, *args: Any, themes: list[dict[str, str]], side: str, shown: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.themes = themes
        for number, theme in enumerate(themes):
            for name, field in answer_fields(theme, side).items():
                if number != shown:
                    field.widget = forms.HiddenInput()
                self.fields[name] = field

    def first_with_errors(self) -> int | None:
        """The number of the first theme whose answer cannot be taken."""
        wrong = (
            number for number, theme in enumerate(self.themes) if {f"place_{theme['key']}", f"words_{theme['key']}"} & set(self.errors)
        )
        return next(wrong, None)
