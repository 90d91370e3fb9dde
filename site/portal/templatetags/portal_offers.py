"""Offers beside what they are about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from portal.steps import Offer

register = template.Library()


@register.filter
def on(offers: Iterable[Offer], target: Any) -> list[Offer]:
    """The offers about one thing; `offers|on:None` are those about the case itself."""
    return [offer for offer in offers if offer.target == target]
