"""The tab that a booking adds to the case page: its days, what they cost, and what is open to the reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.access import person_of
from cases.contributions import CaseTab
from cases.enums import CaseKind
from cases.models import Case
from finance.money import NOTHING
from health_checks.enums import BOOKED, COMING, GONE, DayState
from health_checks.models import Assignment, Brief, Day, Series
from health_checks.policies import missing_in
from health_checks.standing import Reader, reader_of
from health_checks.steps import offers_to
from health_checks.steps.base import day_of, days_of
from health_checks.steps.matching import MATCHED_AT
from health_checks.telling import asker_is_verified
from portal.steps import Offer

SLUG, LABEL, ORDER = "days", _("Days"), 150
ON_THE_LIST = ("put-leader-on", "agree-brief", "start-day", "sign-off", "not-signed", "another-date", "another-date-for", "feedback")
"""Steps on a day that stand on the list of days already; the others stand on the day's own page."""
TAGS = {
    DayState.READY: "done",
    DayState.SIGNED_OFF: "done",
    DayState.CONFIRMED: "wait",
    DayState.DELIVERED: "soon",
    DayState.NO_SHOW_LEADER: "draft",
    DayState.IN_PROGRESS: "soon",
}


@dataclass(frozen=True)
class Row:
    """One day as the reader sees it."""

    day: Day
    leaders: list[Assignment]
    brief: Brief | None
    price: Decimal
    offers: list[Offer] = field(default_factory=list)

    @property
    def tag(self) -> str:
        return TAGS.get(DayState(self.day.state), "draft" if self.day.state in GONE else "")

    @property
    def waits_for(self) -> Any:
        """What the day waits for: another date, a leader, or somebody's word on the brief."""
        if self.day.is_owed_another_date and self.day.series.state in BOOKED:
            return _("Another date is to be agreed, at no extra cost.")
        if self.day.state in COMING and any(one.cannot_come_at for one in self.leaders):
            return _("A substitute is being found for the leader. The day stays booked.")
        return self.brief_waits_for

    @property
    def brief_waits_for(self) -> Any:
        """Whose word on the brief is missing."""
        if self.day.state not in COMING or self.brief is None or self.brief.is_agreed:
            return ""
        if missing_in(self.brief):
            return _("The brief is not complete yet: either side writes it, then both agree to it.")
        if self.brief.school_agreed_at is None and self.brief.leader_agreed_at is None:
            return _("Both sides have to agree to the brief.")
        return (
            _("The school has to agree to the brief.")
            if self.brief.school_agreed_at is None
            else _("The leader has to agree to the brief.")
        )


def tabs_of(request: HttpRequest, case: Case) -> list[CaseTab]:
    if case.kind != CaseKind.HEALTH_CHECK:
        return []
    series = series_of(case)
    if series is None:
        return []
    reader = reader_of(person_of(request), series, timezone.localdate())
    return [CaseTab(SLUG, LABEL, "health_checks/tabs/days.html", lambda: context(reader), ORDER, for_onlookers=True)]


def series_of(case: Case) -> Series | None:
    series = Series.objects.select_related("shown", "offered", "quote", "wanted_leader__user").filter(case=case).first()
    if series is not None:
        series.case = case
    return series


def context(reader: Reader) -> dict[str, Any]:
    """What the tab shows; the offers on a day stand with it."""
    series = reader.series
    offers = offers_to(reader.user, series, reader.today)
    rows = rows_of(reader, offers)
    return {
        "series": series,
        "reader": reader,
        "rows": rows,
        "offers": [offer for offer in offers if offer.target is None],
        "quote": (series.quote or series.offered or series.shown) if reader.sees_money else None,
        "is_shown_price": series.quote is None and series.offered is None,
        "unverified": _unverified(reader),
        "total": sum((row.price for row in rows), NOTHING) if reader.sees_money else None,
    }


@dataclass(frozen=True)
class Unverified:
    """Who asked for a booking without being verified for the school; `is_claimed` while their role waits to be checked."""

    name: str
    is_claimed: bool


def _unverified(reader: Reader) -> Unverified | None:
    """What keeps a booking from being matched, for those who may know."""
    series, school = reader.series, reader.series.case.supported_school
    if series.state not in MATCHED_AT or not (reader.is_staff or reader.books) or asker_is_verified(series, reader.today):
        return None
    asker = series.requested_by
    is_claimed = asker is not None and asker.school_roles.claimed().filter(school=school).exists()
    return Unverified(str(asker or series.case.contact_name), is_claimed)


def rows_of(reader: Reader, offers: list[Offer], **only: Any) -> list[Row]:
    """The days of a booking, those that will not be at the end; a leader sees the days they conduct. A fixed number of queries."""
    days: Any = days_of(reader.series).filter(**only)
    if not (reader.is_staff or reader.books or reader.signs):
        days = days.filter(pk__in=reader.led)
    rows = [
        Row(
            day=day,
            leaders=day.standing,
            brief=day.versions[0] if day.versions else None,
            price=_price(day),
            offers=[offer for offer in offers if offer.slug in _on_the_list(day) and day_of(offer.target) == day],
        )
        for day in days
    ]
    return sorted(rows, key=lambda row: row.day.state in GONE and not row.day.is_owed_another_date)


def _on_the_list(day: Any) -> tuple[str, ...]:
    """A brief that nobody can agree to yet is to be written first."""
    brief = day.versions[0] if day.versions else None
    return (*ON_THE_LIST, "edit-brief") if missing_in(brief) else ON_THE_LIST


def _price(day: Any) -> Decimal:
    """As quoted; before that as it was shown. A day that will not be costs its fee."""
    if day.state in GONE or day.fee is not None:
        fee: Decimal = day.fee_due
        return fee
    quoted = [one.quote_line.charge for one in day.standing if one.quote_line]
    if quoted:
        return sum(quoted, NOTHING)
    return day.shown_line.charge if day.shown_line else NOTHING
