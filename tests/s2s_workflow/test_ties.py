"""Whoever may not decide is not asked: no turn, no mail (E2, W3). The rule for one project and the one for lists say the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client

from alliance.models import SchoolRole, User
from alliance.roles import Role
from cases.models import Turn
from outbox.models import OutboxMessage
from s2s_workflow.enums import Stage
from s2s_workflow.models import ConflictDeclaration
from s2s_workflow.models.documents import people_tied_to
from s2s_workflow.ties import cases_tied_to
from tests.conftest import NOON
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.people import make_head, make_school, make_user
from tests.factories.projects import Cast, reach
from tests.s2s_workflow.steps import Portal

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def make_once() -> Cast:
    """The delivery is over; the school is to write its evaluation."""
    cast = Cast()
    assert cast.reviewer
    reach(cast, Stage.FINAL_REVIEW_DUE)
    return cast


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


def with_role(user: User, role: Role = Role.REVIEWER) -> User:
    user.groups.add(Group.objects.get(name=role.group_name))
    return User.objects.get(pk=user.pk)


def the_author(cast: Cast) -> User:
    return cast.head


def a_colleague_at_the_supported_school(cast: Cast) -> User:
    return make_head(cast.school, kind="business-manager")


def a_colleague_at_a_supporting_school(cast: Cast) -> User:
    return make_head(cast.supporting_school, kind="business-manager")


def somebody_who_left_the_school_after_the_case_opened(cast: Cast) -> User:
    user = make_head(cast.school, kind="nominated-lead")
    SchoolRole.objects.filter(user=user).update(ends_on=TODAY)
    return user


def a_leader_of_the_team(cast: Cast) -> User:
    user: User = cast.leader.user
    return user


def a_leader_of_a_supporting_school(cast: Cast) -> User:
    leader: Any = SystemLeaderFactory(user=make_user(), supporting_school=cast.supporting_school)
    user: User = leader.user
    return user


def somebody_who_declared_a_conflict(cast: Cast) -> User:
    user = make_user()
    ConflictDeclaration.objects.create(
        case=cast.project.case, declared_by=user, declared_at=NOON, has_conflict=True, details="My sister works there."
    )
    return user


TIED: list[Callable[[Cast], User]] = [
    the_author, a_colleague_at_the_supported_school, a_colleague_at_a_supporting_school,
    somebody_who_left_the_school_after_the_case_opened, a_leader_of_the_team, a_leader_of_a_supporting_school,
    somebody_who_declared_a_conflict,
]  # fmt: skip


def somebody_of_another_school(cast: Cast) -> User:
    return make_head(make_school())


def somebody_who_left_before_the_case_opened(cast: Cast) -> User:
    user = make_head(cast.school, kind="nominated-lead")
    SchoolRole.objects.filter(user=user).update(starts_on=TODAY - timedelta(days=99), ends_on=TODAY - timedelta(days=9))
    return user


def somebody_whose_claim_was_declined(cast: Cast) -> User:
    user = make_head(cast.school, verified=False)
    SchoolRole.objects.filter(user=user).update(declined_at=NOON, declined_by=cast.lead)
    return user


def somebody_from_elsewhere(cast: Cast) -> User:
    return make_user()


FREE: list[Callable[[Cast], User]] = [
    somebody_of_another_school, somebody_who_left_before_the_case_opened, somebody_whose_claim_was_declined, somebody_from_elsewhere,
]  # fmt: skip


def keys_of(user: User) -> set[str]:
    return set(Turn.objects.of(User.objects.get(pk=user.pk), on=TODAY).values_list("key", flat=True))


def told(sentence: str) -> set[str]:
    messages = OutboxMessage.objects.filter(details__sentence=sentence)
    return set(messages.values_list("recipient_email", flat=True))


WAITS = "An evaluation waits for you to read it."


@pytest.mark.parametrize("who", TIED, ids=lambda who: who.__name__)
def test_whoever_may_not_decide_on_an_evaluation_is_not_asked_to(cast: Cast, who: Callable[[Cast], User]) -> None:
    free = cast.reviewer
    tied = with_role(who(cast))
    reach(cast, Stage.EVALUATION_REVIEW)

    assert ("review" in keys_of(free), "review" in keys_of(tied)) == (True, False)
    assert told(WAITS) == {free.email}
    assert tied.email not in {address for message in mail.outbox for address in message.to if "valuation" in message.subject}


@pytest.mark.parametrize("who", FREE, ids=lambda who: who.__name__)
def test_whoever_may_decide_is_asked(cast: Cast, who: Callable[[Cast], User]) -> None:
    user = with_role(who(cast))
    reach(cast, Stage.EVALUATION_REVIEW)

    assert ("review" in keys_of(user), user.email in told(WAITS)) == (True, True)


@pytest.mark.parametrize("who", TIED[1:], ids=lambda who: who.__name__)
def test_a_tied_reviewer_does_not_read_what_is_under_review(cast: Cast, who: Callable[[Cast], User]) -> None:
    tied, reads = with_role(who(cast)), {}
    reach(cast, Stage.EVALUATION_REVIEW)

    for name, user in {"tied": tied, "reviewer": cast.reviewer}.items():
        reads[name] = "What we say of achievements." in Portal(user, cast.project).words("documents")

    may_read_at_the_school = who is a_colleague_at_the_supported_school and "BOOK" in SchoolRole.objects.get(user=tied).kind.powers
    assert reads == {"tied": may_read_at_the_school, "reviewer": True}


def test_a_tied_reviewer_is_still_asked_of_other_schools(cast: Cast) -> None:
    other = Cast()
    tied = with_role(a_colleague_at_the_supported_school(cast))
    reach(cast, Stage.EVALUATION_REVIEW)
    reach(other, Stage.EVALUATION_REVIEW)

    cases = Turn.objects.of(tied, on=TODAY).filter(key="review").values_list("case", flat=True)
    assert list(cases) == [other.project.pk]


@pytest.mark.parametrize("who", [*TIED[1:-1], *FREE], ids=lambda who: who.__name__)
def test_the_rule_for_lists_is_the_rule_for_one_project(cast: Cast, who: Callable[[Cast], User]) -> None:
    user = who(cast)

    assert (cast.project.pk in cases_tied_to(user).values_list("case", flat=True)) is (user.pk in people_tied_to(cast.fresh()))


def test_the_menu_counts_no_turn_that_is_not_theirs(cast: Cast) -> None:
    tied = with_role(a_colleague_at_the_supported_school(cast))
    reach(cast, Stage.EVALUATION_REVIEW)
    client = Client()
    client.force_login(tied)

    page = client.get("/portal/").content.decode()

    assert "Read the evaluation and decide on it" not in page
