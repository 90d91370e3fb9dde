"""
No day begins before both sides agreed to its brief, whatever people do, in whatever order and at whatever times (H4).

A machine picks actions, people and moments at random. Whatever they come to, what the database says afterwards is whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliance.models import SystemLeader
from common.actions import Actor, Refusal
from diary.models import HalfDay, LeaderYear
from finance.models import InvoiceLine
from health_checks.actions.accept_quote import accept_quote
from health_checks.actions.agree_brief import agree_brief
from health_checks.actions.cancel_day import cancel_day
from health_checks.actions.change_day import change_day
from health_checks.actions.come_after_all import come_after_all
from health_checks.actions.decline_another_date import decline_another_date
from health_checks.actions.end_day_early import end_day_early
from health_checks.actions.expire_quotes import expire_quotes
from health_checks.actions.hand_over_day import hand_over_day
from health_checks.actions.record_no_show import record_no_show
from health_checks.actions.record_not_signed import record_not_signed
from health_checks.actions.reschedule_day import reschedule_day
from health_checks.actions.save_record import save_record
from health_checks.actions.say_cannot_come import say_cannot_come
from health_checks.actions.send_quote import send_quote
from health_checks.actions.sign_off_day import sign_off_day
from health_checks.actions.sign_record import sign_record
from health_checks.actions.skip_day import skip_day
from health_checks.actions.start_day import start_day
from health_checks.actions.substitute_leader import substitute_leader
from health_checks.actions.take_quote_back import take_quote_back
from health_checks.actions.write_brief import write_brief
from health_checks.brief_text import Statement
from health_checks.enums import BEGUN, BOOKED, COMING, DELIVERED, NOT_HELD, OVER, Cause, DayState, SeriesState
from health_checks.fees import fee_for_day
from health_checks.models import Assignment, Brief, Day, Record
from tests.conftest import NOON
from tests.factories.health_checks import FIRST, Booking, make_leader

pytestmark = pytest.mark.django_db

PEOPLE = ("head", "leader", "other", "lead")
ACTIONS = (
    "write", "write_nothing", "agree", "agree_old", "start", "save", "sign", "sign_off", "move", "cancel", "no_show_school",
    "no_show_leader", "substitute", "send", "accept", "take_back", "expire", "skip", "change", "cannot_come", "come_after_all", "hand_over",
    "end_early", "not_signed", "decline", "move_without_leaders", "go", "come_back",
)  # fmt: skip
USUALLY = {
    "start": "leader", "save": "leader", "sign": "leader", "cannot_come": "leader", "come_after_all": "leader", "sign_off": "head",
    "cancel": "head", "accept": "head",
}  # fmt: skip
"""Who does what, where it is not for staff."""
PAIRS = [(what, who) for what in ACTIONS for who in (*PEOPLE, *[USUALLY.get(what, "lead")] * 4)]
STEPS = st.lists(st.tuples(st.sampled_from(PAIRS), st.integers(-30, 24 * 12)), min_size=4, max_size=20).map(
    lambda steps: [(what, who, hours) for (what, who), hours in steps]
)
TO_THE_START = (("write", "head", 1), ("agree", "head", 1), ("agree", "leader", 1), ("start", "leader", 24 * 60), ("save", "leader", 1))
WAYS: dict[str, tuple[tuple[str, str, int], ...]] = {
    "signed": (*TO_THE_START, ("sign", "leader", 1), ("sign_off", "head", 1)),
    "not signed": (*TO_THE_START, ("sign", "leader", 1), ("not_signed", "lead", 24 * 40), ("sign_off", "head", 1)),
    "handed over": (*TO_THE_START, ("go", "lead", 1), ("hand_over", "lead", 1), ("save", "other", 1), ("sign", "other", 1)),
    "ended early": (*TO_THE_START, ("end_early", "lead", 1)),
    "moved": (("move", "head", 1), ("cannot_come", "leader", 1), ("substitute", "lead", 1), ("cancel", "head", 1)),
    "missed": (("no_show_leader", "head", 24 * 57), ("move", "head", 1), ("cannot_come", "leader", 1), ("come_after_all", "leader", 1)),
    "given up": (("no_show_leader", "lead", 24 * 57), ("decline", "head", 1)),
    "moved without": (("go", "lead", 1), ("move_without_leaders", "lead", 1), ("come_back", "lead", 1), ("come_after_all", "lead", 1)),
}
"""Ways that lead somewhere, so that the random steps meet days at every point of them."""


class Play:
    """One booking of two days, and what can be done with the first that is not over."""

    def __init__(self, booking: Booking, other: Any) -> None:
        self.booking, self.other, self.at = booking, other, NOON + timedelta(hours=5)

    def person(self, who: str) -> Any:
        return {"head": self.booking.head, "leader": self.booking.leader.user, "other": self.other.user, "lead": self.booking.lead}[who]

    def day(self) -> Day:
        """The first that is not over, or that the school is owed another date for; when there is none, the last."""
        days = Day.objects.select_related("series__case__supported_school").filter(series=self.booking.series.pk)
        in_hand = days.exclude(state__in=OVER) | days.owed_another_date()
        return in_hand.order_by("date", "pk").first() or days.order_by("pk").last()

    def act(self, what: str, who: str, hours: int) -> str:
        """Do it, and say what came of it."""
        self.at += timedelta(hours=hours)
        try:
            with transaction.atomic():
                getattr(self, what)(self.day(), self.person(who))
        except (Refusal, PermissionDenied, ValidationError) as refusal:
            return type(refusal).__name__
        return "done"

    def _brief(self, day: Day) -> Brief | None:
        return day.briefs.first()

    def write(self, day, by):
        brief = self._brief(day)
        write_brief(
            day=day, version=brief.version, area="Reading", statements=[Statement("s", "S", "Good")], activities=["Walk"],
            outcomes=[f"View {brief.version % 2}"], by=by, at=self.at,
        )  # fmt: skip

    def write_nothing(self, day, by):
        version = self._brief(day).version
        write_brief(day=day, version=version, area="", statements=[], activities=[], outcomes=[], by=by, at=self.at)

    def agree(self, day, by):
        agree_brief(day=day, version=self._brief(day).version, by=by, at=self.at)

    def agree_old(self, day, by):
        agree_brief(day=day, version=max(1, self._brief(day).version - 1), by=by, at=self.at)

    def start(self, day, by):
        start_day(day=day, by=by, at=self.at)

    def save(self, day, by):
        brief = self._brief(day)
        record = getattr(day, "record", None)
        save_record(
            day=day, revision=record.text.revision if record else 0, verdicts={row["id"]: {"verdict": "PARTLY"} for row in brief.statements},
            outcomes={row["id"]: {"met": "MET"} for row in brief.outcomes}, texts={"evidence": "Books", "next_steps": "Train"}, by=by, at=self.at,
        )  # fmt: skip

    def sign(self, day, by):
        record = getattr(day, "record", None)
        sign_record(day=day, revision=record.text.revision if record else 0, names_no_pupil=True, by=by, at=self.at)

    def sign_off(self, day, by):
        """Also of a day that is over, since it was not signed in time."""
        day = Day.objects.filter(series=self.booking.series.pk, state=DayState.NOT_SIGNED).first() or day
        record = getattr(day, "record", None)
        sign_off_day(day=day, sha256=record.sha256 if record else "x", comment="", by=by, at=self.at)

    def move(self, day, by):
        reschedule_day(day=day, to=self.at.date() + timedelta(days=21), by=by, at=self.at, reason="x")

    def cancel(self, day, by):
        for cause in Cause:
            fee = fee_for_day(day, caused_by=cause, on=self.at.date()).amount
            try:
                with transaction.atomic():
                    cancel_day(day=day, caused_by=cause, fee_shown=Decimal(fee), by=by, at=self.at, reason="x")
            except Refusal:
                continue
            return

    def no_show_school(self, day, by):
        record_no_show(day=day, absent=Cause.SCHOOL, by=by, at=self.at, reason="x")

    def no_show_leader(self, day, by):
        record_no_show(day=day, absent=Cause.LEADER, by=by, at=self.at, reason="x")

    def substitute(self, day, by):
        assignment = Assignment.objects.standing().filter(day=day).first()
        if assignment:
            leader = self.other if assignment.leader_id == self.booking.leader.pk else self.booking.leader
            substitute_leader(assignment=assignment, leader=leader, by=by, at=self.at, reason="x")

    def _assignment(self, day):
        return Assignment.objects.filter(day=day).order_by("ended_at", "pk").first()

    def cannot_come(self, day, by):
        say_cannot_come(assignment=self._assignment(day), by=by, at=self.at, reason="x")

    def come_after_all(self, day, by):
        come_after_all(assignment=self._assignment(day), by=by, at=self.at)

    def hand_over(self, day, by):
        assignment = self._assignment(day)
        leader = self.other if assignment.leader_id == self.booking.leader.pk else self.booking.leader
        hand_over_day(assignment=assignment, leader=leader, by=by, at=self.at, reason="x")

    def end_early(self, day, by):
        end_day_early(day=day, percent=50, fee_reason="x", by=by, at=self.at, reason="x")

    def not_signed(self, day, by):
        record_not_signed(day=day, by=by, at=self.at, reason="x")

    def decline(self, day, by):
        decline_another_date(day=day, by=by, at=self.at, reason="x")

    def move_without_leaders(self, day, by):
        reschedule_day(day=day, to=self.at.date() + timedelta(days=21), by=by, at=self.at, reason="x", without_leaders=True)

    def go(self, day, by):
        """The leader is no longer one of the alliance's."""
        self._be(is_active=False)

    def come_back(self, day, by):
        self._be(is_active=True)

    def _be(self, *, is_active):
        leader = SystemLeader.objects.get(pk=self.booking.leader.pk)
        leader.is_active = is_active
        leader.save()

    def send(self, day, by):
        send_quote(series=self.booking.fresh(), by=by, at=self.at)

    def accept(self, day, by):
        series = self.booking.fresh()
        accept_quote(series=series, version=series.offered.version if series.offered else 1, by=by, at=self.at)

    def take_back(self, day, by):
        take_quote_back(series=self.booking.fresh(), by=by, at=self.at, reason="x")

    def expire(self, day, by):
        expire_quotes(by=Actor.job("test"), at=self.at)

    def skip(self, day, by):
        skip_day(day=day, by=by, at=self.at, reason="x")

    def change(self, day, by):
        change_day(day=day, to=self.at.date() + timedelta(days=21), by=by, at=self.at)


