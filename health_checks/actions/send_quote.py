from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliance.working_days import add_working_days
from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from common.in_words import day_in_words, day_to_keep, in_pounds
from diary.actions.release_halves import release_halves
from diary.actions.take_halves import take_halves
from diary.enums import SourceKind
from finance.actions.make_quote import make_quote
from finance.models import Quote
from health_checks.actions.propose_leader import end_of
from health_checks.enums import DayState, SeriesState
from health_checks.matching import barred_from
from health_checks.models import Assignment, HealthCheckSettings, Series
from health_checks.models.series import QUOTE_KIND
from health_checks.moves import move_series
from health_checks.policies import NotReady, check_series_is, lock_series
from health_checks.pricing import buyer_of, lines_of
from health_checks.telling import people_who_book, tell


@action
def send_quote(*, series: Series, by: By, at: datetime) -> Series:
    """
    Approve a booking: freeze its price as the next version of the quote, hold the leaders until it expires, and send it (H6, A5).

    The same from the portal and the admin. A price that the school saw is kept. Raises `IllegalMove`, `PermissionDenied` unless by
    alliance staff, `NotReady` while a day has no leader or one with a tie to the school, `HalfTaken` where a hold lapsed and somebody
    else came first, and `finance.pricing.NoRateInForce`.
    """
    series = lock_series(series)
    check_series_is(series, SeriesState.MATCHING)
    check_every_day_has_a_leader(series)
    check_no_day_is_near(series, at)
    expires_on = add_working_days(timezone.localdate(at), HealthCheckSettings.current().quote_lasts)
    assignments = assignments_to_quote(series)
    check_nobody_is_barred(series, assignments)
    # Leaders in the order of their keys, as everything that takes halves of several does.
    for assignment in sorted(assignments, key=lambda one: (one.leader_id, one.day.date)):
        hold_again(assignment, until=end_of(expires_on), by=by, at=at)
    quote = make_quote(
        source_kind=QUOTE_KIND,
        source_reference=series.case.reference,
        lines=lines_of(series, assignments),
        on=assignments[0].day.date,
        buyer=buyer_of(series.case.supported_school),
        cancellation_policy=series.shown.cancellation_policy if series.shown else None,
        by=by,
        at=at,
    )
    attach_lines(assignments, quote)
    move_series(series, SeriesState.QUOTED, by=by, at=at, offered=quote, quote_expires_on=expires_on)
    record_event(
        series.case,
        N_("Quote %(version)d was sent; it can be accepted until %(day)s."),
        by=by,
        at=at,
        public=True,
        version=quote.version,
        day=day_to_keep(expires_on),
    )
    record_event(series.case, N_("The quote is over %(total)s before VAT."), by=by, at=at, total=in_pounds(quote.total))
    tell(series, people_who_book(series.case.supported_school, at.date()), N_("Your quote for health check days is ready."), at=at)
    synchronise_turns(series.case, at=at)
    return series


def check_every_day_has_a_leader(series: Series) -> None:
    """Raise `NotReady` with what is missing before a quote can be sent."""
    days = list(series.days.filter(state__in=(DayState.PROPOSED, DayState.HELD)))
    if not days:
        raise NotReady(_("Every day was left out, so there is nothing to quote."))
    without = sum(day.state == DayState.PROPOSED for day in days)
    if without:
        raise NotReady(ngettext("%(n)d day has no leader yet.", "%(n)d days have no leader yet.", without) % {"n": without})


def check_nobody_is_barred(series: Series, assignments: list[Assignment]) -> None:
    """Raise `NotReady` for a leader with a tie to the school that came up since they were held."""
    school = series.case.supported_school
    barred = barred_from(school, [assignment.leader for assignment in assignments]) if school else {}
    for assignment in assignments:
        if cause := barred.get(assignment.leader_id):
            told = _("%(leader)s cannot come: %(cause)s Hold somebody else.")
            raise NotReady(told % {"leader": assignment.leader, "cause": cause if cause.endswith(".") else f"{cause}."})


def check_no_day_is_near(series: Series, at: datetime) -> None:
    """Raise `NotReady` for a day that has come, or is past, before anybody could accept it."""
    today = timezone.localdate(at)
    if late := series.days.filter(state=DayState.HELD, date__lte=today).order_by("date").first():
        raise NotReady(_("%(day)s has come already. Ask for another date, or leave it out.") % {"day": day_in_words(late.date)})


def assignments_to_quote(series: Series) -> list[Assignment]:
    """Who is held for the days of a quote, in the order of the days."""
    standing = Assignment.objects.standing().filter(day__series=series, day__state=DayState.HELD)
    found = standing.select_related("day__shown_line", "leader__user", "leader__supporting_school", "day__series__case").order_by(
        "day__date", "day", "proposed_at", "pk"
    )
    return list(found)


def hold_again(assignment: Assignment, *, until: datetime, by: By, at: datetime) -> None:
    """Hold the half days until a later moment; those whose hold lapsed are taken anew, if nobody else came first."""
    day, leader = assignment.day, assignment.leader
    release_halves(kind=SourceKind.HEALTH_CHECK, reference=day.diary_reference, leader=leader, by=by, at=at)
    take_halves(
        leader=leader, halves=day.halves, kind=SourceKind.HEALTH_CHECK, reference=day.diary_reference, held_until=until, by=by, at=at
    )


def attach_lines(assignments: list[Assignment], quote: Quote) -> None:
    """Each leader of a day gets the line that says what they cost: the lines were asked for in this order."""
    for assignment, line in zip(assignments, quote.lines.order_by("position"), strict=True):
        assignment.quote_line = line
        assignment.save()
