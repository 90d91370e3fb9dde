"""A process to be killed, for test_kills.py: it walks one booking of two days on from its draft to the signed record of the first."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

import django

django.setup()

from django.db.models import Count, Max  # noqa: E402

from alliance.models import SystemLeader, User  # noqa: E402
from alliance.roles import Role, has_role  # noqa: E402
from cases.actions.assign_owner import assign_owner  # noqa: E402
from cases.models import CaseEvent  # noqa: E402
from diary.models import HalfDay, LeaderYear  # noqa: E402
from finance.models import Invoice, Quote  # noqa: E402
from health_checks.actions.accept_quote import accept_quote  # noqa: E402
from health_checks.actions.agree_brief import agree_brief  # noqa: E402
from health_checks.actions.begin_matching import begin_matching  # noqa: E402
from health_checks.actions.propose_leader import propose_leader  # noqa: E402
from health_checks.actions.save_record import save_record  # noqa: E402
from health_checks.actions.send_booking import send_booking  # noqa: E402
from health_checks.actions.send_quote import send_quote  # noqa: E402
from health_checks.actions.sign_off_day import sign_off_day  # noqa: E402
from health_checks.actions.sign_record import sign_record  # noqa: E402
from health_checks.actions.start_day import start_day  # noqa: E402
from health_checks.actions.write_brief import write_brief  # noqa: E402
from health_checks.booking import Booking  # noqa: E402
from health_checks.enums import DayState, SeriesState  # noqa: E402
from health_checks.models import Assignment, BookingDraft, Day, Record, Series  # noqa: E402
from health_checks.moves import PUBLIC_STATUS  # noqa: E402
from health_checks.pricing import policy_on  # noqa: E402
from health_checks.shown import shown_of  # noqa: E402
from health_checks.turns import turns_of  # noqa: E402
from outbox.delivery import deliver_due_messages  # noqa: E402
from outbox.models import OutboxMessage  # noqa: E402
from tests.conftest import NOON  # noqa: E402
from tests.factories.health_checks import FIRST, at_day  # noqa: E402
from tests.killed import Act, serve  # noqa: E402

AFTERWARDS = at_day(FIRST, 18)
MATCHED = ("MATCHING", "QUOTED", "CONFIRMED", "IN_PROGRESS")
QUOTED = MATCHED[1:]
BOOKED = MATCHED[2:]


def next_step(chance: random.Random) -> tuple[str, Act] | None:
    """The next thing that somebody does on the booking, and then the post; None at the end of the walk."""
    draft = BookingDraft.objects.select_related("school", "case").get()
    head, leader = draft.user, SystemLeader.objects.select_related("user").get()
    lead = next(user for user in User.objects.order_by("pk") if has_role(user, Role.S2S_LEAD) and not user.school_roles.exists())
    if draft.case is None:
        shown = shown_of(Booking(draft, at=NOON), policy_on(FIRST))
        return "sent", lambda: send_booking(draft=draft, shown=shown, by=head, at=NOON)
    series = Series.objects.select_related("case__supported_school", "case__owner", "offered").get()
    if series.case.owner is None:
        return "taken on", lambda: assign_owner(case=series.case, owner=lead, by=lead, at=NOON)
    if series.state == SeriesState.REQUESTED:
        return "matching", lambda: begin_matching(series=series, by=lead, at=NOON)
    days = list(series.days.select_related("series__case__supported_school").order_by("date"))
    without = next((day for day in days if day.state == DayState.PROPOSED), None)
    if without:
        return "held", lambda: propose_leader(day=without, leader=leader, by=lead, at=NOON)
    if series.state == SeriesState.MATCHING:
        return "quoted", lambda: send_quote(series=series, by=lead, at=NOON)
    if series.state == SeriesState.QUOTED and series.offered:
        version = series.offered.version
        return "accepted", lambda: accept_quote(series=series, version=version, by=head, at=NOON)
    return _on_the_day(days[0], head, leader.user) or _post()


def _on_the_day(day: Day, head: User, leader: User) -> tuple[str, Act] | None:
    brief = day.briefs.first()
    assert brief
    if day.state == DayState.CONFIRMED and brief.version == 1:
        texts: dict[str, Any] = {
            "area": "Early reading",
            "statements": [],
            "activities": ["A learning walk"],
            "outcomes": ["What to teach"],
        }
        return "briefed", lambda: write_brief(day=day, version=1, **texts, by=leader, at=NOON)
    if day.state == DayState.CONFIRMED:
        by = head if brief.school_agreed_at is None else leader
        return "agreed", lambda: agree_brief(day=day, version=brief.version, by=by, at=NOON)
    if day.state == DayState.READY:
        return "started", lambda: start_day(day=day, by=leader, at=at_day(FIRST))
    if day.state == DayState.IN_PROGRESS and day.record.text.revision == 0:
        outcomes = {row["id"]: {"met": "MET", "comment": ""} for row in brief.outcomes}
        seen: dict[str, Any] = {
            "verdicts": {},
            "outcomes": outcomes,
            "texts": {"further_needs": "", "evidence": "Books", "next_steps": "Train"},
        }
        return "written", lambda: save_record(day=day, revision=0, **seen, by=leader, at=at_day(FIRST, 15))
    if day.state == DayState.IN_PROGRESS:
        return "signed", lambda: sign_record(day=day, revision=1, names_no_pupil=True, by=leader, at=at_day(FIRST, 16))
    if day.state == DayState.DELIVERED:
        return "signed off", lambda: sign_off_day(day=day, sha256=day.record.sha256, comment="", by=head, at=at_day(FIRST, 17))
    return None


def _post() -> tuple[str, Act] | None:
    """What lies in the outbox leaves; what a killed run had in hand, once its lease is over."""
    waiting = OutboxMessage.objects.filter(sent_at=None, given_up_at=None)
    if not waiting.exists():
        return None
    leased: datetime | None = waiting.aggregate(Max("leased_until"))["leased_until__max"]
    return "drained", lambda: deliver_due_messages(max(AFTERWARDS, (leased or AFTERWARDS) + timedelta(seconds=1)))


def state() -> dict[str, Any]:
    """Whatever would be half-written or doubled, in words; and how far it is."""
    draft, series = BookingDraft.objects.select_related("case").get(), Series.objects.select_related("case", "offered", "quote").first()
    days = list(Day.objects.order_by("date"))
    assignments, halves = list(Assignment.objects.all()), list(HalfDay.objects.all())
    quotes = Quote.objects.annotate(number=Count("lines"))
    state = series.state if series else ""
    moved = [day.state for day in days]
    record = Record.objects.first()
    brief = days[0].briefs.first() if days else None

    def events(start: str) -> int:
        return CaseEvent.objects.filter(sentence__startswith=start).count()

    def told(sentence: str) -> int:
        return OutboxMessage.objects.filter(details__sentence=sentence).count()

    doubled = OutboxMessage.objects.values("kind", "about_type", "about_id", "recipient", "details").annotate(n=Count("pk")).filter(n__gt=1)
    wanted = {turn.key for turn in turns_of(series.case)} if series else set()
    truths = {
        "the draft and its booking, both or neither": (series.case if series else None) == draft.case
        and bool(draft.answers) != bool(series),
        "a booking has its days, each with a brief and a shown price": [bool(day.shown_line_id and day.briefs.exists()) for day in days]
        == [True, True] * bool(series),
        "as many quotes as were shown and sent": [quote.number for quote in quotes] == [2] * (bool(series) + (state in QUOTED)),
        "the price that was shown is that of every quote": {quote.total for quote in quotes}
        in (set(), {series.shown.total if series and series.shown else 0}),
        "the status is that of the state": not series
        or series.case.public_status == PUBLIC_STATUS.get(SeriesState(state), "RECEIVED")
        or state == SeriesState.REQUESTED,
        "the state of the days is that of the booking": (not series)
        or (state in BOOKED and all(one not in ("PROPOSED", "HELD") for one in moved))
        or (state == SeriesState.QUOTED and moved == ["HELD", "HELD"])
        or (state == SeriesState.MATCHING and set(moved) <= {"HELD", "PROPOSED"})
        or moved == ["PROPOSED", "PROPOSED"],
        "a held day has one leader and their halves": [len(assignments), len(halves)]
        == [number * sum(one != DayState.PROPOSED for one in moved) for number in (1, 2)],
        "the year counts the halves": sum(LeaderYear.objects.values_list("taken", flat=True)) == len(halves),
        "halves are firm once booked and not before": {half.held_until is None for half in halves} <= {state in BOOKED},
        "leaders have their priced line once quoted": {bool(one.quote_line_id) for one in assignments} <= {state in QUOTED},
        "each move has its event once": [
            events("%(number)d health check"),
            events("The alliance is finding"),
            events("Quote %(version)d was"),
            events("The school accepted"),
        ]
        == [bool(series), state in MATCHED, state in QUOTED, state in BOOKED],
        "each was told once": not doubled.exclude(kind="health_check_invitation").exists()
        and told("Your quote for health check days is ready.") == (state in QUOTED)
        and told("A school accepted its quote for health check days.") == (state in BOOKED)
        and OutboxMessage.objects.filter(kind="health_check_invitation").count() == 4 * (state in BOOKED),
        "a day is ready when both agreed": not days
        or (moved[0] in ("READY", "IN_PROGRESS", "DELIVERED", "SIGNED_OFF"))
        == bool(brief and brief.school_agreed_at and brief.leader_agreed_at),
        "a record is there once the day began, signed once handed over": [
            bool(record),
            bool(record and record.signed_at and record.sha256),
            bool(record and record.school_signed_at),
        ]
        == [
            bool(moved) and moved[0] in after
            for after in (("IN_PROGRESS", "DELIVERED", "SIGNED_OFF"), ("DELIVERED", "SIGNED_OFF"), ("SIGNED_OFF",))
        ],
        "it is invoiced once": Invoice.objects.count() == 2 * ("SIGNED_OFF" in moved),
        "turns are those that the booking asks for": not series
        or set(series.case.turns.open().values_list("key", flat=True)) | {"take-on"} == wanted | {"take-on"},
    }
    done = {
        "sent": int(bool(series)),
        "taken on": int(bool(series and series.case.owner_id)),
        "matching": int(state in MATCHED),
        "held": len(assignments),
        "quoted": int(state in QUOTED),
        "accepted": int(state in BOOKED),
        "briefed": int(bool(brief and brief.version > 1)),
        "agreed": sum(bool(moment) for moment in (brief.school_agreed_at, brief.leader_agreed_at)) if brief else 0,
        "started": int(bool(record)),
        "written": int(bool(record and record.text.revision)),
        "signed": int(bool(record and record.signed_at)),
        "signed off": int("SIGNED_OFF" in moved),
    }
    is_over = bool(done["signed off"]) and not OutboxMessage.objects.filter(sent_at=None).exists()
    done["drained"] = int(is_over)
    return {"broken": [what for what, is_true in truths.items() if not is_true], "done": done, "is_over": is_over}


if __name__ == "__main__":
    serve(next_step, state)