def check_all_is_whole(booking: Booking) -> None:
    for day in Day.objects.filter(series=booking.series.pk):
        latest = day.briefs.first()
        if day.state in BEGUN:
            assert latest.is_agreed and latest.agreed_at <= day.started_at, "It began before its brief was agreed."
            assert latest.area and latest.activities and latest.outcomes
        if day.state == DayState.READY:
            assert latest.is_agreed and day.brief_agreed_at == latest.agreed_at
        standing = list(Assignment.objects.standing().filter(day=day))
        halves = HalfDay.objects.filter(source_reference=day.diary_reference)
        if day.state in (*COMING, *BEGUN):
            assert standing
            for one in standing:
                taken = halves.filter(held_until=None, leader=one.given.leader).count()
                assert taken == day.half_days or (taken == 0 and one.cannot_come_at and day.state == DayState.CONFIRMED)
            assert halves.exclude(leader__in=[one.given.leader_id for one in standing]).count() == 0
        if day.state in NOT_HELD:
            assert halves.count() == 0
        record = Record.objects.filter(day=day).first()
        if day.state == DayState.SIGNED_OFF:
            assert record.signed_at and record.school_signed_at
        elif record:
            assert record.school_signed_at is None, "It pretends a signature of the school."
        invoices = InvoiceLine.objects.filter(source_reference__in=[str(one.pk) for one in standing], invoice__purpose="CHARGE")
        assert invoices.count() == (day.state in DELIVERED[1:] or bool(day.fee))
    series = booking.fresh()
    if series.days.owed_another_date().exists() and series.state in BOOKED:
        assert series.case.is_open
    if series.state in (SeriesState.COMPLETED, SeriesState.CANCELLED):
        assert not series.days.owed_another_date().exists() and not series.days.exclude(state__in=OVER).exists()
    elif series.state in BOOKED:
        assert series.days.owed_another_date().exists() or series.days.exclude(state__in=OVER).exists()
        assert series.case.turns.open().exists(), "Nobody is asked for anything."
    for year in LeaderYear.objects.all():
        assert year.taken == HalfDay.objects.filter(leader=year.leader).in_academic_years([year.academic_year]).count()


