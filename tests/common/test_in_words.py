"""Days and amounts as sentences say them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils import translation

from common.in_words import day_in_words, day_to_keep, for_reader, in_pounds

DAY = date(2026, 12, 3)


def test_a_day_is_worded_in_the_readers_language_and_kept_in_the_sites():
    with translation.override("cy"):
        assert (day_in_words(DAY), day_to_keep(DAY)) == ("3 Rhagfyr 2026", "3 December 2026")


def test_pounds_have_their_pennies_and_thousands():
    assert [in_pounds(Decimal(amount)) for amount in ("1100", "0.5", "1234567.89")] == ["£1,100.00", "£0.50", "£1,234,567.89"]


def test_what_was_kept_is_put_into_a_sentence_in_the_readers_language():
    kept = {"day": "3 December 2026", "name": "May Day", "number": 3, "state_label": "Yes"}

    with translation.override("cy"):
        told = for_reader(kept)

    assert told == {"day": "3 Rhagfyr 2026", "name": "May Day", "number": 3, "state_label": gettext_in("cy", "Yes")}


def gettext_in(language: str, text: str) -> str:
    with translation.override(language):
        return translation.gettext(text)
