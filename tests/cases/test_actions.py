"""What may be done with a case, by whom, and what comes of it."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from alliance.roles import Role
from cases.actions.answer_question import answer_question
from cases.actions.ask_question import ask_question
from cases.actions.assign_owner import assign_owner
from cases.actions.close_case import close_case
from cases.actions.read_answer import read_answer
from cases.actions.send_message import send_message
from cases.actions.settle_question import settle_question
from cases.actions.withdraw_case import withdraw_case
from cases.enums import Direction, PublicStatus
from cases.models import Case, CaseEvent, Message
from cases.models.events import EventIsWritten
from cases.policies import CaseIsClosed, QuestionIsAnswered
from common.actions import Actor
from outbox.models import OutboxMessage
from tests.conftest import NOON
from tests.factories.cases import make_case, make_question
from tests.factories.people import make_head, make_school, make_user

pytestmark = pytest.mark.django_db
HOLDER = Actor.link_holder("Sam Requester")


@pytest.fixture(autouse=True)
def _core_only(settings):
    """The rules of the core hold by themselves; the workflow's own tests add the project."""
    from cases import signals

    receivers = {
        name: getattr(signals, name).receivers
        for name in ("question_asked", "question_answered", "question_settled", "case_closed", "turns_wanted")
    }
    for name in receivers:
        getattr(signals, name).receivers = []
        getattr(signals, name).sender_receivers_cache.clear()
    yield
    for name, kept in receivers.items():
        getattr(signals, name).receivers = kept
        getattr(signals, name).sender_receivers_cache.clear()


def kinds_written() -> list[str]:
    return sorted(OutboxMessage.objects.values_list("kind", flat=True))


def open_turns(case: Case) -> list[tuple[str, str]]:
    return [(turn.side, str(turn)) for turn in case.turns.open()]


def test_open_case_tells_the_requester_and_every_lead_and_waits_for_an_owner():
    leads = [make_user(Role.S2S_LEAD), make_user(Role.S2S_LEAD)]
    make_user(Role.BROKER)

    case = make_case()

    assert kinds_written() == ["case_arrived", "case_arrived", "request_received"]
    assert {message.recipient for message in OutboxMessage.objects.filter(kind="case_arrived")} == set(leads)
    assert open_turns(case) == [("ALLIANCE", "Read the request and take it on")]
    assert case.turns.get().due_on.isoformat() == "2026-11-20"  # two working days after a Wednesday


def test_open_case_without_a_school_is_refused_and_keeps_nothing():
    with pytest.raises(ValidationError):
        make_case(supported_school=None, school_name_given="")

    assert (Case.objects.count(), CaseEvent.objects.count(), OutboxMessage.objects.count()) == (0, 0, 0)


def test_assign_owner_shows_the_name_and_ends_the_turn():
    lead, broker = make_user(Role.S2S_LEAD), make_user(Role.BROKER, first_name="Gareth", last_name="Penhallow")
    case = make_case()

    case = assign_owner(case=case, owner=broker, by=lead, at=NOON)

    assert (case.owner, case.public_status) == (broker, PublicStatus.LOOKING)
    assert str(case.events.first()) == "Gareth Penhallow is looking after this."
    assert open_turns(case) == []
    assert OutboxMessage.objects.get(kind="case_assigned").recipient == broker


@pytest.mark.parametrize("roles", [(), (Role.FINANCE,), (Role.EDITOR,), (Role.WORKING_GROUP,), (Role.REVIEWER,)])
def test_assign_owner_is_refused_to_and_for_people_who_do_not_handle_cases(roles):
    lead, other = make_user(Role.S2S_LEAD), make_user(*roles)
    case = make_case()

    with pytest.raises(PermissionDenied):
        assign_owner(case=case, owner=lead, by=other, at=NOON)
    with pytest.raises(PermissionDenied):
        assign_owner(case=case, owner=other, by=lead, at=NOON)

    case.refresh_from_db()
    assert (case.owner, case.history.count()) == (None, 1)


def test_a_question_is_the_requesters_turn_until_it_is_answered():
    lead = make_user(Role.S2S_LEAD)
    case = assign_owner(case=make_case(), owner=lead, by=lead, at=NOON)

    question = make_question(case, lead)

    case.refresh_from_db()
    assert case.public_status == PublicStatus.QUESTION
    assert open_turns(case) == [("REQUESTER", "Answer the question")]

    answer = answer_question(question=question, text="Two", by=HOLDER, at=NOON)

    case.refresh_from_db()
    assert case.public_status == PublicStatus.LOOKING
    assert open_turns(case) == [("ALLIANCE", "Read the answer")]
    assert OutboxMessage.objects.get(kind="question_answered").recipient == lead
    assert (answer.author, answer.author_name) == (None, "Sam Requester (by private link)")

    read_answer(answer=answer, by=lead, at=NOON)
    assert open_turns(case) == []