@pytest.fixture
def played() -> tuple[Booking, Any]:
    booking = Booking(dates=[FIRST, FIRST + timedelta(weeks=1)])
    booking.book()
    return booking, make_leader()


def run(booking: Booking, other: Any, steps: Any, came_to: Counter[str]) -> None:
    with transaction.atomic():
        play = Play(booking, other)
        for what, who, hours in steps:
            came_to[f"{what}: {play.act(what, who, hours)}"] += 1
            check_all_is_whole(booking)
        transaction.set_rollback(True)


FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)


def test_nothing_begins_without_an_agreed_brief_in_any_order(played):
    came_to: Counter[str] = Counter()

    @FEW
    @given(steps=STEPS, way=st.sampled_from(sorted(WAYS)), places=st.lists(st.integers(0, 20), min_size=8, max_size=8))
    def play(steps, way, places):
        woven: list[Any] = list(steps)
        for place, likely in zip(sorted(places, reverse=True), reversed(WAYS[way]), strict=False):
            woven.insert(min(place, len(woven)), likely)
        run(*played, woven, came_to)

    play()

    done: Callable[[str], int] = lambda what: came_to[f"{what}: done"]  # noqa: E731
    usual = ("write", "agree", "start", "save", "move", "cancel", "substitute", "move_without_leaders")
    assert [what for what in usual if not done(what)] == [], came_to
    assert came_to["start: NotReady"] and any(key.startswith("agree") and not key.endswith("done") for key in came_to), came_to


@pytest.mark.parametrize("way", WAYS)
def test_each_likely_way_leads_to_its_end(played, way):
    came_to: Counter[str] = Counter()
    run(*played, WAYS[way], came_to)

    assert {key: value for key, value in came_to.items() if not key.endswith("done")} == {}
