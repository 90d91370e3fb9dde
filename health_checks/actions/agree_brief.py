from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.models import User
from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import Actor, By, action
from common.in_words import day_to_keep
from health_checks.enums import COMING, DayState
from health_checks.models import Brief, Day
from health_checks.moves import move_day
from health_checks.permissions import books_for, leads_day
from health_checks.policies import BriefChanged, NotNow, NotReady, check_comes, check_day_is, lock_day, missing_in
from health_checks.telling import leaders_of, people_who_book, tell


@action
def agree_brief(*, day: Day, version: int, by: By, at: datetime) -> Brief:
    """
    Agree to this version of the brief, for the school or as a leader of the day; once both have, the day is ready (H4).

    Agreeing again changes nothing. Raises `PermissionDenied` for anybody else, `NotNow`, `NotReady` for a brief without an area, an
    activity or an outcome, and `BriefChanged` when there is a newer version.
    """
    day = lock_day(day)
    user: User | None = Actor.of(by).user
    sides = _sides_of(user, day, at) if user else []
    if user is None or not sides:
        raise PermissionDenied
    check_day_is(day, *COMING)
    if "leader" in sides:
        check_comes(user, day)
    if timezone.localdate(at) > day.date:
        raise NotNow(_("The day is past, so nothing is agreed for it any more. Move it, or say why it was not held."))
    brief = Brief.objects.select_for_update(of=("self",)).filter(day=day).first()
    if brief is None or brief.version != version:
        raise BriefChanged(_("Somebody changed the brief meanwhile. Read the newer version before you agree."))
    if missing := missing_in(brief):
        raise NotReady(" ".join(missing))
    new = [side for side in sides if getattr(brief, f"{side}_agreed_at") is None]
    for side in new:
        setattr(brief, f"{side}_agreed_at", at)
        setattr(brief, f"{side}_agreed_by", user)
    if new:
        brief.save()
        sentence = (
            N_("The school agreed to the brief for %(day)s.") if "school" in new else N_("The leader agreed to the brief for %(day)s.")
        )
        record_event(day.series.case, sentence, by=by, at=at, public=True, day=day_to_keep(day.date))
        _make_ready(day, brief, user, at)
        synchronise_turns(day.series.case, at=at)
    return brief


def _sides_of(user: User, day: Day, at: datetime) -> list[str]:
    """For whom somebody agrees. A leader is never of the school, so that one person is never both sides."""
    if not user.is_active:
        return []
    if leads_day(user, day):
        return ["leader"]
    return ["school"] if books_for(user, day.series, timezone.localdate(at)) else []


def _make_ready(day: Day, brief: Brief, user: User, at: datetime) -> None:
    if brief.is_agreed and day.state == DayState.CONFIRMED:
        move_day(day, DayState.READY, by=user, at=at, brief_agreed_at=brief.agreed_at)
        record_event(day.series.case, N_("%(day)s is ready."), by=user, at=at, public=True, day=day_to_keep(day.date))
    elif not brief.is_agreed:
        others = people_who_book(day.series.case.supported_school, timezone.localdate(at)) if brief.leader_agreed_at else leaders_of(day)
        tell(day.series, others, N_("The other side agreed to the brief of a health check day. It waits for you."), at=at, but=user)
