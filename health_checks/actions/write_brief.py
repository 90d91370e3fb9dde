from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import Actor, By, action
from common.in_words import day_to_keep
from health_checks.brief_text import Statement, as_json, lines_in, outcomes_as_json
from health_checks.enums import COMING, DayState
from health_checks.models import Brief, Day
from health_checks.moves import move_day
from health_checks.permissions import check_user_is
from health_checks.policies import BriefChanged, check_day_is, lock_day
from health_checks.telling import NEWS, leaders_of, people_who_book, tell
from health_checks.transitions import Mover


@action
def write_brief(
    *,
    day: Day,
    version: int,
    area: str,
    statements: Sequence[Statement],
    activities: Sequence[str],
    outcomes: Sequence[str],
    by: By,
    at: datetime,
) -> Brief:
    """
    Write the next version of a day's brief (H4); both sides then agree to it anew, and a day that was ready is so no more.

    `version` is the one that was edited. The same text again changes nothing. Raises `PermissionDenied` unless by the school, a leader
    of the day or staff, `NotNow` once the day has begun, and `BriefChanged` when somebody wrote a newer version meanwhile.
    """
    day = lock_day(day)
    user = check_user_is(by, Mover.ANYBODY, day.series, timezone.localdate(at), day)
    check_day_is(day, *COMING)
    latest = day.briefs.first()
    if latest is None or latest.version != version:
        raise BriefChanged(_("Somebody changed the brief meanwhile. Your text is still here: compare it with the newer version."))
    new = Brief(
        day=day,
        version=latest.version + 1,
        area=area.strip(),
        statements=as_json(statements, latest.statements),
        activities=lines_in(activities),
        outcomes=outcomes_as_json(outcomes, latest.outcomes),
        written_at=at,
        written_by_name=Actor.of(by).name,
    )
    if new.content == latest.content:
        return latest
    new.full_clean()
    new.save()
    unagree(day, by=by, at=at, reason=_("The brief was changed."))
    record_event(day.series.case, N_("The brief for %(day)s was changed; both sides agree to it anew."), by=by, at=at, public=True,
                 day=day_to_keep(day.date))  # fmt: skip
    others = [*people_who_book(day.series.case.supported_school, timezone.localdate(at)), *leaders_of(day)]
    tell(day.series, others, N_("The brief of a health check day was changed. Read it and agree to it."), at=at, kind=NEWS, but=user)
    synchronise_turns(day.series.case, at=at)
    return new


def unagree(day: Day, *, by: By, at: datetime, reason: str) -> None:
    """What both sides agreed to holds no more: a day that was ready is confirmed again. Part of an action that has locked the day."""
    if day.state == DayState.READY:
        move_day(day, DayState.CONFIRMED, by=by, at=at, reason=reason, brief_agreed_at=None)
    elif day.brief_agreed_at is not None:
        day.brief_agreed_at = None
        day.save()


def ask_both_again(day: Day, *, by: By, at: datetime, reason: str) -> Brief | None:
    """After a change of date or leader: the same text as a version that nobody has agreed to. Part of an action."""
    unagree(day, by=by, at=at, reason=reason)
    latest = day.briefs.first()
    return copy_brief(latest, day, by=by, at=at) if latest else None


def copy_brief(brief: Brief, day: Day, *, by: By, at: datetime) -> Brief:
    """The content of a brief as the next version for a day, agreed to by nobody."""
    before = day.briefs.first()
    return Brief.objects.create(
        day=day, version=(before.version if before else 0) + 1, written_at=at, written_by_name=Actor.of(by).name, **brief.content
    )
