"""The one function that keeps turns true, and what it asks."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from alliance.access import ALLIANCE_STAFF_ROLES
from alliance.enums import Power
from alliance.models import School, User
from alliance.roles import Role, has_role
from alliance.working_days import add_working_days
from cases.enums import Side
from cases.models import Case, PromiseClock, Turn
from cases.policies import lock_case
from cases.signals import turns_wanted

log = logging.getLogger("s2s.cases")


@dataclass(frozen=True)
class TurnWanted:
    """
    A turn that should stand open now. `key` is unique on the case; `sentence` is English with `values` put in; it is done on `tab`.

    `person` goes with the side `PERSON`, `school` and `power` with `SCHOOL`, `role` with `ROLE`. One that `outlives_case` stands though
    the case is closed.
    """

    key: str
    side: Side
    sentence: str
    values: dict[str, Any] = field(default_factory=dict)
    person: User | None = None
    school: School | None = None
    power: Power | Literal[""] = ""
    role: Role | Literal[""] = ""
    due_on: date | None = None
    tab: str = "messages"
    outlives_case: bool = False

    def is_asked_of_the_same(self, turn: Turn) -> bool:
        """Whether it is the same side, person, school or role's as a turn that stands."""
        mine = (self.side, self.person and self.person.pk, self.school and self.school.pk, self.power, self.role)
        return mine == (turn.side, turn.person_id, turn.school_id, turn.power, turn.role)


def promised_by(clock: str, start: datetime) -> date | None:
    """The day a promise falls due: so many working days after its start. None when there is no such promise."""
    days = PromiseClock.objects.filter(key=clock).values_list("working_days", flat=True).first()
    return None if days is None else add_working_days(timezone.localdate(start), days)


def synchronise_turns(case: Case, *, at: datetime) -> None:
    """
    Open the turns that are wanted and not there, close those there and no longer wanted. Ends every action on a case.

    A turn that stays keeps its start and its due day; one that is somebody else's now is a new one.
    """
    wanted = {turn.key: turn for turn in _wanted(case) if case.is_open or turn.outlives_case}
    standing = {turn.key: turn for turn in case.turns.open()}
    staying = {key for key, turn in standing.items() if key in wanted and wanted[key].is_asked_of_the_same(turn)}
    for key in standing.keys() - staying:
        standing[key].done_at = at
        standing[key].save()
    for key, turn in wanted.items():
        if key not in staying:
            Turn.objects.create(
                case=case,
                key=key,
                side=turn.side,
                person=turn.person,
                school=turn.school,
                power=turn.power,
                role=turn.role,
                sentence=turn.sentence,
                values=turn.values,
                tab=turn.tab,
                started_at=at,
                due_on=turn.due_on,
            )


def keep_turns_true(at: datetime) -> None:
    """
    Synchronise the turns of every open case: for what changes without an action on it, as accounts, roles and days do.

    A job; each case is a transaction of its own. One that fails is logged and does not stop the others; raises `ExceptionGroup` at the
    end with what failed.
    """
    failures = []
    for key in Case.objects.open().order_by("pk").values_list("pk", flat=True):
        try:
            with transaction.atomic():
                synchronise_turns(lock_case(Case(pk=key)), at=at)
        except Exception as failure:
            log.exception("The turns of case %s could not be kept true", key)
            failures.append(failure)
    if failures:
        raise ExceptionGroup(f"The turns of {len(failures)} case(s) could not be kept true", failures)


def _wanted(case: Case) -> Iterator[TurnWanted]:
    yield from _core_turns(case)
    answers: list[tuple[Any, Any]] = turns_wanted.send(sender=Case, case=case)
    for _receiver, turns in answers:
        yield from turns or ()


def _core_turns(case: Case) -> Iterator[TurnWanted]:
    if case.owner_id is None:
        yield TurnWanted(
            "take-on", Side.ALLIANCE, N_("Read the request and take it on"), due_on=promised_by("FIRST_ANSWER", case.opened_at), tab=""
        )
    elif not has_role(case.owner, *ALLIANCE_STAFF_ROLES):
        yield TurnWanted("hand-over", Side.ALLIANCE, N_("Choose another owner: the present one no longer looks after cases"), tab="")
    for question in case.messages.open_questions():
        yield TurnWanted(
            f"answer-{question.pk}", Side.REQUESTER, N_("Answer the question"), due_on=promised_by("ANSWER_QUESTION", question.written_at)
        )
    for answer in case.messages.filter(answers__isnull=False, settled_at=None):
        yield TurnWanted(f"read-{answer.pk}", Side.ALLIANCE, N_("Read the answer"))
