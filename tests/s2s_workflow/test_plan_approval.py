"""Where the protocol has a working group, an action plan is agreed with its quorum and most of its views, by any door (W7)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from alliance.models import User
from alliance.roles import Role
from cases.models import Turn
from common.actions import Refusal
from common.moderation import MayNotDecide, decide_on_document
from s2s_workflow.actions.give_opinion import give_opinion
from s2s_workflow.actions.submit_plan import submit_plan
from s2s_workflow.actions.take_no_part import take_no_part
from s2s_workflow.enums import GroupSubject, Stage
from s2s_workflow.models import ActionPlan, GroupOpinion
from s2s_workflow.opinions import verdict_on
from s2s_workflow.policies import NotReady
from s2s_workflow.transitions import find_move, missing_for
from tests.conftest import NOON
from tests.factories.people import make_head, make_user
from tests.factories.projects import FULL, Cast, at_stage
from tests.s2s_workflow.steps import Portal

pytestmark = pytest.mark.django_db
ONE_MORE = "The working group is not quorate: 1 more view is needed."
AGAINST = "Most of the working group do not support it."


def make_once() -> Cast:
    """The plan was sent in; nobody of the group gave a view."""
    cast = at_stage(Stage.AGREEMENT_DRAFTED, rules=FULL)
    submit_plan(project=cast.fresh(), by=cast.leader.user, at=NOON)
    return cast


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


def view(cast: Cast, member: User, *, supports: bool = True) -> GroupOpinion:
    return give_opinion(project=cast.fresh(), subject=GroupSubject.PLAN, supports=supports, rationale="As I read it.", by=member, at=NOON)


def task_state(cast: Cast) -> Any:
    return cast.fresh().plan.current_workflow_task_state


def by_the_portal(cast: Cast, user: User) -> str:
    seen = cast.fresh().plan.latest_revision_id
    response = Portal(user, cast.project).post("decide-plan", decision="approve", comment="", seen=seen)
    return response.content.decode()


def by_the_action(cast: Cast, user: User) -> str:
    try:
        decide_on_document(document=cast.fresh().plan, approve=True, by=user, at=NOON)
    except Refusal as refusal:
        return str(refusal)
    return ""


def by_the_admin(cast: Cast, user: User) -> str:
    user.user_permissions.add(*_opens_the_admin())
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    name = f"{ActionPlan.snippet_viewset.url_namespace}:workflow_action"
    address = reverse(name, args=[cast.fresh().plan.pk, "approve", task_state(cast).pk])
    response = client.post(address, follow=True)
    return response.content.decode()


def _opens_the_admin() -> Any:
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(codename="access_admin")


def by_the_task_in_a_shell(cast: Cast, user: User) -> str:
    try:
        task_state(cast).approve(user=user)
    except Refusal as refusal:
        return str(refusal)
    return ""


DOORS = [by_the_portal, by_the_action, by_the_admin, by_the_task_in_a_shell]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_one_member_agrees_to_no_plan_alone(cast: Cast, door: Callable[[Cast, User], str]) -> None:
    member = cast.group[0]
    view(cast, member)

    words = door(cast, member)

    assert ONE_MORE in words
    assert (cast.fresh().plan.live, cast.fresh().plan.workflow_in_progress) == (False, True)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_a_plan_that_most_do_not_support_is_not_agreed(cast: Cast, door: Callable[[Cast, User], str]) -> None:
    for member in cast.group:
        view(cast, member, supports=False)

    words = door(cast, cast.group[0])

    assert AGAINST in words
    assert (cast.fresh().plan.live, cast.fresh().plan.workflow_in_progress) == (False, True)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_any_member_records_what_the_group_agreed(cast: Cast, door: Callable[[Cast, User], str]) -> None:
    cast.give_views(GroupSubject.PLAN)

    door(cast, cast.group[1])

    assert (cast.fresh().plan.live, cast.fresh().plan.workflow_in_progress) == (True, False)


def test_task_list_and_refusal_say_the_same(cast: Cast) -> None:
    view(cast, cast.group[0])
    project = cast.fresh()
    move = find_move(project, Stage.AWAITING_SIGNATURE)
    assert move is not None

    listed = missing_for(move, project)[0]
    pages = [Portal(cast.broker, cast.project).words("project"), Portal(cast.group[0], cast.project).words("documents")]
    on_the_step = Portal(cast.group[0], cast.project).get("decide-plan").content.decode()
    with pytest.raises(NotReady) as refused:
        decide_on_document(document=project.plan, approve=True, by=cast.group[0], at=NOON)

    assert (listed, str(refused.value)) == (ONE_MORE, ONE_MORE)
    assert [ONE_MORE in page for page in (*pages, on_the_step)] == [True, True, True]


def test_a_plan_is_returned_by_one_member_and_comes_back_in_a_new_round(cast: Cast) -> None:
    cast.give_views(GroupSubject.PLAN)
    decide_on_document(document=cast.fresh().plan, approve=False, reason="Name a target.", by=cast.group[0], at=NOON)
    cast.write_plan()
    submit_plan(project=cast.fresh(), by=cast.leader.user, at=NOON)

    again = by_the_action(cast, cast.group[0])
    cast.give_views(GroupSubject.PLAN)
    by_the_action(cast, cast.group[0])

    assert (again, cast.fresh().plan.live) == ("The working group is not quorate: 2 more views are needed.", True)
    assert list(GroupOpinion.objects.filter(subject=GroupSubject.PLAN).values_list("round", flat=True)) == [1, 1, 2, 2]


def test_members_are_asked_for_views_first_and_then_for_the_decision(cast: Cast) -> None:
    def turns() -> set[str]:
        return {turn.key for turn in Turn.objects.of(cast.group[0], on=NOON.date())}

    before = turns()
    cast.give_views(GroupSubject.PLAN)

    assert (before, turns()) == ({"group-PLAN"}, {"group-decides-PLAN"})


def the_writer(cast: Cast) -> User:
    user: User = cast.leader.user
    return user


def somebody_of_the_supported_school(cast: Cast) -> User:
    return make_head(cast.school, kind="chair-of-governors")


def somebody_of_a_supporting_school(cast: Cast) -> User:
    return make_head(cast.supporting_school, kind="business-manager")


@pytest.mark.parametrize(
    "who", [the_writer, somebody_of_the_supported_school, somebody_of_a_supporting_school], ids=lambda who: who.__name__
)
def test_nobody_tied_to_the_plan_gives_a_view_or_agrees_to_it(cast: Cast, who: Callable[[Cast], User]) -> None:
    cast.give_views(GroupSubject.PLAN)
    user = who(cast)
    user.groups.add(Group.objects.get(name=Role.WORKING_GROUP.group_name))
    user = User.objects.get(pk=user.pk)

    with pytest.raises(MayNotDecide):
        view(cast, user)
    words = {door.__name__: bool(door(cast, user)) for door in (by_the_action, by_the_task_in_a_shell)}

    assert words == {"by_the_action": True, "by_the_task_in_a_shell": True}
    assert not cast.fresh().plan.live


# --- A conflict that is declared after the view ---------------------------------------------------


def test_the_view_of_a_member_who_declares_a_conflict_later_does_not_count(cast: Cast) -> None:
    third = make_user(Role.WORKING_GROUP)
    cast.give_views(GroupSubject.PLAN)
    before = verdict_on(cast.fresh(), GroupSubject.PLAN).missing_for_yes()

    take_no_part(project=cast.fresh(), details="My sister works there.", by=cast.group[1], at=NOON)

    assert (before, verdict_on(cast.fresh(), GroupSubject.PLAN).missing_for_yes()) == (None, ONE_MORE)
    assert by_the_action(cast, third) == ONE_MORE
    assert GroupOpinion.objects.filter(subject=GroupSubject.PLAN, member=cast.group[1], supports=True).exists()  # it stays on record


def test_a_member_says_in_the_portal_that_there_is_a_conflict_after_all(cast: Cast) -> None:
    third = make_user(Role.WORKING_GROUP)
    member = Portal(third, cast.project)
    before = member.offers("group")
    view(cast, third)
    after = member.offers("group")

    empty = member.post("take-no-part", details=" ")
    said = member.post("take-no-part", details="My sister works there.")

    assert ("take-no-part" in before, "take-no-part" in after) == (False, True)
    assert ("details" in empty.context["form"].errors, said.status_code, member.tab("group").status_code) == (True, 302, 404)


@pytest.mark.parametrize("who", ["lead", "head", "leader"])
def test_only_a_member_who_gave_a_view_takes_it_back(cast: Cast, who: str) -> None:
    user = cast.leader.user if who == "leader" else getattr(cast, who)

    assert Portal(user, cast.project).post("take-no-part", details="Mine.").status_code == 403
