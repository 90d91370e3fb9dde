"""Whom the working group's turns and messages reach, and what they cost (E2, W3)."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alliance.models import User
from alliance.queries import live_school_roles
from alliance.roles import Role, user_roles
from cases.models import Turn
from outbox.models import OutboxMessage
from s2s_workflow.actions.give_opinion import give_opinion
from s2s_workflow.actions.submit_evaluation import submit_evaluation
from s2s_workflow.actions.submit_plan import submit_plan
from s2s_workflow.actions.take_no_part import take_no_part
from s2s_workflow.enums import GroupSubject, Stage
from tests.conftest import NOON
from tests.factories.people import make_head, make_user
from tests.factories.projects import FULL, Cast, at_stage, reach

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def with_role(user: User, role: Role = Role.REVIEWER) -> User:
    user.groups.add(Group.objects.get(name=role.group_name))
    return User.objects.get(pk=user.pk)


def keys_of(user: User) -> set[str]:
    return set(Turn.objects.of(User.objects.get(pk=user.pk), on=TODAY).values_list("key", flat=True))


def told(sentence: str) -> set[str]:
    messages = OutboxMessage.objects.filter(details__sentence=sentence)
    return set(messages.values_list("recipient_email", flat=True))


WAITS = "An evaluation waits for you to read it."


# --- The working group ----------------------------------------------------------------------------


def test_a_member_who_wrote_the_report_or_belongs_to_the_school_is_not_asked_for_a_view_of_it() -> None:
    cast = Cast(rules=FULL)
    writer, tied = with_role(cast.broker, Role.WORKING_GROUP), with_role(make_head(cast.school, kind="nominated-lead"), Role.WORKING_GROUP)
    free = cast.group[0]
    cast.start_due_diligence()
    cast.submit_report()

    assert {who: "group-REVIEW" in keys_of(user) for who, user in {"writer": writer, "tied": tied, "free": free}.items()} == {
        "writer": False, "tied": False, "free": True,
    }  # fmt: skip
    assert told("A due diligence report waits for you to read it.") == {member.email for member in cast.group}


@pytest.mark.parametrize(
    ("stage", "subject"),
    [(None, GroupSubject.REVIEW), (Stage.AGREEMENT_DRAFTED, GroupSubject.PLAN), (Stage.EVALUATION_REVIEW, GroupSubject.EVALUATION)],
)
def test_who_gave_a_view_is_asked_no_more_and_the_others_still_are(stage: Stage | None, subject: GroupSubject) -> None:
    cast, other = Cast(rules=FULL), Cast(rules=FULL)
    first, second = cast.group
    for one in (cast, other):
        one.group = cast.group
        if stage:
            reach(one, stage)
        else:
            one.start_due_diligence()
            one.submit_report()
    if subject == GroupSubject.PLAN:
        for one in (cast, other):
            submit_plan(project=one.fresh(), by=one.leader.user, at=NOON)

    def asked(member: User) -> set[Any]:
        found = Turn.objects.of(User.objects.get(pk=member.pk), on=TODAY).filter(key=f"group-{subject}")
        return set(found.values_list("case", flat=True))

    before = asked(first), asked(second)
    give_opinion(project=cast.fresh(), subject=subject, supports=True, rationale="Yes.", by=first, at=NOON)

    both = {cast.project.pk, other.project.pk}
    assert (before, asked(first), asked(second)) == ((both, both), {other.project.pk}, both)


def test_what_comes_back_is_asked_of_everybody_again() -> None:
    """Also when a view of this round stops counting after there were enough: the others gave theirs."""
    cast = Cast(rules=FULL)
    first, second = cast.group
    reach(cast, Stage.EVALUATION_REVIEW)
    cast.give_views(GroupSubject.EVALUATION)
    take_no_part(project=cast.fresh(), details="My sister works there.", by=second, at=NOON)
    third = make_user(Role.WORKING_GROUP)
    lacking = ["group-EVALUATION" in keys_of(member) for member in (first, second, third)]
    give_opinion(project=cast.fresh(), subject=GroupSubject.EVALUATION, supports=True, rationale="Yes.", by=third, at=NOON)
    cast.return_evaluation()
    submit_evaluation(project=cast.fresh(), by=cast.head, at=NOON)

    again = ["group-EVALUATION" in keys_of(member) for member in (first, second, third)]
    assert (lacking, again) == ([False, False, True], [True, False, True])


def test_the_reviewers_are_told_when_the_group_has_given_enough_views() -> None:
    cast = Cast(rules=FULL)
    reviewer = cast.reviewer
    reach(cast, Stage.EVALUATION_REVIEW)
    members = {member.email for member in cast.group}
    at_first = told(WAITS)

    for number, member in enumerate(cast.group):
        assert told(WAITS) == members, number
        give_opinion(project=cast.fresh(), subject=GroupSubject.EVALUATION, supports=True, rationale="Yes.", by=member, at=NOON)

    assert (at_first, told(WAITS)) == (members, members | {reviewer.email})


# --- Mail, and the cost of the list ---------------------------------------------------------------


def test_wagtail_writes_no_mail_of_its_own_about_a_project() -> None:
    """It would go to whole groups, from within the transaction, with the reviewer's comment in it."""
    cast = at_stage(Stage.EVALUATION_REVIEW, rules=FULL)
    cast.give_views(GroupSubject.EVALUATION)
    cast.return_evaluation()
    subjects = [message.subject for message in mail.outbox if "rate" not in message.subject]

    assert subjects == []


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.WORKING_GROUP, Role.S2S_LEAD])
def test_your_turn_is_one_query_whatever_the_role(role: Role) -> None:
    at_stage(Stage.EVALUATION_REVIEW, rules=FULL)
    user = make_user(role)
    user._asked_once = {}  # type: ignore[attr-defined]  # as in a request
    user_roles(user), live_school_roles(user, TODAY)

    with CaptureQueriesContext(connection) as captured:
        list(Turn.objects.of(user, on=TODAY))

    assert len(captured) == 1
