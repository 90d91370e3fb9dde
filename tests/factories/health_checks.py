"""Bookings of health check days, brought to a state by the very actions that people take."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from alliance.models import School, SystemLeader, User
from alliance.roles import Role
from cases.actions.assign_owner import assign_owner
from health_checks.actions.accept_quote import accept_quote
from health_checks.actions.agree_brief import agree_brief
from health_checks.actions.begin_matching import begin_matching
from health_checks.actions.propose_leader import propose_leader
from health_checks.actions.request_series import Contact, DayAsked, Wish, request_series
from health_checks.actions.save_record import save_record
from health_checks.actions.send_quote import send_quote
from health_checks.actions.sign_off_day import sign_off_day
from health_checks.actions.sign_record import sign_record
from health_checks.actions.start_day import start_day
from health_checks.actions.write_brief import write_brief
from health_checks.brief_text import Statement
from health_checks.enums import DayPart, DayUse
from health_checks.models import Day, HealthCheckPage, Series
from tests.conftest import NOON
from tests.factories.alliance import LeaderDesignationFactory, SystemLeaderFactory
from tests.factories.finance import make_policy, make_rate
from tests.factories.people import make_head, make_school, make_user
from website.models import HomePage

FIRST = date(2027, 1, 13)
"""A Wednesday in term, eight weeks after `NOON`."""


def at_day(day: date, hour: int = 9) -> datetime:
    return NOON.replace(year=day.year, month=day.month, day=day.day, hour=hour)


def make_leader(designation: str = "SLE", **values: Any) -> SystemLeader:
    leader: SystemLeader = SystemLeaderFactory(
        user=make_user(), supporting_school=values.pop("supporting_school", None) or make_school(), **values
    )
    LeaderDesignationFactory(leader=leader, designation=designation, starts_on=date(2024, 9, 1), ends_on=None)
    return leader


@dataclass
class Booking:
    """Everybody with a part in one booking, and what they do, step by step, in this order. It is asked for `at` a moment."""

    dates: list[date] = field(default_factory=lambda: [FIRST])
    part: DayPart = DayPart.FULL
    conductors: tuple[str, ...] = ("SLE",)
    has_rates: bool = True
    at: datetime = NOON

    @cached_property
    def school(self) -> School:
        return make_school(phase="PRIMARY")

    @cached_property
    def head(self) -> User:
        return make_head(self.school)

    @cached_property
    def lead(self) -> User:
        return make_user(Role.S2S_LEAD)

    @cached_property
    def leader(self) -> SystemLeader:
        return make_leader()

    @cached_property
    def series(self) -> Series:
        if self.has_rates:
            make_rate(designation="SLE")
            make_policy()
        return request_series(wish=self.wish(), by=self.head, at=self.at)

    def wish(self, **values: Any) -> Wish:
        given = {
            "school": self.school,
            "area": "Early reading",
            "days": [DayAsked(day, self.part, DayUse.DATA_REVIEW) for day in self.dates],
            "contact": Contact(name="Pat Head", email="head@example.org"),
            "statements": [Statement("quality-of-education", "Quality of education", "Good", "Phonics in year 1")],
            "conductors": self.conductors,
            "designations": self.conductors or ("SLE",),
            **values,
        }
        return Wish(**given)

    def fresh(self) -> Series:
        return Series.objects.select_related("case__supported_school", "offered", "quote", "shown").get(pk=self.series.pk)

    @property
    def day(self) -> Day:
        """The first day that is not gone."""
        return Day.objects.select_related("series__case__supported_school").filter(series=self.series.pk).wanted().order_by("date").first()  # type: ignore[return-value]  # there is one

    # Steps

    def match(self) -> None:
        assign_owner(case=self.series.case, owner=self.lead, by=self.lead, at=self.at)
        begin_matching(series=self.fresh(), by=self.lead, at=self.at)

    def hold(self) -> None:
        self.match()
        self.put_leaders_on()

    def put_leaders_on(self) -> None:
        for day in Day.objects.select_related("series__case").filter(series=self.series.pk, state="PROPOSED"):
            propose_leader(day=day, leader=self.leader, by=self.lead, at=self.at)

    def quote(self) -> None:
        self.hold()
        send_quote(series=self.fresh(), by=self.lead, at=self.at)

    def hold_and_book(self) -> None:
        """From matching on."""
        self.put_leaders_on()
        send_quote(series=self.fresh(), by=self.lead, at=self.at)
        self.accept()

    def book(self) -> None:
        self.quote()
        self.accept()

    def accept(self) -> None:
        series = self.fresh()
        assert series.offered
        accept_quote(series=series, version=series.offered.version, by=self.head, at=self.at + timedelta(hours=1))

    def brief(self, day: Day | None = None) -> None:
        """A complete brief that nobody agreed to."""
        day = day or self.day
        latest = day.briefs.first()
        assert latest
        write_brief(
            day=day, version=latest.version, area="Early reading", activities=["A learning walk"], outcomes=["What to teach next"],
            statements=[Statement("quality-of-education", "Quality of education", "Good", "Phonics in year 1")],
            by=self.leader.user, at=self.at + timedelta(hours=2),
        )  # fmt: skip

    def agree(self, day: Day | None = None) -> None:
        day = day or self.day
        latest = day.briefs.first()
        assert latest
        for person in (self.head, self.leader.user):
            agree_brief(day=day, version=latest.version, by=person, at=self.at + timedelta(hours=3))

    def ready(self) -> None:
        self.book()
        self.brief()
        self.agree()

    def start(self) -> None:
        self.ready()
        start_day(day=self.day, by=self.leader.user, at=at_day(self.day.date))

    def write(self) -> None:
        """Every answer of the record."""
        day = self.day
        brief = day.briefs.first()
        assert brief
        save_record(
            day=day, revision=day.record.text.revision,
            verdicts={row["id"]: {"verdict": "PARTLY", "comment": "Seen in two classes"} for row in brief.statements},
            outcomes={row["id"]: {"met": "MET", "comment": ""} for row in brief.outcomes},
            texts={"further_needs": "", "evidence": "Books of three classes", "next_steps": "Train the teaching assistants"},
            by=self.leader.user, at=at_day(day.date, 15),
        )  # fmt: skip

    def deliver(self) -> None:
        self.start()
        self.write()
        sign_record(day=self.day, revision=1, names_no_pupil=True, by=self.leader.user, at=at_day(self.day.date, 16))

    def sign_off(self, comment: str = "  Thank you, this helps. ") -> None:
        self.deliver()
        day = self.day
        sign_off_day(day=day, sha256=day.record.sha256, comment=comment, by=self.head, at=at_day(day.date, 17))


def make_health_check_page(home: HomePage) -> HealthCheckPage:
    """The public page, published below the home page."""
    page = HealthCheckPage(title="Health check days", slug="health-check-days", introduction="A fresh pair of eyes.")
    home.add_child(instance=page)
    page.save_revision().publish()
    return page
