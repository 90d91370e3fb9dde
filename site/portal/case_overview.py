"""What the overview of a case shows of its turns: to each reader what is theirs, of the others' that there is something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from alliance.models import User
from alliance.queries import live_school_roles
from cases.enums import Side
from cases.models import Case, Turn

DONE_SHOWN = 5


@dataclass(frozen=True)
class TurnRow:
    """One line of “What is next”. `tab` is where it is done, for an open turn that the reader may see."""

    turn: Turn
    sentence: str
    whose: str
    tab: str = ""
    is_mine: bool = False


def turn_rows(case: Case, reader: User, on: date, *, staff: bool) -> list[TurnRow]:
    """
    The open turns, then the latest that are done.

    Staff who work on the case read all. Anybody else reads their own; that somebody else has something to do stands there
    once for the alliance, the schools and the leaders each, without a name: who is asked is nobody else's business. What a role
    is asked is not of those of its holders who may not do it.
    """
    open_turns = list(case.turns.open().select_related("person", "school").order_by(F("due_on").asc(nulls_last=True), "pk"))
    done = case.turns.exclude(done_at=None).select_related("person", "school").order_by("-done_at", "-pk")
    asked = set(Turn.objects.asked_of(reader, on=on).filter(case=case).values_list("pk", flat=True))
    if staff:
        return [_own(turn, asked) for turn in (*open_turns, *done[:DONE_SHOWN])]
    schools = {role.school_id for role in live_school_roles(reader, on) if role.kind.powers}
    others: dict[str, TurnRow] = {}
    for turn in open_turns:
        if not _is_theirs(turn, reader, schools, asked):
            row = _others(turn)
            others.setdefault(row.sentence, row)
    theirs = [turn for turn in open_turns if _is_theirs(turn, reader, schools, asked)]
    finished = [turn for turn in done if _is_theirs(turn, reader, schools, asked)][:DONE_SHOWN]
    return [*(_own(turn, asked) for turn in theirs), *others.values(), *(_own(turn, asked) for turn in finished)]


def _is_theirs(turn: Turn, reader: User, schools: set[str], asked: set[int]) -> bool:
    if turn.side in (Side.ROLE, Side.ALLIANCE):
        return turn.pk in asked
    return turn.person_id == reader.pk or (turn.school_id or (turn.person_id is None and turn.case.supported_school_id)) in schools


def _own(turn: Turn, asked: set[int]) -> TurnRow:
    is_mine = turn.done_at is None and turn.pk in asked
    return TurnRow(turn, str(turn), turn.whose, "" if turn.done_at else turn.tab, is_mine)


def _others(turn: Turn) -> TurnRow:
    if turn.side in (Side.ALLIANCE, Side.ROLE):
        return TurnRow(turn, _("The alliance is working on it and gets back to you"), _("With the alliance"))
    if turn.side == Side.PERSON:
        return TurnRow(turn, _("A leader of the team has something to do"), _("With a leader"))
    return TurnRow(turn, _("A school has something to do"), _("With a school"))
