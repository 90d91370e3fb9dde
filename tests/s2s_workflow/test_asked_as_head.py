"""Only who is, or acts for, the head of a school is asked for what the head alone may do (W5, W8, D4): in turns and in mails alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from alliance.models import User
from cases.models import Turn
from outbox.models import OutboxMessage
from s2s_workflow.actions.plan_exit import plan_exit
from s2s_workflow.actions.present_costs import present_costs
from s2s_workflow.actions.raise_concern import raise_concern
from s2s_workflow.enums import MidTermDecision, Stage
from s2s_workflow.telling import ARRANGEMENTS
from tests.conftest import NOON
from tests.factories.people import make_head
from tests.factories.projects import LATER, Cast, reach

pytestmark = pytest.mark.django_db


def make_once() -> Cast:
    """A school with a head, a deputy who acts for the head, and a chair of governors; the team is agreed."""
    cast = Cast()
    cast.governor = make_head(cast.school, kind="chair-of-governors")  # type: ignore[attr-defined]
    cast.deputy = make_head(cast.school, kind="deputy-for-head")  # type: ignore[attr-defined]
    reach(cast, Stage.TEAM_AGREED)
    return cast


@pytest.fixture
def cast(made: Any) -> Any:
    return made


def the_team_is_presented(cast: Any) -> None:
    present_costs(project=cast.fresh(), by=cast.broker, at=NOON)


def the_agreement_is_to_be_signed(cast: Any) -> None:
    reach(cast, Stage.AWAITING_SIGNATURE)


def an_end_is_proposed(cast: Any) -> None:
    reach(cast, Stage.ACTIVE)
    plan_exit(project=cast.fresh(), exit_on=LATER.date(), exit_steps="Hand over.", by=cast.leader.user, at=LATER)


def a_review_is_written(cast: Any) -> None:
    reach(cast, Stage.ACTIVE)
    cast.review_mid_term(MidTermDecision.CONTINUE)


def the_work_is_to_be_judged(cast: Any) -> None:
    reach(cast, Stage.FINAL_REVIEW_DUE)


ASKED: list[tuple[Callable[[Any], None], str]] = [
    (the_team_is_presented, "accept-team"),
    (the_agreement_is_to_be_signed, "sign-"),
    (an_end_is_proposed, "exit"),
    (a_review_is_written, "mid-term"),
    (the_work_is_to_be_judged, "evaluation"),
]


def is_asked(cast: Any, user: User, key: str) -> bool:
    return Turn.objects.of(user, on=LATER.date()).filter(case=cast.project.case, key__startswith=key).exists()


@pytest.mark.parametrize(("happen", "key"), ASKED, ids=[happen.__name__ for happen, _key in ASKED])
def test_who_acts_for_the_head_is_asked_and_a_chair_of_governors_is_not(cast: Any, happen: Callable[[Any], None], key: str) -> None:
    happen(cast)

    assert {name: is_asked(cast, getattr(cast, name), key) for name in ("head", "deputy", "governor")} == {
        "head": True, "deputy": True, "governor": False,
    }  # fmt: skip


def test_no_mail_asks_a_chair_of_governors_or_tells_them_what_they_cannot_read(cast: Any) -> None:
    present_costs(project=cast.fresh(), by=cast.broker, at=NOON)
    cast.accept()
    an_end_is_proposed(cast)
    cast.agree_exit()
    raise_concern(project=cast.fresh(), text="A worry.", by=cast.leader.user, at=LATER)
    mailed = {name: OutboxMessage.objects.filter(recipient_email=getattr(cast, name).email) for name in ("head", "deputy", "governor")}
    sentences = {name: {message.details.get("sentence", message.kind) for message in messages} for name, messages in mailed.items()}

    assert sentences["governor"] == {ARRANGEMENTS}  # both governing bodies are sent those (W5)
    assert {
        "A team, its timetable and the costs are ready for you. Please say whether you accept them.",
        "An end of your support was proposed. Please say whether you agree.",
        "The end of a support project was agreed.",
        "A concern about a support project was raised. Please read it today.",
    } <= sentences["deputy"]


def test_a_mid_term_review_is_announced_to_who_acts_for_the_head_alone(cast: Any) -> None:
    a_review_is_written(cast)
    told = OutboxMessage.objects.filter(details__sentence="The mid-term review of your support is ready for you.")

    assert set(told.values_list("recipient_email", flat=True)) == {cast.head.email, cast.deputy.email}
