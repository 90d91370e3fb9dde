"""Rates: approved by somebody else, in force from a day, never changed once a quote used them."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from alliance.roles import Role
from common.moderation import MayNotDecide, NotApproved, decide_on_document, submit_document
from finance.models import RateCard
from finance.models.effective import AlreadyInForce, UsedInQuote
from finance.queries import rate_in_force
from tests.conftest import NOON
from tests.factories.finance import approve, draft_rate, make_quote_of, make_rate, pounds
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
SEPTEMBER, JANUARY = date(2025, 9, 1), date(2026, 1, 1)


def in_force(designation="SLE", on=JANUARY) -> int | None:
    rate = rate_in_force(designation, on)
    return rate.pk if rate else None


def test_rate_is_in_force_from_its_first_day_until_the_next():
    first, second = make_rate(), make_rate(effective_from=JANUARY)

    days = [date(2025, 8, 31), SEPTEMBER, date(2025, 12, 31), JANUARY, date(2040, 1, 1)]

    assert [in_force(on=day) for day in days] == [None, first.pk, first.pk, second.pk, second.pk]


def test_each_designation_and_none_has_its_own_rate():
    sle, without = make_rate(), make_rate(designation="")

    assert [in_force(designation) for designation in ("SLE", "", "NLE")] == [sle.pk, without.pk, None]


def test_a_draft_is_not_in_force_until_approved():
    rate = draft_rate()
    assert in_force() is None

    approve(rate)

    assert in_force() == rate.pk


def test_a_rate_that_was_sent_in_is_mailed_to_those_who_may_decide_alone():
    author, other, lead = make_user(Role.FINANCE), make_user(Role.FINANCE), make_user(Role.S2S_LEAD)
    rate = draft_rate()
    rate.save_revision(user=author)
    task = rate.get_workflow().tasks.first().specific
    asked = {user.email for user in (other, lead) if task.get_actions(rate, user)}

    submit_document(document=rate, by=other, at=NOON)

    mailed = {address for message in mail.outbox for address in message.to}
    assert (mailed, author.email in mailed) == (asked - {other.email}, False)
    assert mailed


def test_nobody_approves_a_rate_they_wrote():
    author = make_user(Role.FINANCE)
    rate = draft_rate()
    rate.save_revision(user=author)
    submit_document(document=rate, by=author, at=NOON)

    with pytest.raises(MayNotDecide):
        decide_on_document(document=RateCard.objects.get(), approve=True, by=author, at=NOON)

    assert in_force() is None


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.FINANCE, Role.S2S_LEAD)])
def test_rates_are_approved_by_finance_and_the_lead(role):
    rate = draft_rate()
    submit_document(document=rate, by=make_user(Role.FINANCE), at=NOON)

    with pytest.raises(MayNotDecide):
        decide_on_document(document=RateCard.objects.get(), approve=True, by=make_user(role), at=NOON)

    assert in_force() is None


def test_nobody_publishes_a_rate_past_its_reviewers():
    rate = draft_rate()

    with pytest.raises(NotApproved):
        rate.latest_revision.publish(user=make_user(is_superuser=True))

    assert in_force() is None


def test_an_unused_rate_may_be_approved_anew_with_other_amounts():
    rate = make_rate()
    rate.full_day = pounds(400)
    rate.save_revision(user=make_user(Role.FINANCE))

    approve(rate)

    assert rate_in_force("SLE", JANUARY).full_day == pounds(400)


@pytest.mark.parametrize(
    "change",
    [{"full_day": pounds(400)}, {"supporting_half_day": pounds(1)}, {"effective_from": JANUARY}, {"designation": ""}, {"live": False}],
)
def test_a_used_rate_is_not_changed(change):
    rate = make_rate()
    make_quote_of(rate)
    for name, value in change.items():
        setattr(rate, name, value)

    with pytest.raises(UsedInQuote):
        rate.save()

    assert RateCard.objects.get(pk=rate.pk).full_day == pounds(350)


def test_a_draft_of_a_used_rate_is_not_approved():
    rate = make_rate()
    make_quote_of(rate)
    rate.full_day = pounds(400)
    rate.save_revision(user=make_user(Role.FINANCE))

    with pytest.raises(UsedInQuote):
        approve(rate)

    assert RateCard.objects.get(pk=rate.pk).full_day == pounds(350)


def test_a_used_rate_is_neither_unpublished_nor_deleted():
    rate = make_rate()
    make_quote_of(rate)

    with pytest.raises(NotApproved):
        rate.unpublish()
    with pytest.raises(UsedInQuote):
        rate.delete()
    with pytest.raises(ProtectedError):
        RateCard.objects.filter(pk=rate.pk).delete()

    assert in_force() == rate.pk


def test_a_correction_takes_the_place_of_a_used_rate_which_stays_on_record():
    wrong = make_rate()
    quoted = make_quote_of(wrong)

    right = make_rate(400, 200, supersedes=wrong)

    wrong.refresh_from_db()
    assert (in_force(), wrong.live, wrong.is_superseded, wrong.full_day) == (right.pk, True, True, pounds(350))
    assert quoted.lines.get().rate_card == wrong
    assert wrong.history.first().is_superseded


def test_a_draft_correction_changes_nothing_yet():
    wrong = make_rate()

    draft_rate(400, 200, supersedes=wrong)

    assert in_force() == wrong.pk


def test_a_second_rate_from_the_same_day_is_refused():
    first, second = draft_rate(), draft_rate(400, 200)
    approve(first)

    with pytest.raises(ValidationError):
        second.save_revision()
    with pytest.raises(AlreadyInForce):
        approve(second)
    with pytest.raises(IntegrityError), transaction.atomic():
        RateCard.objects.create(
            designation="SLE", effective_from=SEPTEMBER, full_day=1, half_day=1, supporting_full_day=1, supporting_half_day=1
        )

    assert in_force() == first.pk


def test_a_rate_corrects_one_of_its_own_designation():
    with pytest.raises(ValidationError):
        draft_rate(designation="NLE", supersedes=make_rate()).clean()


@pytest.mark.parametrize(
    "amounts", [(0, 175, 300, 150), (350, 0, 300, 150), (350, 175, 0, 150), (350, 175, 300, 0), (350, 175, 351, 150), (350, 175, 300, 176)]
)
def test_the_database_refuses_what_gives_support_free_or_less_than_its_cost(amounts):
    with pytest.raises(IntegrityError), transaction.atomic():
        draft_rate(*amounts)


def test_brokerage_is_what_is_left_of_the_charge():
    rate = make_rate(450, 230, 382, 190)

    assert (rate.brokerage_full_day, rate.brokerage_half_day) == (pounds(68), pounds(40))


def test_an_odd_half_is_charged_at_the_half_days_own_rate():
    rate = make_rate(350, 190, 300, 160)

    assert [rate.charge_for(n) for n in (1, 2, 3, 4, 5)] == [pounds(n) for n in (190, 350, 540, 700, 890)]
    assert [rate.share_for(n) for n in (1, 2, 3)] == [pounds(n) for n in (160, 300, 460)]


def test_history_tells_who_approved():
    rate = make_rate()

    assert [(row.history_type, row.live) for row in rate.history.order_by("history_id")] == [("+", False), ("~", True)]
    assert "Number" in rate.history.first().history_actor
