"""Questions that editors add to a request form: their kinds, and the field of each (R1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cases.fields import FilesField
from s2s_forms.enums import LONG_TEXT
from website.forms import DayMonthYearField

SHORT_TEXT = 200
DIGITS, DECIMALS = 12, 2


def _missing(value: Any) -> dict[str, Any]:
    return {"required": _now("Answer: %(question)s") % {"question": value["label"]}}


def _options(value: Any) -> list[tuple[str, str]]:
    """What is stored is the option's own key, which is the same in every language."""
    return [(str(option.id), option.value) for option in value["options"].bound_blocks]


def _short_text(value: Any, **options: Any) -> forms.Field:
    return forms.CharField(max_length=SHORT_TEXT, **options)


def _long_text(value: Any, **options: Any) -> forms.Field:
    return forms.CharField(max_length=LONG_TEXT, widget=forms.Textarea(attrs={"rows": 4}), **options)


def _number(value: Any, **options: Any) -> forms.Field:
    return forms.DecimalField(
        min_value=value["minimum"],
        max_value=value["maximum"],
        max_digits=DIGITS,
        decimal_places=DECIMALS,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        **options,
    )


def _date(value: Any, **options: Any) -> forms.Field:
    return DayMonthYearField(**options)


def _choice(value: Any, **options: Any) -> forms.Field:
    return forms.ChoiceField(choices=_options(value), widget=forms.RadioSelect, **options)


def _several_choices(value: Any, **options: Any) -> forms.Field:
    return forms.MultipleChoiceField(choices=_options(value), widget=forms.CheckboxSelectMultiple, **options)


def _file(value: Any, **options: Any) -> forms.Field:
    if not options["help_text"]:
        del options["help_text"]
    return FilesField(**options)


def _consent(value: Any, **options: Any) -> forms.Field:
    options["error_messages"] = {"required": _now("Tick the box: %(question)s") % {"question": value["label"]}}
    return forms.BooleanField(**options)


EXTRA: dict[str, tuple[Any, str, Callable[..., forms.Field]]] = {
    "short_text": (_("Short text"), "minus", _short_text),
    "long_text": (_("Long text"), "pilcrow", _long_text),
    "number": (_("Number"), "decimal", _number),
    "date": (_("Date"), "date", _date),
    "choice": (_("Choice of one"), "radio-full", _choice),
    "several_choices": (_("Choice of several"), "tasks", _several_choices),
    "file": (_("File"), "doc-full", _file),
    "consent": (_("Consent"), "check", _consent),
}
"""Kind of question: what editors see it called, its icon, and what makes its field from the block's value."""


def make_extra_field(kind: str, value: Any) -> forms.Field:
    """The field of one question. A consent is always needed; a choice that is not needed may be left open."""
    required = kind == "consent" or value["is_needed"]
    return EXTRA[kind][2](
        value, label=value["label"], help_text=value["help"], required=required, error_messages=_missing(value)
    )  # fmt: skip
