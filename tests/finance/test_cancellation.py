"""Cancellation policies: what a cancellation costs by its notice, for good once a quote froze it (H6)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliance.models import BankHoliday
from alliance.roles import Role
from common.moderation import MayNotDecide, NotApproved, decide_on_document, submit_document
from finance.actions.make_quote import make_quote
from finance.cancellation import Fee, bands_in_words, fee_for
from finance.enums import Service
from finance.models import CancellationPolicy, Quote
from finance.models.effective import AlreadyInForce, UsedInQuote
from finance.money import percent_of
from tests.conftest import NOON
from tests.factories.finance import BROKER, DAY, approve, draft_policy, line, make_policy, pounds
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
WEDNESDAY, DAY_ON = date(2026, 11, 18), timedelta(days=1)
"""A Wednesday in term, without a bank holiday near."""


def fee(cancelled_on: date, policy: CancellationPolicy | None, price: str | int = 350) -> Fee:
    return fee_for(price=pounds(price), policy=policy, serves_on=WEDNESDAY, cancelled_on=cancelled_on)


def quoted_under(policy: CancellationPolicy | None, reference: str = "HC-1") -> Quote:
    made: Quote = make_quote(
        source_kind="DAY",
        source_reference=reference,
        lines=[line(is_reciprocal=True)],
        on=DAY,
        by=BROKER,
        at=NOON,
        cancellation_policy=policy,
    )
    return made


def in_force(day: date) -> CancellationPolicy | None:
    return CancellationPolicy.objects.on(day, service=Service.HEALTH_CHECK)


# --- What it costs --------------------------------------------------------------------------------


def test_the_fee_rises_as_the_notice_gets_shorter():
    policy = make_policy()
    last_free, last_half = date(2026, 11, 4), date(2026, 11, 11)

    days = [date(2026, 9, 1), last_free, last_free + DAY_ON, last_half, last_half + DAY_ON, WEDNESDAY, WEDNESDAY + DAY_ON]

    assert [fee(day, policy) for day in days] == [
        Fee(0, pounds(0), 56, last_free, 50),
        Fee(0, pounds(0), 10, last_free, 50),
        Fee(50, pounds(175), 9, last_half, 100),
        Fee(50, pounds(175), 5, last_half, 100),
        Fee(100, pounds(350), 4),
        Fee(100, pounds(350), 0),
        Fee(100, pounds(350), 0),
    ]


def test_a_weekend_and_a_bank_holiday_are_no_notice():
    policy = make_policy((1, 0), (0, 100))
    monday, saturday = date(2026, 11, 23), date(2026, 11, 21)
    before = [fee_for(price=pounds(350), policy=policy, serves_on=monday, cancelled_on=day).notice for day in (saturday - DAY_ON, saturday)]
    BankHoliday.objects.create(date=monday, name="A royal wedding")

    later = fee_for(price=pounds(350), policy=policy, serves_on=monday + DAY_ON, cancelled_on=saturday - DAY_ON)

    assert (before, later) == ([1, 1], Fee(0, pounds(0), 1, monday, 100))


def test_without_a_policy_nothing_is_charged():
    assert fee(WEDNESDAY, None) == Fee(0, pounds(0), 0)


def test_half_a_penny_of_a_fee_is_rounded_up():
    assert fee(WEDNESDAY, make_policy((0, 50)), "233.75").amount == pounds("116.88")


def test_bands_of_one_fee_are_one():
    policy = make_policy((20, 10), (10, 10), (5, 10), (0, 80))

    assert fee(date(2026, 9, 1), policy) == Fee(10, pounds(35), 56, date(2026, 11, 11), 80)


@pytest.mark.parametrize(
    ("bands", "words"),
    [
        ([(0, 0)], ["At any time: free"]),
        ([(1, 0), (0, 25)], ["1 or more working days before: free", "Fewer than 1 working day before: 25 per cent of the price"]),
        (
            [(0, 100), (2, 50), (3, 0)],
            [
                "3 or more working days before: free",
                "2 working days before: 50 per cent of the price",
                "Fewer than 2 working days before: 100 per cent of the price",
            ],
        ),
    ],
)
def test_bands_are_told_in_words_the_longest_notice_first(bands, words):
    assert bands_in_words(make_policy(*bands)) == words


MANY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@MANY
@given(
    bands=st.dictionaries(st.integers(1, 40), st.integers(0, 100), max_size=4), at_last=st.integers(0, 100),
    price=st.integers(1, 200_000), days=st.integers(0, 90),
)  # fmt: skip
def test_a_fee_is_never_more_than_the_price_nor_falls_as_the_day_comes_near(bands, at_last, price, days):
    fees = sorted(bands.values())
    pairs = [(0, max([at_last, *fees])), *zip(sorted(bands, reverse=True), fees, strict=True)]
    policy = CancellationPolicy(bands=[("band", {"notice": notice, "percent": percent}) for notice, percent in pairs])
    policy.clean()
    cost, today = Decimal(price) / 100, WEDNESDAY - timedelta(days=days)

    now, next_day = (fee_for(price=cost, policy=policy, serves_on=WEDNESDAY, cancelled_on=day) for day in (today, today + DAY_ON))

    assert 0 <= now.amount <= next_day.amount <= cost
    assert (now.amount, now.percent) == (percent_of(cost, Decimal(now.percent)), dict(pairs)[max(n for n, _p in pairs if n <= now.notice)])
    if now.until:
        on_it, after = (
            fee_for(price=cost, policy=policy, serves_on=WEDNESDAY, cancelled_on=day) for day in (now.until, now.until + DAY_ON)
        )
        assert (on_it.percent, after.percent) == (now.percent, now.percent_after)
        assert today <= now.until < WEDNESDAY


# --- A policy is approved, and corrected by a later one -------------------------------------------


@pytest.mark.parametrize(
    "bands",
    [[], [(1, 0)], [(0, 100), (5, 50), (5, 40)], [(0, 50), (5, 60)], [(0, 101)], [(0, 100), (366, 0)]],
)
def test_fees_that_cannot_be_are_no_draft(bands):
    policy = CancellationPolicy(
        effective_from=DAY, bands=[("band", {"notice": notice, "percent": percent}) for notice, percent in bands], live=False
    )

    with pytest.raises(ValidationError) as refused:
        policy.full_clean()

    assert list(refused.value.message_dict) == ["bands"]


def test_the_policy_in_force_is_the_approved_one_that_started_last():
    first, second = make_policy(), make_policy((0, 100), effective_from=date(2026, 9, 1))
    draft_policy((0, 10), effective_from=date(2026, 10, 1))
    days = [date(2025, 8, 31), date(2025, 9, 1), date(2026, 8, 31), date(2026, 9, 1), date(2027, 9, 1)]

    assert [in_force(day) for day in days] == [None, first, first, second, second]


def test_nobody_approves_a_policy_they_wrote_or_goes_past_its_reviewers():
    author, policy = make_user(Role.FINANCE), draft_policy()
    policy.save_revision(user=author)
    submit_document(document=policy, by=author, at=NOON)

    with pytest.raises(MayNotDecide):
        decide_on_document(document=CancellationPolicy.objects.get(), approve=True, by=author, at=NOON)
    with pytest.raises(NotApproved):
        policy.latest_revision.publish(user=make_user(is_superuser=True))

    assert in_force(DAY) is None


def test_of_one_service_one_policy_starts_on_a_day():
    first, second = draft_policy(), draft_policy((0, 10))
    approve(first)

    with pytest.raises(AlreadyInForce):
        approve(second)
    with pytest.raises(IntegrityError), transaction.atomic():
        CancellationPolicy.objects.create(effective_from=first.effective_from, bands=[("band", {"notice": 0, "percent": 1})])

    assert in_force(DAY) == first


# --- Once used ------------------------------------------------------------------------------------


def test_a_quote_freezes_its_policy():
    policy = make_policy()

    made, free = quoted_under(policy), quoted_under(None, "HC-2")

    assert (made.cancellation_policy, made.inputs["cancellation_policy"]) == (
        policy,
        {"id": policy.pk, "bands": [[10, 0], [5, 50], [0, 100]]},
    )
    assert (free.cancellation_policy, free.inputs["cancellation_policy"]) == (None, None)


def test_a_used_policy_is_never_changed_unpublished_or_deleted_and_is_corrected_by_a_later_one():
    wrong = make_policy()
    made = quoted_under(wrong)

    for change in ({"bands": [("band", {"notice": 0, "percent": 10})]}, {"effective_from": DAY}, {"live": False}):
        changed = CancellationPolicy.objects.get(pk=wrong.pk)
        for name, value in change.items():
            setattr(changed, name, value)
        with pytest.raises(UsedInQuote):
            changed.save()
    with pytest.raises(NotApproved):
        wrong.unpublish()
    with pytest.raises(UsedInQuote):
        wrong.delete()
    with pytest.raises(ProtectedError):
        CancellationPolicy.objects.filter(pk=wrong.pk).delete()
    right = make_policy((0, 20), supersedes=CancellationPolicy.objects.get(pk=wrong.pk))

    made = Quote.objects.get(pk=made.pk)
    assert (made.cancellation_policy.steps, made.cancellation_policy.is_superseded) == ([(10, 0), (5, 50), (0, 100)], True)
    assert in_force(DAY) == right
    assert quoted_under(made.cancellation_policy, "HC-2").cancellation_policy == wrong  # what was booked before keeps it


def test_an_unused_policy_may_be_approved_anew_with_other_fees():
    policy = make_policy()
    policy.bands = [("band", {"notice": 0, "percent": 10})]
    policy.save_revision(user=make_user(Role.FINANCE))

    approve(policy)

    assert CancellationPolicy.objects.get().steps == [(0, 10)]


def test_a_quote_names_no_policy_that_nobody_approved():
    with pytest.raises(ValueError, match="approved"):
        quoted_under(draft_policy())

    assert not Quote.objects.exists()
