"""What forms say of mistakes: plain sentences that name the field."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms

from common.form_words import use_plain_words


def errors_of(field: forms.Field, value: Any) -> list[str]:
    form = type("OneField", (forms.Form,), {"days": field})({"days": value})
    use_plain_words(form)
    use_plain_words(form)
    return list(form.errors.get("days", []))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (forms.CharField(label="Name"), "", "Answer “Name”"),
        (forms.CharField(), "", "Answer “Days”"),
        (forms.CharField(label="Name", max_length=3), "Ermintrude", "“Name” can have at most 3 characters; now it has 10"),
        (forms.CharField(label="100% of it", max_length=3), "1234", "“100% of it” can have at most 3 characters; now it has 4"),
        (forms.CharField(label="100% of it"), "", "Answer “100% of it”"),
        (forms.CharField(label="Name"), "Ermin\x00trude", "“Name” holds a character that cannot be kept. Type it again"),
        (forms.IntegerField(label="Days", min_value=1), "0", "“Days” must be 1 or more"),
        (forms.IntegerField(label="Days", max_value=9), "10", "“Days” must be 9 or less"),
        (forms.IntegerField(label="Days"), "few", "Enter a whole number for “Days”"),
        (forms.DecimalField(label="Fee"), "much", "Enter a number for “Fee”"),
        (forms.DecimalField(label="Fee", decimal_places=2), "1.234", "“Fee” has too many decimal places: at most 2"),
        (forms.EmailField(label="Address"), "nowhere", "Enter an e-mail address like name@example.org for “Address”"),
        (forms.DateField(label="Day"), "31 February", "Enter a real date for “Day”"),
        (
            forms.ChoiceField(label="Kind", choices=[("a", "A")]),
            "b",
            "Choose from the list for “Kind”: what was sent is not on it",
        ),
        (forms.UUIDField(widget=forms.HiddenInput), "", "Something went missing on the way. Send the form once more."),
    ],
)  # fmt: skip
def test_mistake_is_named_in_a_plain_sentence(field: forms.Field, value: str, words: str) -> None:
    assert errors_of(field, value) == [words]


def test_words_that_a_form_chose_itself_stay() -> None:
    field = forms.CharField(label="Name", max_length=3, error_messages={"required": "Enter a name", "max_length": "Make it short"})

    assert (errors_of(field, ""), errors_of(field, "Ermintrude")) == (["Enter a name"], ["Make it short"])


@pytest.mark.parametrize("value", ["Ann\nBcc: all", "Ann\rB", "Ann\u2028B"])
def test_line_breaks_are_refused_in_a_field_of_one_line(value: str) -> None:
    assert errors_of(forms.CharField(label="Name"), value) == ["Write this on one line"]


def test_line_breaks_stay_in_a_field_of_several_lines() -> None:
    assert errors_of(forms.CharField(widget=forms.Textarea), "Dear all,\nthank you.") == []
