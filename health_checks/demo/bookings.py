"""Bookings of the demo, each walked to its point by the actions that people take, on days relative to today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from alliance.models import School, User
from alliance.working_days import SATURDAY, add_working_days
from cases.actions.assign_owner import assign_owner
from common.demo import World
from diary.enums import Half
from diary.queries import taken_by_leader
from diary.terms import closed_because
from health_checks.actions.accept_quote import accept_quote
from health_checks.actions.agree_brief import agree_brief
from health_checks.actions.begin_matching import begin_matching
from health_checks.actions.cancel_day import cancel_day
from health_checks.actions.give_feedback import give_feedback
from health_checks.actions.propose_leader import propose_leader
from health_checks.actions.request_series import Contact, DayAsked, Wish, request_series
from health_checks.actions.save_record import save_record
from health_checks.actions.send_quote import send_quote
from health_checks.actions.sign_off_day import sign_off_day
from health_checks.actions.sign_record import sign_record
from health_checks.actions.start_day import start_day
from health_checks.actions.write_brief import write_brief
from health_checks.brief_text import Statement
from health_checks.enums import Cause, DayPart, DayUse
from health_checks.fees import fee_for_day
from health_checks.models import Day, Series

NINE = timedelta(hours=9)


@dataclass
class DemoBooking:
    """One booking with the people who work on it. What comes next happens some hours on."""

    world: World
    head: User
    school: School
    leader: str
    at: datetime
    series: Series | None = None

    def later(self, hours: int = 3) -> datetime:
        self.at += timedelta(hours=hours)
        return self.at

    @property
    def lead(self) -> Any:
        return self.world.people["lead"]

    @property
    def leading(self) -> Any:
        return self.world.leaders[self.leader]

    def fresh(self) -> Series:
        if self.series is None:
            raise ValueError("Ask first.")
        return Series.objects.select_related("case__supported_school", "offered", "shown", "quote").get(pk=self.series.pk)

    def days(self) -> list[Day]:
        return list(Day.objects.select_related("series__case__supported_school").filter(series=self.fresh()).wanted().order_by("date"))

    def ask(
        self, area: str, dates: list[date], *, part: DayPart = DayPart.FULL, use: DayUse = DayUse.TEACHING_REVIEW, **values: Any
    ) -> None:
        held = [row.designation for row in self.leading.designations.all()]
        wish = Wish(
            school=self.school, area=area, days=[DayAsked(day, part, use) for day in dates],
            contact=Contact(name=self.head.get_full_name(), email=self.head.email, role="Head", telephone="01632 960777"),
            statements=STATEMENTS, conductors=held, designations=held,
            access_notes="Sign in at the main office; visitors’ parking is behind the hall.", **values,
        )  # fmt: skip
        self.series = request_series(wish=wish, by=self.head, at=self.at)

    def match(self) -> None:
        assign_owner(case=self.fresh().case, owner=self.lead, by=self.lead, at=self.later())
        begin_matching(series=self.fresh(), by=self.lead, at=self.at)
        for day in self.days():
            propose_leader(day=day, leader=self.leading, by=self.lead, at=self.at)

    def quote(self) -> None:
        self.match()
        send_quote(series=self.fresh(), by=self.lead, at=self.later())

    def book(self) -> None:
        self.quote()
        series = self.fresh()
        accept_quote(
            series=series, version=series.offered.version if series.offered else 0, by=self.head, at=self.later(), po_number="PO-2041"
        )

    def brief(self, day: Day) -> None:
        latest = day.briefs.first()
        write_brief(
            day=day, version=latest.version if latest else 0, area=latest.area if latest else "", statements=STATEMENTS, activities=ACTIVITIES,
            outcomes=OUTCOMES, by=self.leading.user, at=self.later(),
        )  # fmt: skip

    def agree(self, day: Day) -> None:
        self.brief(day)
        latest = day.briefs.first()
        for person in (self.leading.user, self.head):
            agree_brief(day=day, version=latest.version if latest else 0, by=person, at=self.later())

    def start(self, day: Day) -> None:
        self.at = max(self.at, _morning(day.date))
        start_day(day=day, by=self.leading.user, at=self.later(1))

    def write(self, day: Day) -> None:
        brief = day.briefs.first()
        statements, outcomes = (brief.statements, brief.outcomes) if brief else ([], [])
        save_record(
            day=day, revision=0,
            verdicts={row["id"]: {"verdict": verdict, "comment": comment} for row, (verdict, comment) in zip(statements, FOUND, strict=False)},
            outcomes={row["id"]: {"met": "MET", "comment": ""} for row in outcomes},
            texts={"further_needs": "", "evidence": EVIDENCE, "next_steps": NEXT_STEPS}, by=self.leading.user, at=self.later(5),
        )  # fmt: skip

    def sign(self, day: Day) -> None:
        self.write(day)
        sign_record(day=day, revision=1, names_no_pupil=True, by=self.leading.user, at=self.later(1))

    def sign_off(self, day: Day) -> None:
        self.sign(day)
        fresh = Day.objects.select_related("series__case__supported_school", "record").get(pk=day.pk)
        comment = "Fair, and useful for our plan. We will look at the split of time in year 1 first."
        sign_off_day(day=fresh, sha256=fresh.record.sha256, comment=comment, by=self.head, at=self.later(20))


LEADERS = ("leader", "leader3", "leader4", "leader5", "leader8")
STATEMENTS = [
    Statement(
        "quality-of-education",
        "Quality of education",
        "Phonics is taught daily and to one scheme; most children keep up.",
        "We are not sure that children who fall behind catch up within the term.",
    ),
    Statement("early-years", "Early years", "Good: children talk a lot and are read to every day.", ""),
]
FOUND = [
    ("PARTLY", "Daily and to one scheme in the classes seen. Extra sessions are short and start late."),
    ("REAFFIRMED", "Rich talk in both rooms; adults wait for answers."),
]
ACTIVITIES = ["A learning walk through reception and year 1", "Hearing six children read", "A talk with the reading lead"]
OUTCOMES = ["A view of whether the extra sessions help", "Three things to do in the next half term"]
EVIDENCE = (
    "Eleven short visits to lessons, the reading records of two classes, a talk with the reading lead and with two teaching assistants."
)
NEXT_STEPS = "Begin the extra sessions in the first week of term.\nTrain the assistants who run them together.\nLook at the records every three weeks."


def load_bookings(world: World) -> None:
    """One at each point: to be checked, to be matched, quoted, to be briefed, ready, begun, delivered, signed off, cancelled late."""
    people = world.people
    member, other = _school_of(people["head"]), _school_of(people["otherhead"])
    free = _all_free(world, _open_days(world, member))
    past = _all_free(world, _past_days(world))

    done = DemoBooking(world, people["head"], member, "leader", _ago(world, 60))
    done.ask("Early reading", [past[0]], use=DayUse.TEACHING_REVIEW)
    done.book()
    (day,) = done.days()
    done.agree(day)
    done.start(day)
    done.sign_off(day)
    give_feedback(day=day, usefulness=5, text="", by=people["head"], at=done.later())

    delivered = DemoBooking(world, people["head"], member, "leader5", _ago(world, 50))
    delivered.ask("Talk in the early years", [past[1]], part=DayPart.AM, use=DayUse.TEACHING_REVIEW)
    delivered.book()
    (day,) = delivered.days()
    delivered.agree(day)
    delivered.start(day)
    delivered.sign(day)

    begun = DemoBooking(world, people["otherhead"], other, "leader3", _ago(world, 40))
    begun.ask("Mathematics in year 3", [past[2]])
    begun.book()
    (day,) = begun.days()
    begun.agree(day)
    begun.start(day)

    coming = DemoBooking(world, people["head"], member, "leader", _ago(world, 6))
    coming.ask("Reading in key stage 2", [free[0], free[5], free[10]], use=DayUse.DATA_REVIEW)
    coming.book()
    first, second, _third = coming.days()
    coming.agree(first)
    coming.brief(second)

    quoted = DemoBooking(world, people["otherhead"], other, "leader4", _ago(world, 1))
    quoted.ask("Attendance", [free[7]], use=DayUse.DATA_REVIEW)
    quoted.quote()

    late = DemoBooking(world, people["otherhead"], other, "leader8", _ago(world, 40))
    late.ask("Curriculum in geography", [past[3]], part=DayPart.PM)
    late.book()
    (day,) = late.days()
    cancelled = _morning(day.date) - timedelta(days=2)
    fee = fee_for_day(day, caused_by=Cause.SCHOOL, on=timezone.localdate(cancelled))
    reason = "The geography lead is ill, and there is nobody to stand in."
    cancel_day(day=day, caused_by=Cause.SCHOOL, fee_shown=Decimal(fee.amount), by=people["otherhead"], at=cancelled, reason=reason)

    new = DemoBooking(world, people["head"], member, "leader3", _ago(world, 1))
    new.ask("Mathematics in year 6", [free[12], free[17]])

    claimant = people["claimant"]
    unchecked = DemoBooking(world, claimant, claimant.school_roles.get().school, "leader3", _ago(world, 1))
    unchecked.ask("Behaviour at lunchtime", [free[14]], part=DayPart.AM, use=DayUse.DATA_REVIEW)


def _school_of(user: User) -> School:
    return user.school_roles.select_related("school").get().school


def _ago(world: World, days: int) -> datetime:
    return world.now - timedelta(days=days)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day)) + NINE  # noqa: DTZ001 - made aware here


def _open_days(world: World, school: School) -> list[date]:
    """Days from six working days on, in term."""
    first = add_working_days(world.today, 6)
    span = [first + timedelta(days=n) for n in range(150)]
    closed = closed_because(school, span)
    return [day for day in span if day not in closed]


def _all_free(world: World, days: list[date]) -> list[date]:
    """Those on which every leader of these bookings has the whole day: their projects took some."""
    leaders = [world.leaders[key] for key in LEADERS]
    taken = taken_by_leader(leaders, days, at=world.now).values()
    return [day for day in days if not any((day, half) in halves for halves in taken for half in Half)]


def _past_days(world: World) -> list[date]:
    """Weekdays a week or two ago, the later first."""
    return [day for n in range(7, 20) if (day := world.today - timedelta(days=n)).weekday() < SATURDAY]
