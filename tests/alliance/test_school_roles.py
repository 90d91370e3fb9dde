from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from alliance.actions.claim_school_role import claim_school_role
from alliance.actions.decline_school_role import decline_school_role
from alliance.actions.end_school_role import end_school_role
from alliance.actions.give_school_role import give_school_role
from alliance.actions.verify_school_role import verify_school_role
from alliance.models import SchoolRole, SchoolRoleKind
from alliance.policies import RoleEndsBeforeItStarts, RoleIsDecided, RoleIsHeld
from alliance.roles import Role
from alliance.signals import school_role_decided
from common.actions import Actor
from tests.conftest import NOON
from tests.factories.alliance import SINCE, SchoolFactory, SchoolRoleFactory, UserFactory

pytestmark = pytest.mark.django_db
NOT_STAFF = [None, *(role for role in Role if role not in (Role.S2S_LEAD, Role.BROKER))]


@pytest.fixture
def broker():
    return UserFactory(roles=[Role.BROKER])


def newest(role: SchoolRole):
    row = role.history.latest("history_id")
    return row.history_user, row.history_change_reason


def head_kind() -> SchoolRoleKind:
    return SchoolRoleKind.objects.get(key="head")


def test_claim_waits_for_the_alliance():
    user = UserFactory()

    role = claim_school_role(user=user, school=SchoolFactory(), kind=head_kind(), starts_on=SINCE, by=user, at=NOON)

    assert (role.claimed_at, role.is_verified, list(SchoolRole.objects.claimed())) == (NOON, False, [role])
    assert (newest(role), role.state) == ((user, None), "Claimed, waiting")


def test_claim_is_refused_for_somebody_else():
    with pytest.raises(PermissionDenied):
        claim_school_role(user=UserFactory(), school=SchoolFactory(), kind=head_kind(), starts_on=SINCE, by=UserFactory(), at=NOON)


@pytest.mark.parametrize("verified", [True, False])
def test_claim_is_refused_for_a_role_already_held(verified):
    role = SchoolRoleFactory(verified=verified)

    with pytest.raises(RoleIsHeld, match="already has this role"):
        claim_school_role(user=role.user, school=role.school, kind=role.kind, starts_on=SINCE, by=role.user, at=NOON)

    assert SchoolRole.objects.count() == 1


def test_claim_may_follow_a_declined_or_ended_one(broker):
    role = SchoolRoleFactory()
    decline_school_role(role=role, by=broker, at=NOON, reason="Not known there")

    again = claim_school_role(user=role.user, school=role.school, kind=role.kind, starts_on=SINCE, by=role.user, at=NOON)

    assert again.state == "Claimed, waiting"


def test_verify_says_who_when_and_why(broker):
    role = verify_school_role(role=SchoolRoleFactory(), by=broker, at=NOON, reason="Rang the school")

    assert (role.verified_at, role.verified_by, role.state) == (NOON, broker, "Verified")
    assert newest(role) == (broker, "Rang the school")


def test_decline_says_who_when_and_why(broker):
    role = decline_school_role(role=SchoolRoleFactory(), by=broker, at=NOON, reason="Not known there")

    assert (role.declined_at, role.declined_by, role.state) == (NOON, broker, "Declined")
    assert newest(role) == (broker, "Not known there")


def test_decision_is_told_once_to_whoever_listens(broker):
    heard = []

    def listen(sender, role, at, **kwargs):
        heard.append((role.state, at))

    school_role_decided.connect(listen)
    try:
        verify_school_role(role=SchoolRoleFactory(), by=broker, at=NOON)
        decline_school_role(role=SchoolRoleFactory(), by=broker, at=NOON, reason="Not known there")
    finally:
        school_role_decided.disconnect(listen)

    assert heard == [("Verified", NOON), ("Declined", NOON)]


def test_decision_is_undone_when_telling_fails(broker):
    def fail(sender, **kwargs):
        raise RuntimeError

    role = SchoolRoleFactory()
    school_role_decided.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            verify_school_role(role=role, by=broker, at=NOON)
    finally:
        school_role_decided.disconnect(fail)

    role.refresh_from_db()
    assert role.state == "Claimed, waiting"


@pytest.mark.parametrize("first", ["verify", "decline"])
@pytest.mark.parametrize("second", ["verify", "decline"])
def test_claim_is_decided_once(broker, first, second):
    decide = {
        "verify": lambda role: verify_school_role(role=role, by=broker, at=NOON),
        "decline": lambda role: decline_school_role(role=role, by=broker, at=NOON, reason="Not known there"),
    }
    stale = SchoolRoleFactory()
    decided = decide[first](stale)

    with pytest.raises(RoleIsDecided):
        decide[second](stale)

    assert SchoolRole.objects.get().state == decided.state


@pytest.mark.parametrize("role_of_asker", NOT_STAFF)
def test_only_staff_decide_and_give(role_of_asker):
    role, asker = SchoolRoleFactory(), UserFactory(roles=[role_of_asker] if role_of_asker else [])
    attempts = [
        lambda: verify_school_role(role=role, by=asker, at=NOON),
        lambda: decline_school_role(role=role, by=asker, at=NOON, reason="No"),
        lambda: end_school_role(role=role, ends_on=SINCE, by=asker, at=NOON),
        lambda: give_school_role(user=asker, school=role.school, kind=role.kind, starts_on=SINCE, by=asker, at=NOON),
    ]

    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()

    assert list(SchoolRole.objects.values_list("pk", "verified_at", "declined_at", "ends_on")) == [(role.pk, None, None, None)]


def test_jobs_and_link_holders_do_not_decide():
    with pytest.raises(PermissionDenied):
        verify_school_role(role=SchoolRoleFactory(), by=Actor.job("nightly"), at=NOON)


def test_give_is_verified_at_once(broker):
    school, user = SchoolFactory(), UserFactory()

    role = give_school_role(
        user=user, school=school, kind=head_kind(), starts_on=SINCE, by=broker, at=NOON, reason="On the school’s website"
    )

    assert (role.claimed_at, role.verified_at, role.verified_by) == (NOON, NOON, broker)
    assert list(SchoolRole.objects.live(SINCE)) == [role]


def test_give_is_refused_for_a_role_already_held(broker):
    held = SchoolRoleFactory()

    with pytest.raises(RoleIsHeld):
        give_school_role(user=held.user, school=held.school, kind=held.kind, starts_on=SINCE, by=broker, at=NOON)


def test_give_is_refused_when_it_ends_before_it_starts(broker):
    with pytest.raises(RoleEndsBeforeItStarts):
        give_school_role(
            user=UserFactory(),
            school=SchoolFactory(),
            kind=head_kind(),
            starts_on=SINCE,
            ends_on=SINCE - timedelta(days=1),
            by=broker,
            at=NOON,
        )

    assert not SchoolRole.objects.exists()


@pytest.mark.parametrize("asker", ["holder", "broker"])
def test_end_lets_the_role_hold_until_its_last_day(broker, asker):
    role = SchoolRoleFactory(verified=True)
    last = SINCE + timedelta(days=10)

    end_school_role(role=role, ends_on=last, by=role.user if asker == "holder" else broker, at=NOON, reason="New post")

    assert [SchoolRole.objects.live(day).exists() for day in (last, last + timedelta(days=1))] == [True, False]


def test_end_is_refused_before_the_first_day(broker):
    role = SchoolRoleFactory()

    with pytest.raises(RoleEndsBeforeItStarts):
        end_school_role(role=role, ends_on=SINCE - timedelta(days=1), by=broker, at=NOON)
