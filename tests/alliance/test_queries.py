from datetime import timedelta

import pytest

from alliance.enums import Power
from alliance.queries import is_head_of, leader_of, live_school_roles, people_with_role, schools_of, tier_of
from alliance.roles import Role
from tests.factories.alliance import (
    SINCE,
    MembershipFactory,
    SchoolFactory,
    SchoolRoleFactory,
    SuperuserFactory,
    SystemLeaderFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
ON = SINCE + timedelta(days=30)


def test_live_school_roles_are_verified_and_in_force(django_assert_num_queries):
    role = SchoolRoleFactory(verified=True)
    SchoolRoleFactory(user=role.user)
    late = SchoolRoleFactory(user=role.user, verified=True, starts_on=ON + timedelta(days=1))

    with django_assert_num_queries(1):
        live = [(role.school.name, role.kind.key) for role in live_school_roles(role.user, ON)]

    assert live == [(role.school.name, "head")]
    assert len(live_school_roles(role.user, late.starts_on)) == 2


def test_live_school_roles_end_with_the_account():
    role = SchoolRoleFactory(verified=True)
    role.user.is_active = False

    assert live_school_roles(role.user, ON) == []


def test_schools_of_are_by_name_and_by_power():
    user = UserFactory()
    first, second = SchoolFactory(name="Aldersyke"), SchoolFactory(name="Wharfeholme")
    SchoolRoleFactory(user=user, school=second, kind="head", verified=True)
    SchoolRoleFactory(user=user, school=first, kind="nominated-lead", verified=True)

    assert schools_of(user, ON) == [first, second]
    assert schools_of(user, ON, Power.BOOK) == [first, second]
    assert schools_of(user, ON, Power.SIGN) == [second]


@pytest.mark.parametrize(
    ("kind", "verified", "is_head"),
    [
        ("head", True, True),
        ("acting-head", True, True),
        ("deputy-for-head", True, True),
        ("nominated-lead", True, False),
        ("head", False, False),
    ],
)
def test_is_head_of_is_whoever_acts_for_the_head(kind, verified, is_head):
    role = SchoolRoleFactory(kind=kind, verified=verified)

    assert is_head_of(role.user, role.school, ON) == is_head
    assert not is_head_of(role.user, SchoolFactory(), ON)


def test_people_with_role_are_the_active_holders():
    broker = UserFactory(roles=[Role.BROKER, Role.FINANCE])
    UserFactory(roles=[Role.BROKER], is_active=False)
    UserFactory(roles=[Role.EDITOR])
    SuperuserFactory()

    assert list(people_with_role(Role.BROKER, Role.FINANCE)) == [broker]


def test_leader_of_is_none_for_everybody_else():
    leader = SystemLeaderFactory()

    assert (leader_of(leader.user), leader_of(UserFactory())) == (leader, None)


def test_tier_of_follows_the_days_of_membership():
    membership = MembershipFactory(ends_on=ON)

    tiers = [tier_of(membership.school, day) for day in (SINCE - timedelta(days=1), SINCE, ON, ON + timedelta(days=1))]

    assert tiers == [None, membership.tier, membership.tier, None]
