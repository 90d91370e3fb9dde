"""What the page to check a booking showed, small enough to be posted with it, so that nothing else is sent (H6)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from common.in_words import in_pounds
from finance.models import CancellationPolicy, Quote
from health_checks.booking import Booking

LONGEST = 64
"""Characters of a posted value: those of a SHA-256."""


@dataclass(frozen=True)
class Shown:
    """The total in pounds before VAT, and fingerprints of the price line by line, of the cancellation policy and of the answers."""

    total: str
    price: str
    policy: str
    answers: str

    @classmethod
    def posted(cls, data: Mapping[str, Any]) -> Shown:
        """What a page sent back; empty where it sent nothing."""
        return cls(**{name: str(data.get(f"shown_{name}", ""))[:LONGEST] for name in cls.__dataclass_fields__})

    @property
    def fields(self) -> dict[str, str]:
        """Name → value of the hidden fields of the page."""
        return {f"shown_{name}": value for name, value in asdict(self).items()}

    def changes_in(self, now: Shown) -> list[str]:
        """What is different now, in sentences."""
        found = []
        if self.answers != now.answers:
            found.append(_("The booking was changed meanwhile, perhaps in another window."))
        if self.total != now.total:
            before, after = _amount(self.total), _amount(now.total)
            words = {"before": in_pounds(before), "now": in_pounds(after)} if before is not None and after is not None else {}
            found.append(_("The price is %(now)s before VAT; you were shown %(before)s.") % words if words else _("The price has changed."))
        elif self.price != now.price:
            found.append(_("What the days cost one by one has changed."))
        if self.policy != now.policy:
            found.append(_("What cancelling a booked day costs has changed."))
        return found


def shown_of(booking: Booking, policy: CancellationPolicy | None) -> Shown:
    """What the page shows of a booking now."""
    lines = booking.price.lines if booking.price else []
    total = str(booking.price.total) if booking.price else ""
    return Shown(total, _price_of(lines), _policy_of(policy), _fingerprint(booking.draft.answers))


def shown_as_frozen(booking: Booking, quote: Quote) -> Shown:
    """The same of the quote that was frozen for it."""
    lines = quote.lines.order_by("position")
    return Shown(str(quote.total), _price_of(lines), _policy_of(quote.cancellation_policy), _fingerprint(booking.draft.answers))


def _price_of(lines: Any) -> str:
    return _fingerprint([[line.served_on.isoformat(), str(line.charge)] for line in lines])


def _policy_of(policy: CancellationPolicy | None) -> str:
    return _fingerprint([list(band) for band in policy.steps] if policy else [])


def _fingerprint(what: Any) -> str:
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()


def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and abs(amount) < 10**8 else None
