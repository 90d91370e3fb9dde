"""Days and amounts as sentences say them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format


def day_in_words(day: date) -> str:
    """`3 December 2026`."""
    return date_format(day, "j F Y")


def day_to_keep(day: date) -> str:
    """The same in the site's own language, for what is stored: events, turns and invoices are read by others than who made them."""
    with translation.override(settings.LANGUAGE_CODE):
        return day_in_words(day)


def in_pounds(amount: Decimal) -> str:
    """`£1,100.00`."""
    return f"£{amount:,.2f}"