def test_a_question_is_answered_once():
    lead = make_user(Role.S2S_LEAD)
    question = make_question(make_case(), lead)
    answer_question(question=question, text="Two", by=HOLDER, at=NOON)

    with pytest.raises(QuestionIsAnswered):
        answer_question(question=question, text="Three", by=HOLDER, at=NOON)

    assert Message.objects.filter(answers=question).count() == 1


def test_settle_question_ends_the_requesters_turn():
    lead = make_user(Role.S2S_LEAD)
    case = assign_owner(case=make_case(), owner=lead, by=lead, at=NOON)
    question = make_question(case, lead)

    settle_question(question=question, by=lead, at=NOON)

    assert open_turns(case) == []
    with pytest.raises(QuestionIsAnswered):
        answer_question(question=question, text="Two", by=HOLDER, at=NOON)


@pytest.mark.parametrize("text", ["", "x" * 5001])
def test_ask_question_refuses_an_empty_or_overlong_text_and_keeps_nothing(text):
    lead = make_user(Role.S2S_LEAD)
    case = make_case()
    events = case.events.count()

    with pytest.raises(ValidationError):
        ask_question(case=case, text=text, by=lead, at=NOON)

    assert (case.messages.count(), case.events.count()) == (0, events)


def test_send_message_keeps_a_note_from_the_requester_and_refuses_notes_by_others():
    lead, head = make_user(Role.S2S_LEAD), make_head(make_school())
    case = make_case()

    send_message(case=case, direction=Direction.INTERNAL, text="Rang twice", by=lead, at=NOON)

    assert list(case.messages.for_requester()) == []
    assert not case.events.public().filter(sentence="An internal note was added.").exists()
    with pytest.raises(PermissionDenied):
        send_message(case=case, direction=Direction.INTERNAL, text="x", by=head, at=NOON)


@pytest.mark.parametrize("status", [PublicStatus.DECLINED, PublicStatus.REFERRED, PublicStatus.COMPLETED])
def test_close_case_ends_every_turn_and_sends_the_reason(status):
    lead = make_user(Role.S2S_LEAD)
    case = make_case()
    make_question(case, lead)

    case = close_case(case=case, status=status, reason="Because.", by=lead, at=NOON)

    assert (case.public_status, case.closed_at) == (status, NOON)
    assert open_turns(case) == []
    assert case.events.first().reason == "Because."
    assert OutboxMessage.objects.filter(kind="case_closed", recipient_email="sam@example.org").count() == 1


def test_close_case_needs_a_reason():
    lead = make_user(Role.S2S_LEAD)
    case = make_case()

    with pytest.raises(ValidationError):
        close_case(case=case, status=PublicStatus.DECLINED, reason="  ", by=lead, at=NOON)

    case.refresh_from_db()
    assert case.closed_at is None


def test_nothing_is_done_on_a_closed_case():
    lead = make_user(Role.S2S_LEAD)
    case = make_case()
    question = make_question(case, lead)
    withdraw_case(case=case, reason="We found help.", by=HOLDER, at=NOON)

    for act in (
        lambda: assign_owner(case=case, owner=lead, by=lead, at=NOON),
        lambda: ask_question(case=case, text="?", by=lead, at=NOON),
        lambda: answer_question(question=question, text="!", by=HOLDER, at=NOON),
        lambda: send_message(case=case, direction=Direction.TO_ALLIANCE, text="!", by=HOLDER, at=NOON),
        lambda: close_case(case=case, status=PublicStatus.DECLINED, reason="x", by=lead, at=NOON),
        lambda: withdraw_case(case=case, reason="x", by=HOLDER, at=NOON),
    ):
        with pytest.raises(CaseIsClosed):
            act()


def test_every_change_has_its_history_with_actor_and_reason():
    lead = make_user(Role.S2S_LEAD, first_name="Halima", last_name="Okafor")
    case = make_case()

    assign_owner(case=case, owner=lead, by=lead, at=NOON)
    close_case(case=case, status=PublicStatus.DECLINED, reason="No capacity.", by=lead, at=NOON)

    rows = list(case.history.order_by("history_id").values_list("history_actor", "history_user", "history_change_reason"))
    assert rows == [("visitor", None, None), ("Halima Okafor", lead.pk, None), ("Halima Okafor", lead.pk, "No capacity.")]


def test_an_event_is_written_once():
    event = make_case().events.first()

    with pytest.raises(EventIsWritten):
        event.save()
    with pytest.raises(EventIsWritten):
        event.delete()


def test_visible_to_shows_a_head_only_the_own_schools_cases():
    mine, other = make_school(), make_school()
    head, unverified, former = make_head(mine), make_head(mine, verified=False), make_head(mine, ends_on=NOON.date().replace(day=1))
    case, canary = make_case(mine), make_case(other)
    today = NOON.date()

    assert list(Case.objects.visible_to(head, on=today)) == [case]
    assert list(Case.objects.visible_to(unverified, on=today)) == []
    assert list(Case.objects.visible_to(former, on=today)) == []
    assert set(Case.objects.visible_to(make_user(Role.BROKER), on=today)) == {case, canary}
    assert list(Case.objects.visible_to(make_user(Role.FINANCE), on=today)) == []
