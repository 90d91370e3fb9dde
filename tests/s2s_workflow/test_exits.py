"""An end that is proposed is agreed to as it was shown, refused by the school, or taken back by the side that proposed it (D4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from alliance.models import User
from alliance.roles import Role
from cases.models import CaseEvent, Turn
from common.actions import Refusal
from outbox.models import OutboxMessage
from s2s_workflow.actions.agree_exit import agree_exit
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.actions.plan_exit import plan_exit
from s2s_workflow.actions.refuse_exit import refuse_exit
from s2s_workflow.actions.withdraw_exit import withdraw_exit
from s2s_workflow.arrangements import fingerprint_of_exit
from s2s_workflow.enums import MidTermDecision, Stage
from s2s_workflow.exits import ExitChanged, OwnProposal
from s2s_workflow.policies import NotNow, NotReady
from tests.factories.people import make_head, make_user
from tests.factories.projects import LATER, Cast, at_stage
from tests.s2s_workflow.steps import Portal, day

pytestmark = pytest.mark.django_db
LAST_DAY = LATER.date() + timedelta(days=10)
WHY = "The pupils still <b>need</b> it."
SHOWN = "The pupils still &lt;b&gt;need&lt;/b&gt; it."
CHANGED = "The end that is proposed was changed since it was shown to you."


@pytest.fixture(autouse=True)
def _the_day_after_the_visit() -> Iterator[None]:
    with time_machine.travel(LATER):
        yield


def make_once() -> Cast:
    """The named lead proposed an end, and the head has it."""
    cast = at_stage(Stage.ACTIVE)
    propose(cast)
    return cast


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


def propose(cast: Cast, *, exit_on: Any = LAST_DAY, exit_steps: str = "Hand over.") -> None:
    plan_exit(project=cast.fresh(), exit_on=exit_on, exit_steps=exit_steps, by=cast.leader.user, at=LATER)


def agree(cast: Cast, by: User | None = None, *, seen: str | None = None, reason: str = WHY) -> None:
    seen = fingerprint_of_exit(cast.fresh()) if seen is None else seen
    agree_exit(project=cast.fresh(), seen=seen, by=by or cast.head, at=LATER, reason=reason)


def refuse(cast: Cast, by: User | None = None, *, seen: str | None = None, reason: str = WHY) -> None:
    seen = fingerprint_of_exit(cast.fresh()) if seen is None else seen
    refuse_exit(project=cast.fresh(), seen=seen, by=by or cast.head, at=LATER, reason=reason)


def withdraw(cast: Cast, by: User | None = None, *, reason: str = WHY) -> None:
    withdraw_exit(project=cast.fresh(), by=by or cast.leader.user, at=LATER, reason=reason)


def facts(cast: Cast) -> tuple[Any, ...]:
    project = cast.fresh()
    return (
        project.stage, project.exit_on, project.exit_steps, project.refund_due, project.history.count(), CaseEvent.objects.count(),
        OutboxMessage.objects.count(), exit_turns(cast),
    )  # fmt: skip


def exit_turns(cast: Cast) -> list[str]:
    return list(Turn.objects.open().filter(case=cast.project.case, key__in=["exit", "visits-after-the-end"]).values_list("key", flat=True))


def told(sentence: str) -> set[str]:
    return set(OutboxMessage.objects.filter(details__sentence=sentence).values_list("recipient_email", flat=True))


# --- Refused and taken back -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "event", "mail"),
    [
        (
            refuse, "The school does not agree to the end of the support.",
            "A school does not agree to the end of its support: the work goes on.",
        ),
        (
            withdraw, "The proposed end of the support was taken back.",
            "The proposed end of a support project was taken back: the work goes on.",
        ),
    ],
    ids=["refused", "taken back"],
)  # fmt: skip
def test_the_work_goes_on_and_both_sides_read_why(cast: Cast, act: Callable[[Cast], None], event: str, mail: str) -> None:
    before = exit_turns(cast)

    act(cast)

    project, written = cast.fresh(), CaseEvent.objects.get(sentence=event)
    acted = cast.head if act is refuse else cast.leader.user
    pages = [SHOWN in Portal(user, cast.project).words("events") for user in (cast.head, cast.leader.user, cast.broker)]
    assert (before, exit_turns(cast)) == (["exit"], [])
    assert (project.stage, project.exit_on, project.exit_steps, project.refund_due) == (Stage.ACTIVE, None, "", None)
    assert (written.reason, written.is_public, pages) == (WHY, True, [True] * 3)
    assert told(mail) == {cast.head.email, cast.leader.user.email, cast.broker.email} - {acted.email}
    assert project.history.first().history_change_reason == WHY


@pytest.mark.parametrize("act", [refuse, withdraw], ids=lambda act: act.__name__)
def test_another_end_can_be_proposed_after_it(cast: Cast, act: Callable[[Cast], None]) -> None:
    act(cast)
    propose(cast, exit_on=LAST_DAY + timedelta(days=7))
    agree(cast)

    assert (cast.fresh().stage, cast.fresh().exit_on) == (Stage.EXITING, LAST_DAY + timedelta(days=7))


def test_an_s2s_lead_does_not_agree_alone_to_an_end_of_their_own(cast: Cast) -> None:
    withdraw(cast)
    plan_exit(project=cast.fresh(), exit_on=LAST_DAY, exit_steps="Hand over.", by=cast.lead, at=LATER)
    before = facts(cast)

    with pytest.raises(OwnProposal):
        agree(cast, cast.lead)

    assert (facts(cast), "agree-exit" in Portal(cast.lead, cast.project).offers("reviews")) == (before, False)
    agree(cast, make_user(Role.S2S_LEAD))
    assert cast.fresh().stage == Stage.EXITING


def test_the_s2s_lead_decides_after_a_refusal_by_proposing_and_agreeing(cast: Cast) -> None:
    refuse(cast)
    plan_exit(project=cast.fresh(), exit_on=LAST_DAY, exit_steps="Hand over.", by=cast.lead, at=LATER)
    agree(cast, by=cast.lead, reason="No leader is left.")

    sentence = "The end of a support project was agreed."
    assert cast.fresh().stage == Stage.EXITING
    assert told(sentence) == {cast.head.email, cast.leader.user.email, cast.broker.email}


def test_each_side_answers_for_itself_alone_and_with_a_reason(cast: Cast) -> None:
    before = facts(cast)
    governor = make_head(cast.school, kind="chair-of-governors")

    for user in (cast.leader.user, cast.broker, cast.lead, cast.supporting_head, governor):
        with pytest.raises(PermissionDenied):
            refuse(cast, by=user)
    for user in (cast.head, cast.supporting_head, governor, cast.finance):
        with pytest.raises(PermissionDenied):
            withdraw(cast, by=user)
    for user in (cast.leader.user, cast.broker, cast.supporting_head):
        with pytest.raises(PermissionDenied):
            agree(cast, by=user)
    for act in (agree, refuse, withdraw):
        with pytest.raises(ValidationError):
            act(cast, reason=" ")

    assert facts(cast) == before


def test_what_is_not_proposed_is_not_answered(cast: Cast) -> None:
    withdraw(cast)
    before = facts(cast)

    for act in (agree, refuse, withdraw):
        with pytest.raises(NotNow, match="No end of the support is proposed any more"):
            act(cast)
    assert facts(cast) == before


def test_what_was_agreed_to_is_neither_refused_nor_taken_back(cast: Cast) -> None:
    agree(cast)
    before = facts(cast)

    for act in (agree, refuse, withdraw):
        with pytest.raises(NotNow):
            act(cast)
    assert facts(cast) == before


def test_an_end_that_a_review_proposes_is_answered_with_the_review(cast: Cast) -> None:
    cast.review_mid_term(MidTermDecision.EXIT)
    before = facts(cast)

    for act in (agree, refuse, withdraw):
        with pytest.raises(NotNow):
            act(cast)
    assert facts(cast) == before


# --- As it was shown (promise 6) ------------------------------------------------------------------


def another_day(cast: Cast) -> None:
    propose(cast, exit_on=LAST_DAY + timedelta(days=1))


def other_steps(cast: Cast) -> None:
    propose(cast, exit_steps="Nothing.")


def taken_back_and_proposed_anew(cast: Cast) -> None:
    withdraw(cast)
    another_day(cast)


@pytest.mark.parametrize("change", [another_day, other_steps, taken_back_and_proposed_anew], ids=lambda change: change.__name__)
@pytest.mark.parametrize(("slug", "act"), [("agree-exit", agree), ("refuse-exit", refuse)], ids=["agreed", "refused"])
def test_an_end_that_was_changed_since_it_was_shown_is_not_answered(
    cast: Cast, slug: str, act: Callable[..., None], change: Callable[[Cast], None]
) -> None:
    head = Portal(cast.head, cast.project)
    seen = head.get(slug).context["form"]["seen"].value()
    change(cast)
    before = facts(cast)

    with pytest.raises(ExitChanged):
        act(cast, seen=seen)
    page = head.post(slug, seen=seen, reason=WHY).content.decode()

    assert (CHANGED in page, facts(cast)) == (True, before)


@pytest.mark.parametrize("seen", ["", "0" * 64, "0" * 65])
def test_nothing_is_agreed_to_without_saying_what_was_seen(cast: Cast, seen: str) -> None:
    before = facts(cast)

    Portal(cast.head, cast.project).post("agree-exit", seen=seen, reason=WHY)

    assert facts(cast) == before


def test_what_comes_first_is_said_when_it_is_agreed_to(cast: Cast) -> None:
    propose(cast, exit_on=LATER.date())
    visit = cast.visit
    visit.visit_date = LAST_DAY
    visit.save()
    before = facts(cast)

    with pytest.raises(NotReady, match="1 visit is planned after the last day"):
        agree(cast)
    with pytest.raises(Refusal):
        move_project(project=cast.fresh(), to=Stage.EXITING, by=cast.head, at=LATER, reason=WHY)

    assert facts(cast) == before


# --- In the portal --------------------------------------------------------------------------------


def test_each_side_finds_its_answers_in_the_portal(cast: Cast) -> None:
    answers = {"agree-exit", "refuse-exit", "plan-exit", "withdraw-exit"}
    people = {"head": cast.head, "leader": cast.leader.user, "broker": cast.broker, "lead": cast.lead}

    def offered() -> dict[str, set[str]]:
        return {name: Portal(user, cast.project).offers("reviews") & answers for name, user in people.items()}

    proposed = offered()
    head = Portal(cast.head, cast.project)
    waits = "Proposed: waits for the head of the school" in head.words("reviews")
    page = head.get("refuse-exit")
    without = head.post("refuse-exit", seen=page.context["form"]["seen"].value(), reason=" ")
    head.post("refuse-exit", seen=page.context["form"]["seen"].value(), reason=WHY)
    refused = offered()
    Portal(cast.leader.user, cast.project).post("plan-exit", **day(LAST_DAY, "exit_on"), exit_steps="Hand over.")
    Portal(cast.broker, cast.project).post("withdraw-exit", reason="Not now.")

    assert proposed == {
        "head": {"agree-exit", "refuse-exit"}, "leader": {"plan-exit", "withdraw-exit"}, "broker": {"plan-exit", "withdraw-exit"},
        "lead": {"agree-exit", "plan-exit", "withdraw-exit"},
    }  # fmt: skip
    assert (waits, "Hand over." in page.content.decode(), set(without.context["form"].errors)) == (True, True, {"reason"})
    assert refused == {"head": set(), "leader": {"plan-exit"}, "broker": {"plan-exit"}, "lead": {"plan-exit"}}
    assert CaseEvent.objects.filter(sentence="The proposed end of the support was taken back.", reason="Not now.").exists()
