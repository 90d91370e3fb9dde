from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliance.enums import Power
from alliance.models import School, SystemLeader, User
from alliance.queries import live_school_roles
from alliance.working_days import add_working_days
from cases.actions.open_case import open_case
from cases.enums import CaseKind
from cases.events import N_, record_event
from cases.models import Case
from cases.turns import synchronise_turns
from common.actions import Refusal, action
from common.in_words import day_in_words, in_pounds
from finance.actions.make_quote import make_quote
from finance.models import QuoteLine
from health_checks.brief_text import Statement, as_json
from health_checks.dates import BOOKED_AHEAD, MOST_DAYS
from health_checks.enums import DayPart, DayState, DayUse
from health_checks.models import Brief, Day, HealthCheckSettings, Series
from health_checks.models.series import QUOTE_KIND
from health_checks.pricing import DayWanted, buyer_of, lines_shown, policy_on

PREFIX = "HCD"


class AlreadyBooked(Refusal):
    """The school has asked for one of the days before."""


@dataclass(frozen=True)
class DayAsked:
    """One date; with a `cause` it stays in the booking as left out, and can be put back."""

    date: date
    part: DayPart
    use: DayUse
    other_use: str = ""
    cause: str = ""


@dataclass(frozen=True)
class Contact:
    name: str
    email: str
    role: str = ""
    telephone: str = ""
    language: str = ""


@dataclass(frozen=True)
class Wish:
    """What a school asks for: `conductors` empty is “advise me”, or a person by name."""

    school: School
    area: str
    days: Sequence[DayAsked]
    contact: Contact
    statements: Sequence[Statement] = ()
    conductors: Sequence[str] = ()
    wanted_leader: SystemLeader | None = None
    access_notes: str = ""
    po_number: str = ""
    designations: Sequence[str] = field(default=())
    """Those the price is reckoned with: of the conductors, or of the person asked for."""


@action
def request_series(*, wish: Wish, by: User, at: datetime) -> Series:
    """
    Ask for one or more health check days (H1, H4): a case with its reference, the days, the price as it was shown, and a first brief.

    `by` acts for the school by a role that is verified, or claimed: leaders are held, and school data shown, only once the alliance
    has verified it. Raises `PermissionDenied` for somebody without either, `AlreadyBooked`, `ValidationError` for dates that cannot be,
    and `finance.pricing.NoRateInForce`.
    """
    check_may_ask(by, wish.school, timezone.localdate(at))
    kept = [day for day in wish.days if not day.cause]
    _check_days(wish, kept, by, at)
    case = Case(
        kind=CaseKind.HEALTH_CHECK,
        title=wish.area[:200],
        supported_school=wish.school,
        contact_name=wish.contact.name,
        contact_role=wish.contact.role,
        contact_email=wish.contact.email,
        contact_telephone=wish.contact.telephone,
        contact_language=wish.contact.language,
    )
    case = open_case(case=case, prefix=PREFIX, by=by, at=at)
    days = [DayWanted(day.date, day.part) for day in kept]
    designations = list(wish.designations)
    shown = make_quote(
        source_kind=QUOTE_KIND,
        source_reference=case.reference,
        lines=lines_shown(days, designations),
        on=kept[0].date,
        buyer=buyer_of(wish.school),
        cancellation_policy=policy_on(kept[0].date),
        by=by,
        at=at,
    )
    series = Series(
        case=case,
        state_since=at,
        area=wish.area,
        statements=as_json(wish.statements),
        conductors=list(wish.conductors),
        wanted_leader=wish.wanted_leader,
        access_notes=wish.access_notes,
        po_number=wish.po_number,
        requested_at=at,
        requested_by=by,
        shown=shown,
    )
    series.full_clean(exclude=["case"])
    series.save(force_insert=True)
    lines = iter(shown.lines.order_by("position"))
    for asked in wish.days:
        _save_day(series, wish.school, asked, None if asked.cause else next(lines), by=by, at=at)
    record_event(case, N_("%(number)d health check days were asked for."), by=by, at=at, public=True, number=len(kept))
    # Leaders and governors read the public events, and no price.
    record_event(case, N_("The price shown was %(total)s before VAT at most."), by=by, at=at, total=in_pounds(shown.total))
    synchronise_turns(case, at=at)
    return series


def check_may_ask(by: User, school: School, on: date) -> None:
    """A verified role with the power to book, or any role that waits to be verified. Raises `PermissionDenied`."""
    if not may_ask(by, school, on):
        raise PermissionDenied


def may_ask(user: User, school: School, on: date) -> bool:
    """Whether somebody may ask for a school: by a role that is verified, or one that waits to be."""
    claimed = user.school_roles.claimed().filter(school=school).select_related("kind")
    return any(role.school_id == school.pk and Power.BOOK in role.kind.powers for role in (*live_school_roles(user, on), *claimed))


def _check_days(wish: Wish, kept: Sequence[DayAsked], by: User, at: datetime) -> None:
    """Raise for no day, too many, one that is too near or too far off, and one asked for twice."""
    earliest = add_working_days(timezone.localdate(at), HealthCheckSettings.current().earliest_start)
    if not kept:
        raise ValidationError(_("Keep at least one day."))
    if len(wish.days) > MOST_DAYS:
        raise ValidationError(
            ngettext("At most %(n)d day in one booking.", "At most %(n)d days in one booking.", MOST_DAYS) % {"n": MOST_DAYS}
        )
    for day in kept:
        if not earliest <= day.date <= timezone.localdate(at) + BOOKED_AHEAD:
            raise ValidationError(_("%(day)s is too soon, or too far ahead.") % {"day": day_in_words(day.date)})
    dates = [day.date for day in kept]
    if len(set(dates)) < len(dates):
        raise AlreadyBooked(_("One of these dates is there twice. Choose another."))
    if before := Day.objects.in_the_way_of(by, wish.school).filter(date__in=dates).order_by("date").first():
        told = _("Your school has asked for %(day)s already. Choose another date.")
        raise AlreadyBooked(told % {"day": day_in_words(before.date)})


def _save_day(series: Series, school: School, asked: DayAsked, line: QuoteLine | None, *, by: User, at: datetime) -> None:
    day = Day(
        series=series,
        school=school,
        date=asked.date,
        part=asked.part,
        use=asked.use,
        other_use=asked.other_use,
        state=DayState.SKIPPED if asked.cause else DayState.PROPOSED,
        note=asked.cause,
        shown_line=line,
    )
    day.full_clean()
    day.save()
    Brief.objects.create(day=day, version=1, area=series.area, statements=series.statements, written_at=at, written_by_name=str(by))
