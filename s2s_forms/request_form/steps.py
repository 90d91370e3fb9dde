"""The journey that a request page's form makes: its steps for one requester, their questions, and what has been answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText

from cases.fields import FilesField
from s2s_forms.request_form.core_answers import CORE, KIND, SCHOOL
from s2s_forms.request_form.extra_questions import make_extra_field
from website.forms import DayMonthYearField


@dataclass(frozen=True)
class Question:
    """One question of a form: `name` is its core answer's, or made of its block's key, which is the same in every language."""

    name: str
    kind: str
    value: Any

    @property
    def is_core(self) -> bool:
        return self.kind in CORE

    def make_field(self) -> forms.Field:
        if not self.is_core:
            return make_extra_field(self.kind, self.value)
        usual = CORE[self.kind]
        return usual.make_field(label=self.value["label"] or usual.label, help_text=self.value["help"] or usual.help)


@dataclass(frozen=True)
class Step:
    slug: str
    title: str
    introduction: RichText
    only_for: tuple[str, ...]
    """Keys of the kinds of requester who are asked; empty for everybody."""
    questions: tuple[Question, ...]

    @property
    def finds_school(self) -> bool:
        return any(question.name == SCHOOL for question in self.questions)

    def is_asked(self, requester_kind: str) -> bool:
        return not self.only_for or requester_kind in self.only_for


@dataclass(frozen=True)
class Answer:
    """One question as it was worded, and what was said, for people to read. `name` is that of `Question`."""

    step: str
    question: str
    answer: str
    name: str


def all_steps(form: Any) -> list[Step]:
    """Every step of a request page's `form`, whoever asks."""
    return [_step(block, number) for number, block in enumerate(form, start=1)]


def _step(block: Any, number: int) -> Step:
    slug = block.id or f"step-{number}"  # a page that was never saved, in a preview
    questions = tuple(
        Question(
            child.block_type if child.block_type in CORE else f"extra-{child.id or f'{number}-{place}'}", child.block_type, child.value
        )
        for place, child in enumerate(block.value["questions"], start=1)
    )
    return Step(slug, block.value["title"], block.value["introduction"], tuple(block.value["only_for"] or ()), questions)


def steps_for(form: Any, answers: Mapping[str, Any]) -> list[Step]:
    """The steps that somebody who gave these answers is asked."""
    kind = answers.get(KIND, "")
    return [step for step in all_steps(form) if step.is_asked(kind)]


def as_data(field: forms.Field, name: str, value: Any) -> dict[str, Any]:
    """A kept answer as a browser would post it."""
    if isinstance(field, DayMonthYearField):
        year, month, day = value.split("-") if value else ("", "", "")
        return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}
    return {name: value}


def as_initial(field: forms.Field, value: Any) -> Any:
    """A kept answer as its box shows it."""
    return date.fromisoformat(value) if isinstance(field, DayMonthYearField) and value else value


def to_keep(value: Any) -> Any:
    """A checked answer as it is kept in a draft: text, lists and ticks as they are, numbers and dates as text."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if hasattr(value, "isoformat") else value


def in_words(field: forms.Field, value: Any) -> str:
    """A checked answer for people to read, in the language that is active."""
    if isinstance(field, FilesField):
        return "\n".join(str(one) for one in value)
    if isinstance(field, forms.BooleanField):
        return _("Yes") if value else _("No")
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        chosen = value if isinstance(value, list) else [value]
        return "\n".join(str(label) for key, label in choices if str(key) in chosen) or _("Not answered")
    if value in (None, ""):
        return _("Not answered")
    if isinstance(value, Decimal):
        return number_format(value)
    return date_format(value, "j F Y") if hasattr(value, "isoformat") else str(value)
