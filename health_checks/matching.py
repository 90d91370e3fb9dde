"""Who could conduct a day: hard reasons against come first, then a ranking with its reasons (H2). A person decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from math import hypot

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliance.enums import Designation
from alliance.models import DeclaredInterest, LeaderDesignation, School, SystemLeader
from diary.models import WhichHalf
from diary.queries import Balance, balances, taken_by_leader
from health_checks.enums import CONDUCTING, DELIVERED, DayPart
from health_checks.models import Assignment, Day, HealthCheckSettings

NEAR_METRES = 30_000
"""Within half an hour or so by car; further away counts less."""


@dataclass(frozen=True)
class Candidate:
    """A leader for a day: `causes` speak against and exclude; `reasons` and `gaps` explain the place in the ranking."""

    leader: SystemLeader
    designations: list[str]
    causes: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    score: float = 0.0

    @property
    def is_possible(self) -> bool:
        return not self.causes


def active_leaders() -> list[SystemLeader]:
    """Everybody who may be asked, with person, school and specialisms."""
    leaders = SystemLeader.objects.filter(is_active=True, user__is_active=True).select_related("user", "supporting_school")
    return list(leaders.prefetch_related("specialisms").order_by("user__last_name", "user__first_name", "pk"))


def designations_on(leaders: Iterable[SystemLeader], day: date) -> dict[int, list[str]]:
    """Leader's key → the designations that conduct days and are in force on the day, in the order of `CONDUCTING`."""
    found: dict[int, list[str]] = {leader.pk: [] for leader in leaders}
    rows = LeaderDesignation.objects.in_force(day).filter(leader__in=list(found), designation__in=CONDUCTING)
    for leader, designation in rows.values_list("leader_id", "designation"):
        found[leader].append(designation)
    return {key: [str(one) for one in CONDUCTING if one in held] for key, held in found.items()}


def suitable_leaders(school: School, designations: Iterable[str], *, on: date) -> list[SystemLeader]:
    """Leaders whom nothing bars from the school and who hold one of the designations; their time is not looked at. Four queries."""
    leaders, wanted = active_leaders(), set(designations)
    held, barred = designations_on(leaders, on), barred_from(school, leaders)
    return [leader for leader in leaders if leader.pk not in barred and wanted & set(held[leader.pk])]


def candidates_for(day: Day, *, at: datetime) -> list[Candidate]:
    """All leaders for a day, the possible ones first, best first; the others with their causes. A fixed number of queries."""
    series = day.series
    school = series.case.supported_school
    if school is None:
        return []
    leaders = active_leaders()
    held, barred = designations_on(leaders, day.date), barred_from(school, leaders)
    taken, years = taken_by_leader(leaders, [day.date], at=at), balances(leaders, on=day.date)
    known = set(
        Assignment.objects.filter(day__series__case__supported_school=school, day__state__in=DELIVERED, ended_at=None).values_list(
            "leader", flat=True
        )
    )
    on_it = set(day.assignments.standing().values_list("leader", flat=True))
    found = []
    for leader in leaders:
        causes = [barred[leader.pk]] if leader.pk in barred else []
        if not held[leader.pk]:
            causes.append(_("Holds no designation that conducts health check days on this day."))
        elif not set(held[leader.pk]) & set(series.wanted_designations):
            causes.append(_("Holds none of the designations that the school asked for."))
        causes += _no_time(day, taken[leader.pk], years[leader.pk], is_on_it=leader.pk in on_it)
        found.append(_ranked(day, leader, held[leader.pk], causes, years[leader.pk], is_known=leader.pk in known))
    return sorted(found, key=lambda one: (not one.is_possible, -one.score, str(one.leader)))


def barred_from(school: School, leaders: Iterable[SystemLeader]) -> dict[int, str]:
    """Leader's key → why they may not come to this school at all."""
    interests = dict(DeclaredInterest.objects.filter(school=school).values_list("leader", "reason"))
    there = set(
        school.roles.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()), declined_at=None).values_list("user", flat=True)
    )
    keeps_trusts_apart = not HealthCheckSettings.current().leaders_of_the_same_trust
    barred = {}
    for leader in leaders:
        if leader.supporting_school_id == school.pk or leader.user_id in there:
            barred[leader.pk] = _("Works at this school, or has a role there.")
        elif leader.pk in interests:
            barred[leader.pk] = _("Declared an interest in this school: %(reason)s") % {"reason": interests[leader.pk]}
        elif keeps_trusts_apart and _are_of_one_trust(school, leader.supporting_school):
            barred[leader.pk] = _("Works in the school’s own trust.")
    return barred


def _are_of_one_trust(one: School, other: School) -> bool:
    """By the register's code, or by name where it gives none."""
    if one.trust_code or other.trust_code:
        return one.trust_code == other.trust_code
    return bool(one.trust) and one.trust == other.trust


def _no_time(day: Day, taken: set[WhichHalf], balance: Balance, *, is_on_it: bool) -> list[str]:
    if is_on_it:
        return [_("Is on this day already.")]
    causes = []
    if any((day.date, half) in taken for half in DayPart(day.part).halves):
        causes.append(_("Is taken at this time."))
    if balance.remaining < day.half_days:
        causes.append(_("Has too few half days left in this academic year."))
    return causes


def _ranked(day: Day, leader: SystemLeader, held: list[str], causes: list[str], balance: Balance, *, is_known: bool) -> Candidate:
    school, series = day.series.case.supported_school, day.series
    reasons, gaps, score = [], [], 0.0
    if series.wanted_leader_id == leader.pk:
        reasons.append(_("The school asked for this person."))
        score += 100
    if matching := [name for name in held if name in series.wanted_designations]:
        reasons.append(", ".join(str(Designation(name).label) for name in matching) + ".")
    words = {word for word in series.area.lower().split() if len(word) > 3}
    if fitting := [str(one) for one in leader.specialisms.all() if words & set(str(one).lower().split())]:
        reasons.append(_("Specialism: %(names)s.") % {"names": ", ".join(fitting)})
        score += 20
    if school and school.phase and leader.phases:
        if school.phase in leader.phases:
            reasons.append(_("Knows the phase."))
            score += 10
        else:
            gaps.append(_("Another phase."))
    metres = _metres_between(school, leader.supporting_school)
    if metres is not None:
        kilometres = round(metres / 1000)
        text = ngettext("%(number)d kilometre away.", "%(number)d kilometres away.", kilometres) % {"number": kilometres}
        beyond = leader.travel_limit_metres is not None and metres > leader.travel_limit_metres
        (gaps if beyond else reasons).append(_("Further away than they like to travel.") if beyond else text)
        score += 10 * max(0.0, 1 - metres / NEAR_METRES) - (15 if beyond else 0)
    if is_known:
        reasons.append(_("Has worked with this school before."))
        score += 5
    score += 10 * (1 - balance.share_taken)
    reasons.append(_("%(taken)d of %(allowance)d half days taken this year.") % {"taken": balance.taken, "allowance": balance.allowance})
    return Candidate(leader, held, causes, reasons, gaps, score)


def _metres_between(one: School | None, other: School) -> float | None:
    """By the national grid; None where a place is not known."""
    if one is None or one.easting is None or one.northing is None or other.easting is None or other.northing is None:
        return None
    return hypot(one.easting - other.easting, one.northing - other.northing)
