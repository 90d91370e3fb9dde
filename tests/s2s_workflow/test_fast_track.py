"""A fast track that the working group refuses: whose turn it is then, and the way on (W9)."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError

from alliance.models import User
from alliance.roles import Role
from cases.models import CaseEvent, Turn
from cases.turns import keep_turns_true
from outbox.models import OutboxMessage
from s2s_workflow.actions.give_opinion import ViewGiven, give_opinion
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.actions.put_fast_track_again import put_fast_track_again
from s2s_workflow.actions.ratify_fast_track import ratify_fast_track
from s2s_workflow.actions.take_no_part import take_no_part
from s2s_workflow.enums import GroupSubject, Stage
from s2s_workflow.guards import fast_track_is_ratified
from s2s_workflow.policies import NotNow, NotReady
from tests.conftest import NOON
from tests.factories.people import make_head, make_user
from tests.factories.projects import FULL, LATER, Cast
from tests.s2s_workflow.steps import Portal

pytestmark = pytest.mark.django_db
VIEW, DECIDE, REFUSED, STUCK = "group-FAST_TRACK", "group-decides-FAST_TRACK", "fast-track-refused", "fast-track-stuck"
MAIL = "The working group does not support a fast track. Please say what is next."
AGAIN = "A fast track was put to the working group again and waits for your view."


def make_once() -> Cast:
    """Brokering started by a fast track; the group has two members."""
    cast = Cast(rules=FULL)
    assert cast.group
    move_project(project=cast.project, to=Stage.BROKERING, by=cast.lead, at=NOON, reason="An inspection next week.")
    return cast


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


def view(cast: Cast, member: User, *, supports: bool | None, at: Any = NOON) -> None:
    give_opinion(project=cast.fresh(), subject=GroupSubject.FAST_TRACK, supports=supports, rationale="As we read it.", by=member, at=at)


def refuse(cast: Cast) -> None:
    for member in cast.group:
        view(cast, member, supports=False)


def again(cast: Cast, by: User | None = None, reason: str = "The inspection is on Monday.") -> None:
    put_fast_track_again(project=cast.fresh(), by=by or cast.lead, at=LATER, reason=reason)


def keys_of(user: User) -> set[str]:
    return set(Turn.objects.of(User.objects.get(pk=user.pk), on=NOON.date()).values_list("key", flat=True)) & {VIEW, DECIDE, REFUSED, STUCK}


def test_a_fast_track_that_is_refused_is_the_leads_turn_and_nobody_elses(cast: Cast) -> None:
    before = [keys_of(user) for user in (*cast.group, cast.lead)]

    refuse(cast)

    assert before == [{VIEW}, {VIEW}, set()]
    assert [keys_of(user) for user in (*cast.group, cast.lead)] == [set(), set(), {REFUSED}]
    assert set(OutboxMessage.objects.filter(details__sentence=MAIL).values_list("recipient", flat=True)) == {cast.lead.pk}
    assert fast_track_is_ratified(cast.fresh()) == (
        "The working group does not support the fast track: put it to the group again, or end the request."
    )


def test_while_a_member_who_was_not_heard_can_tip_it_they_are_asked(cast: Cast) -> None:
    third = make_user(Role.WORKING_GROUP)
    for member, supports in zip(cast.group, (True, False), strict=True):
        view(cast, member, supports=supports)
    asked = [keys_of(user) for user in (*cast.group, third, cast.lead)]

    view(cast, third, supports=True)

    assert asked == [set(), set(), {VIEW}, set()]
    assert [keys_of(user) for user in (*cast.group, third)] == [{DECIDE}] * 3


def test_put_again_it_is_a_new_round_and_can_be_ratified(cast: Cast) -> None:
    refuse(cast)
    again(cast)
    asked = [keys_of(user) for user in (*cast.group, cast.lead)]
    for member in cast.group:
        view(cast, member, supports=True, at=LATER)
    with pytest.raises(ViewGiven):
        view(cast, cast.group[0], supports=True, at=LATER)
    ratify_fast_track(project=cast.fresh(), reason="It is urgent after all.", by=cast.group[0], at=LATER)

    rounds = list(cast.project.opinions.order_by("pk").values_list("round", "supports"))
    assert asked == [{VIEW}, {VIEW}, set()]
    assert rounds == [(1, False), (1, False), (2, True), (2, True)]
    assert (fast_track_is_ratified(cast.fresh()), [keys_of(user) for user in (*cast.group, cast.lead)]) == (None, [set()] * 3)


def test_it_can_be_refused_more_than_once(cast: Cast) -> None:
    refuse(cast)
    again(cast)
    for member in cast.group:
        view(cast, member, supports=False, at=LATER)

    with pytest.raises(NotReady):
        ratify_fast_track(project=cast.fresh(), reason="Yes.", by=cast.group[0], at=LATER)
    assert keys_of(cast.lead) == {REFUSED}


def test_a_request_whose_fast_track_is_refused_can_be_ended(cast: Cast) -> None:
    refuse(cast)
    move_project(project=cast.fresh(), to=Stage.DECLINED, by=cast.lead, at=LATER, reason="The group does not support it.")

    assert [keys_of(user) for user in (*cast.group, cast.lead)] == [set()] * 3


def test_only_the_lead_puts_it_again_once_it_is_refused_and_says_what_is_new(cast: Cast) -> None:
    with pytest.raises(NotNow):
        again(cast)
    refuse(cast)
    begun, events = cast.fresh().fast_tracked_at, CaseEvent.objects.count()

    for user in (cast.broker, cast.group[0], cast.head):
        with pytest.raises(PermissionDenied):
            again(cast, by=user)
    with pytest.raises(ValidationError):
        again(cast, reason=" ")

    assert (cast.fresh().fast_tracked_at, CaseEvent.objects.count()) == (begun, events)


def test_in_the_portal_the_lead_puts_it_again_and_the_group_reads_why(cast: Cast) -> None:
    lead, member = Portal(cast.lead, cast.project), Portal(cast.group[0], cast.project)
    first = member.words("group")
    early = "put-fast-track-again" in lead.offers("group")
    refuse(cast)
    offered = "put-fast-track-again" in lead.offers("group")
    lead.post("put-fast-track-again", reason="The inspection is on <b>Monday</b>.")

    assert (early, offered, "put-fast-track-again" in lead.offers("group")) == (False, True, False)
    assert ("An inspection next week." in first, "The inspection is on &lt;b&gt;Monday&lt;/b&gt;." in member.words("group")) == (True, True)
    assert "view-on-fast-track" in member.offers("group")


# --- Too few members, and who is told


def told(sentence: str) -> set[Any]:
    return set(OutboxMessage.objects.filter(details__sentence=sentence).values_list("recipient", flat=True))


def test_a_tie_with_nobody_left_to_hear_is_refused(cast: Cast) -> None:
    for member, supports in zip(cast.group, (True, False), strict=True):
        view(cast, member, supports=supports)

    assert [keys_of(user) for user in (*cast.group, cast.lead)] == [set(), set(), {REFUSED}]


def test_a_group_too_small_to_be_quorate_is_the_leads_turn_until_it_has_members_enough(cast: Cast) -> None:
    first, second = cast.group
    view(cast, first, supports=True)
    second.is_active = False
    second.save()
    keep_turns_true(NOON)
    stuck, sentence = [keys_of(user) for user in (first, cast.lead)], str(Turn.objects.open().get(key=STUCK))
    third = make_user(Role.WORKING_GROUP)
    keep_turns_true(NOON)

    assert stuck == [set(), {STUCK}]
    assert sentence == "Find more members for the working group, which is too small to decide on the fast track, or end the request"
    assert [keys_of(user) for user in (first, third, cast.lead)] == [set(), {VIEW}, set()]


def test_a_member_who_takes_no_part_leaves_a_group_too_small_to_the_lead(cast: Cast) -> None:
    first, second = cast.group
    view(cast, first, supports=True)
    view(cast, second, supports=None)

    assert ([keys_of(user) for user in (first, second, cast.lead)], told(MAIL)) == ([set(), set(), {STUCK}], set())


@pytest.mark.parametrize("by_a_view", [True, False])
def test_the_lead_is_told_once_when_a_member_who_takes_no_part_leaves_it_refused(cast: Cast, *, by_a_view: bool) -> None:
    third, fourth, fifth = (make_user(Role.WORKING_GROUP) for _number in range(3))
    for member, supports in zip((*cast.group, fourth, fifth), (True, True, False, False), strict=True):
        view(cast, member, supports=supports)
    before = told(MAIL), keys_of(cast.lead)

    if by_a_view:
        view(cast, third, supports=None)
    else:
        take_no_part(project=cast.fresh(), details="My sister works there.", by=third, at=NOON)
    take_no_part(project=cast.fresh(), details="My brother works there.", by=cast.group[0], at=NOON)

    assert (before, told(MAIL), keys_of(cast.lead)) == ((set(), set()), {cast.lead.pk}, {REFUSED})
    assert OutboxMessage.objects.filter(details__sentence=MAIL).count() == 1


def test_put_again_the_members_who_may_give_a_view_are_told(cast: Cast) -> None:
    conflicted = make_user(Role.WORKING_GROUP)
    tied = make_head(cast.school)
    tied.groups.add(Group.objects.get(name=Role.WORKING_GROUP.group_name))
    view(cast, conflicted, supports=None)
    refuse(cast)
    before = told(AGAIN)

    again(cast)

    assert (before, told(AGAIN)) == (set(), {member.pk for member in cast.group})
