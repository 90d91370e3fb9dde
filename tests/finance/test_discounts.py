"""Members pay less: which discount, from when on, and what it never does (H1, H7; pricing in 2-domain)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import ProtectedError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliance.models import Membership, MembershipTier, School
from alliance.working_days import academic_year
from finance.actions.make_quote import make_quote
from finance.enums import Service
from finance.models import MembershipDiscountRate, Quote, QuoteLine, RateCard
from finance.models.effective import AlreadyInForce, UsedInQuote
from finance.pricing import Buyer, Override, QuoteLineWanted, price_lines, total_of
from finance.queries import discount_in_force
from tests.conftest import NOON
from tests.factories.alliance import MembershipFactory
from tests.factories.finance import BROKER, DAY, approve, draft_discount, line, make_discount, make_rate, pounds
from tests.factories.people import make_school

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)
BEFORE = SEPTEMBER - timedelta(days=1)


def a_member(**values: Any) -> School:
    school: School = MembershipFactory(starts_on=date(2024, 9, 1), **values).school
    return school


def check_of(school: School) -> Buyer:
    return Buyer(school, Service.HEALTH_CHECK)


def charge(wanted: QuoteLineWanted, *, buyer: Buyer | None, on: date = DAY) -> tuple[Decimal, Decimal]:
    [priced] = price_lines([wanted], on=on, buyer=buyer)
    return priced.charge, priced.discount


def quote_for(school: School, *lines: QuoteLineWanted) -> Quote:
    made: Quote = make_quote(source_kind="DAY", source_reference="HC-1", lines=lines, on=DAY, by=BROKER, at=NOON, buyer=check_of(school))
    return made


# --- Who pays what --------------------------------------------------------------------------------


def test_a_member_pays_less_for_health_checks():
    make_rate(350, 175, 297, 148)
    make_discount()
    paid = [charge(line(), buyer=buyer) for buyer in (check_of(a_member()), check_of(make_school()), None)]

    assert paid == [(pounds("297.50"), pounds("52.50")), *[(pounds(350), pounds(0))] * 2]


def test_the_half_day_as_stored_is_what_is_discounted():
    make_rate(550, 275, 467, 233, designation="NLE")
    make_discount()

    assert charge(line(1, designation="NLE"), buyer=None) == (pounds(275), pounds(0))
    assert charge(line(1, designation="NLE"), buyer=check_of(a_member())) == (pounds("233.75"), pounds("41.25"))


def test_the_discount_is_that_of_the_day_of_service_and_of_the_membership_then():
    make_rate(350, 175, 297, 148)
    make_discount(15, effective_from=date(2025, 9, 1))
    make_discount(20, effective_from=SEPTEMBER)
    school = a_member(ends_on=date(2026, 12, 31))
    days = [date(2025, 9, 1), BEFORE, SEPTEMBER, date(2026, 12, 31), date(2027, 1, 1)]

    assert [charge(line(), buyer=check_of(school), on=day)[0] for day in days] == [
        pounds("297.50"), pounds("297.50"), pounds(280), pounds(280), pounds(350),
    ]  # fmt: skip


def test_each_tier_has_its_own_discount_and_nought_per_cent_ends_one():
    other = MembershipTier.objects.create(key="partner", name="Partner")
    make_discount(15)
    make_discount(30, tier=other)
    make_discount(0, effective_from=SEPTEMBER)
    member, partner = a_member(), a_member(tier=other)

    found = {
        school.pk: [rate.percent if (rate := discount_in_force(school, Service.HEALTH_CHECK, day)) else None for day in (BEFORE, SEPTEMBER)]
        for school in (member, partner)
    }

    assert found == {member.pk: [15, None], partner.pk: [30, 30]}


def test_a_discount_and_an_override_are_never_both():
    rate = make_rate()
    discount, member = make_discount(), a_member()
    override = Override(charge=pounds(200), supporting_share=pounds(150), reason="Agreed by the steering group.")

    [row] = quote_for(member, line(override=override)).lines.all()

    assert (row.charge, row.discount, row.discount_rate) == (pounds(200), pounds(0), None)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuoteLine(
            quote=row.quote, position=2, description="Both", served_on=DAY, half_days=2, rate_card=rate, charge=1, supporting_share=1,
            discount=1, discount_rate=discount, override_reason="Both.",
        ).save()  # fmt: skip


def test_the_alliance_bears_the_discount_first_and_the_supporting_school_the_rest():
    make_rate(350, 175, 300, 150)
    make_discount(10)
    few, many = a_member(), a_member()
    make_discount(40, tier=MembershipTier.objects.create(key="founder", name="Founder"))
    Membership.objects.filter(school=many).update(tier=MembershipTier.objects.get(key="founder"))

    shares = [price_lines([line()], on=DAY, buyer=check_of(school))[0] for school in (few, many)]

    assert [(priced.charge, priced.supporting_share) for priced in shares] == [(pounds(315), pounds(300)), (pounds(210), pounds(210))]


# --- Whatever the figures -------------------------------------------------------------------------

FIGURES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
pennies = st.integers(min_value=100, max_value=100_000)


@FIGURES
@given(
    full=pennies, half=pennies, share=st.integers(1, 100), percent=st.decimals(0, "99", places=2),
    spans=st.lists(st.integers(1, 9), min_size=1, max_size=5),
)  # fmt: skip
def test_a_member_pays_something_and_no_more_than_others_and_lines_make_the_total(at_rates, full, half, share, percent, spans):
    rate, discount, member, other = at_rates
    with transaction.atomic():
        amounts = {
            "full_day": full,
            "half_day": half,
            "supporting_full_day": full * share // 100,
            "supporting_half_day": half * share // 100,
        }
        RateCard.objects.filter(pk=rate.pk).update(**{name: max(Decimal(value), Decimal(1)) / 100 for name, value in amounts.items()})
        MembershipDiscountRate.objects.filter(pk=discount.pk).update(percent=percent)
        lines = [line(number) for number in spans]
        theirs, ours = quote_for(member, *lines), price_lines(lines, on=DAY, buyer=check_of(other))

        pairs = list(zip(theirs.lines.order_by("position"), ours, strict=True))
        assert all(0 < row.supporting_share <= row.charge <= full.charge == row.charge + row.discount for row, full in pairs)
        assert (theirs.total, theirs.supporting_total) == (
            sum(row.charge for row, _full in pairs),
            sum(row.supporting_share for row, _full in pairs),
        )
        assert total_of(ours) >= theirs.total
        transaction.set_rollback(True)


@pytest.fixture
def at_rates() -> tuple[RateCard, MembershipDiscountRate, School, School]:
    """A rate and a discount, a member and a school that is none."""
    return make_rate(), make_discount(), a_member(), make_school()


@pytest.fixture
def member_for_years() -> School:
    """A member whose tier got another discount each September."""
    for year in (2025, 2026, 2027):
        make_discount(year - 2015, effective_from=date(year, 9, 1))
    return a_member()


@FIGURES
@given(day=st.dates(date(2024, 9, 1), date(2028, 8, 31)))
def test_on_every_day_the_discount_that_started_last_holds(member_for_years, day):
    found = discount_in_force(member_for_years, Service.HEALTH_CHECK, day)

    wanted = min(academic_year(day), 2027) - 2015 if academic_year(day) > 2024 else None
    assert (found.percent if found else None) == wanted


# --- Once used ------------------------------------------------------------------------------------


def test_the_quote_freezes_the_discount_and_survives_any_later_edit():
    make_rate()
    discount, member = make_discount(), a_member()
    made = quote_for(member, line())
    before = (made.inputs, made.total, [(row.charge, row.discount) for row in made.lines.all()])

    make_discount(50, effective_from=DAY)
    make_discount(5, supersedes=discount)
    Membership.objects.filter(school=member).update(ends_on=date(2025, 9, 1))

    made = Quote.objects.get(pk=made.pk)
    assert (made.inputs, made.total, [(row.charge, row.discount) for row in made.lines.all()]) == before
    assert made.inputs["buyer"] == {"urn": member.pk, "service": "HEALTH_CHECK"}
    assert made.inputs["lines"][0]["discount"] == {"id": discount.pk, "percent": "15.00", "amount": "52.50"}


def test_a_used_discount_is_never_changed_or_deleted_and_its_correction_supersedes_it():
    make_rate()
    wrong, member = make_discount(), a_member()
    made = quote_for(member, line())

    for change in ({"percent": Decimal(50)}, {"tier": MembershipTier.objects.create(key="partner", name="Partner")}):
        for only in ({}, {"update_fields": list(change)}):
            changed = MembershipDiscountRate.objects.get(pk=wrong.pk)
            for name, value in change.items():
                setattr(changed, name, value)
            with pytest.raises(UsedInQuote):
                changed.save(**only)
    with pytest.raises(UsedInQuote):
        wrong.delete()
    with pytest.raises(ProtectedError):
        MembershipDiscountRate.objects.filter(pk=wrong.pk).delete()
    right = make_discount(20, supersedes=MembershipDiscountRate.objects.get(pk=wrong.pk))

    wrong = MembershipDiscountRate.objects.get(pk=wrong.pk)
    assert (wrong.percent, wrong.live, wrong.is_superseded, made.lines.get().discount_rate) == (15, True, True, wrong)
    assert discount_in_force(member, Service.HEALTH_CHECK, DAY) == right


def test_a_rate_is_corrected_once():
    wrong = make_discount()
    first, second = (draft_discount(percent, supersedes=wrong, effective_from=day) for percent, day in ((20, SEPTEMBER), (25, BEFORE)))
    approve(first)

    with pytest.raises(AlreadyInForce):
        approve(second)

    assert list(MembershipDiscountRate.objects.current()) == [first]


def test_of_one_tier_and_service_one_discount_starts_on_a_day():
    first, second = draft_discount(), draft_discount(20)
    approve(first)

    with pytest.raises(AlreadyInForce):
        approve(second)

    assert discount_in_force(a_member(), Service.HEALTH_CHECK, DAY) == first


@pytest.mark.parametrize("percent", ["-1", "100"])
def test_a_discount_leaves_something_to_pay(percent):
    with pytest.raises(DatabaseError), transaction.atomic():  # by the constraint, or on PostgreSQL as too long a number
        draft_discount(percent)
