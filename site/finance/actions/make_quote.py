from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from common.actions import Actor, By, action
from finance.models import CancellationPolicy, MembershipDiscountRate, Quote, QuoteLine, RateCard
from finance.pricing import Buyer, PricedLine, QuoteLineWanted, price_lines, supporting_total_of, total_of


@action
def make_quote(
    *,
    source_kind: str,
    source_reference: str,
    lines: Sequence[QuoteLineWanted],
    on: date,
    by: By,
    at: datetime,
    buyer: Buyer | None = None,
    cancellation_policy: CancellationPolicy | None = None,
    reason: str = "",
) -> Quote:
    """
    Price lines of work and freeze the result as the next version of the work's quote (W4, H6).

    `on` is the day of service of lines that name none; `buyer` the school whose membership may lower the price;
    `cancellation_policy` what will be charged for a cancellation (`finance.cancellation.fee_for`), for good. Called inside the
    action that quotes, which says who may. Raises `NoRateInForce` and `PriceIsWrong`, and `ValueError` for a quote without
    lines, a kept price of other work or a policy that nobody approved; nothing is stored then.
    """
    if not lines:
        raise ValueError("A quote has at least one line.")
    # All of them, in order, until the quote is written: a rate that is used at this moment is not changed meanwhile.
    for rates in (RateCard, MembershipDiscountRate):
        list(rates.objects.current().select_for_update(of=("self",)).order_by("pk"))
    policy = _locked(cancellation_policy) if cancellation_policy else None
    priced = price_lines(lines, on=on, buyer=buyer)
    quote = Quote(
        source_kind=source_kind,
        source_reference=source_reference,
        made_at=at,
        made_by=Actor.of(by).name,
        total=total_of(priced),
        supporting_total=supporting_total_of(priced),
        cancellation_policy=policy,
        inputs={
            "on": on.isoformat(),
            "buyer": {"urn": buyer.school.pk, "service": str(buyer.service)} if buyer else None,
            "lines": [_frozen(line) for line in priced],
            "cancellation_policy": {"id": policy.pk, "bands": [list(band) for band in policy.steps]} if policy else None,
        },
    )
    _save_as_next_version(quote)
    for position, line in enumerate(priced, start=1):
        _save_line(quote, position, line)
    return quote


def _locked(policy: CancellationPolicy) -> CancellationPolicy:
    """As it is stored, and unchanged until the quote is written. One that was corrected since a booking still holds for it."""
    stored: CancellationPolicy = CancellationPolicy.objects.select_for_update(of=("self",)).get(pk=policy.pk)
    if not stored.live:
        raise ValueError("A quote names a policy that was approved.")
    return stored


def _frozen(line: PricedLine) -> dict[str, Any]:
    """What a line was made from, as JSON: amounts and dates as text."""
    rate, discount, kept = line.rate_card, line.discount_rate, line.wanted.kept
    amounts = ("full_day", "half_day", "supporting_full_day", "supporting_half_day")
    return {
        "description": line.wanted.description,
        "half_days": line.wanted.half_days,
        "designation": str(line.wanted.designation),
        "leader": line.wanted.leader.pk if line.wanted.leader else None,
        "served_on": line.served_on.isoformat(),
        "is_reciprocal": line.wanted.is_reciprocal,
        "rate": {"id": rate.pk, **{name: str(getattr(rate, name)) for name in amounts}} if rate else None,
        "discount": {"id": discount.pk, "percent": str(discount.percent), "amount": str(line.discount)} if discount else None,
        "override": {"charge": str(line.charge), "supporting_share": str(line.supporting_share), "reason": line.override_reason}
        if line.override_reason
        else None,
        "kept": {"line": kept.pk, "quote": kept.quote_id, "position": kept.position} if kept else None,
    }


def _save_as_next_version(quote: Quote) -> None:
    """The unique constraint decides who of two gets a number; the other takes the next."""
    same = Quote.objects.filter(source_kind=quote.source_kind, source_reference=quote.source_reference).order_by("-version")
    while True:
        quote.version = (same.values_list("version", flat=True).first() or 0) + 1
        try:
            with transaction.atomic():
                quote.save()
        except IntegrityError:
            if not same.filter(version=quote.version).exists():
                raise
        else:
            return


def _save_line(quote: Quote, position: int, line: PricedLine) -> None:
    QuoteLine.objects.create(
        quote=quote,
        position=position,
        description=line.wanted.description,
        leader=line.wanted.leader,
        designation=line.wanted.designation,
        served_on=line.served_on,
        half_days=line.wanted.half_days,
        rate_card=line.rate_card,
        discount_rate=line.discount_rate,
        discount=line.discount,
        charge=line.charge,
        supporting_share=line.supporting_share,
        is_reciprocal=line.wanted.is_reciprocal,
        override_reason=line.override_reason,
    )
