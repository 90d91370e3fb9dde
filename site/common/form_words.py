"""What a form says of a mistake: a plain sentence that names the field, in place of the framework's own words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import pretty_name
from django.utils.translation import gettext_lazy as _

SENT_WRONG = _("Something went missing on the way. Send the form once more.")

# `label` is put in here; a doubled percent sign waits for the value that the error itself brings along.
WORDS: dict[str, Any] = {
    "required": _("Answer “%(label)s”"),
    "invalid_list": _("Choose from the list for “%(label)s”"),
    "invalid_choice": _("Choose from the list for “%(label)s”: what was sent is not on it"),
    "invalid_pk_value": _("Choose from the list for “%(label)s”: what was sent is not on it"),
    "max_length": _("“%(label)s” can have at most %%(limit_value)d characters; now it has %%(show_value)d"),
    "min_length": _("“%(label)s” needs at least %%(limit_value)d characters; now it has %%(show_value)d"),
    "min_value": _("“%(label)s” must be %%(limit_value)s or more"),
    "max_value": _("“%(label)s” must be %%(limit_value)s or less"),
    "max_digits": _("“%(label)s” has too many digits: at most %%(max)s"),
    "max_decimal_places": _("“%(label)s” has too many decimal places: at most %%(max)s"),
    "max_whole_digits": _("“%(label)s” is too large: at most %%(max)s digits before the point"),
    "null_characters_not_allowed": _("“%(label)s” holds a character that cannot be kept. Type it again"),
    "incomplete": _("Answer every part of “%(label)s”"),
}
INVALID: list[tuple[type[forms.Field], Any]] = [
    (forms.EmailField, _("Enter an e-mail address like name@example.org for “%(label)s”")),
    (forms.URLField, _("Enter a web address like https://example.org for “%(label)s”")),
    (forms.DecimalField, _("Enter a number for “%(label)s”")),
    (forms.FloatField, _("Enter a number for “%(label)s”")),
    (forms.IntegerField, _("Enter a whole number for “%(label)s”")),
    (forms.DateField, _("Enter a real date for “%(label)s”")),
    (forms.FileField, _("Choose a file for “%(label)s”")),
]
"""Of several that fit the first counts: a decimal field is an integer field to the framework."""
WITHOUT_VALUE = {"required", "invalid", "invalid_list", "incomplete", "null_characters_not_allowed"}
"""Errors that bring nothing along, so that nothing is put into their words."""


def use_plain_words(form: forms.BaseForm) -> None:
    """Give every field of a form plain words where nobody chose any. To be called before it is validated; twice is no harm."""
    for name, field in form.fields.items():
        own = _framework_words(field)
        for code, words in _words_for(field).items():
            chosen = field.error_messages.get(code)
            if chosen is None or chosen is own.get(code):
                field.error_messages[code] = _named(words, field, name, code)
        if isinstance(field, forms.CharField) and _is_one_line(field) and refuse_line_breaks not in field.validators:
            field.validators.append(refuse_line_breaks)


def refuse_line_breaks(value: str) -> None:
    """A field of one line holds one line: a name with a break in it would end up in a heading or an e-mail's subject."""
    if len(value.splitlines()) > 1:
        raise ValidationError(_("Write this on one line"), code="one_line")


def _is_one_line(field: forms.Field) -> bool:
    return isinstance(field.widget, forms.TextInput) and not isinstance(field.widget, forms.PasswordInput)


def _words_for(field: forms.Field) -> dict[str, Any]:
    if field.widget.is_hidden:
        return {"required": SENT_WRONG, "invalid": SENT_WRONG}
    words = dict(WORDS)
    invalid = next((said for kind, said in INVALID if isinstance(field, kind)), None)
    return {**words, "invalid": invalid} if invalid else words


def _framework_words(field: forms.Field) -> dict[str, Any]:
    """The words that Django's own classes bring along, by code."""
    found: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        if kind.__module__.startswith("django."):
            found.update(getattr(kind, "default_error_messages", {}))
    return found


def _named(words: Any, field: forms.Field, name: str, code: str) -> str:
    label = str(pretty_name(name) if field.label is None else field.label)
    said: str = words % {"label": label if code in WITHOUT_VALUE else label.replace("%", "%%")}
    return said
