"""Days and amounts as sentences say them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext


def day_in_words(day: date) -> str:
    """`3 December 2026`."""
    return date_format(day, "j F Y")


def day_to_keep(day: date) -> str:
    """The same in the site's own language, for what is stored: events, turns and invoices are read by others than who made them."""
    with translation.override(settings.LANGUAGE_CODE):
        return day_in_words(day)


def for_reader(values: Mapping[str, Any]) -> dict[str, Any]:
    """
    What was kept to be put into a sentence, in the reader's language: days of `day_to_keep`, and English labels, whose names end in
    `_label`. Everything else as it is.
    """
    return {name: gettext(value) if name.endswith("_label") else _kept_day_in_words(value) for name, value in values.items()}


def _kept_day_in_words(value: Any) -> Any:
    try:
        return day_in_words(datetime.strptime(value, "%d %B %Y").replace(tzinfo=UTC))
    except (TypeError, ValueError):
        return value


def in_pounds(amount: Decimal) -> str:
    """`£1,100.00`."""
    return f"£{amount:,.2f}"
