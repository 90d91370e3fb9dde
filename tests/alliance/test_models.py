from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from alliance.enums import Designation
from alliance.models import BankHoliday, School, SchoolLink, User
from tests.conftest import NOON
from tests.factories.alliance import (
    SINCE,
    DeclaredInterestFactory,
    LeaderDesignationFactory,
    MembershipFactory,
    OrganisationFactory,
    SchoolFactory,
    SchoolRoleFactory,
    SystemLeaderFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def saved(instance, **changes):
    for name, value in changes.items():
        setattr(instance, name, value)
    instance.save()


REFUSED = {
    "two people of one address": lambda: [UserFactory(email=email) for email in ("pat@example.org", "pat@example.org")],
    "half a grid reference": lambda: SchoolFactory(easting=400_000),
    "an unknown phase": lambda: SchoolFactory(phase="KINDERGARTEN"),
    "an unknown status": lambda: SchoolFactory(status="ASLEEP"),
    "a school in its own place": lambda: (lambda school: SchoolLink.objects.create(predecessor=school, successor=school))(SchoolFactory()),
    "one succession twice": lambda: [
        SchoolLink.objects.create(predecessor=old, successor=new) for old, new in [(SchoolFactory(), SchoolFactory())] * 2
    ],
    "one organisation twice": lambda: [OrganisationFactory(name="Otterbeck Council") for _n in range(2)],
    "one holiday twice": lambda: [BankHoliday.objects.create(date=SINCE, name="Rest") for _n in range(2)],
    "an unknown designation": lambda: LeaderDesignationFactory(designation="OBE"),
    "one designation twice at once": lambda: [LeaderDesignationFactory(leader=leader) for leader in [SystemLeaderFactory()] * 2],
    "one interest twice": lambda: [
        DeclaredInterestFactory(leader=leader, school=school) for leader, school in [(SystemLeaderFactory(), SchoolFactory())] * 2
    ],
    "two open memberships": lambda: [MembershipFactory(school=school) for school in [SchoolFactory()] * 2],
    "an end before the start": lambda: MembershipFactory(ends_on=SINCE - DAY),
    "verified by nobody": lambda: saved(SchoolRoleFactory(), verified_at=NOON),
    "declined by nobody": lambda: saved(SchoolRoleFactory(), declined_at=NOON),
    "verified and declined": lambda: (
        lambda somebody: saved(SchoolRoleFactory(), verified_at=NOON, verified_by=somebody, declined_at=NOON, declined_by=somebody)
    )(UserFactory()),
}  # fmt: skip


@pytest.mark.parametrize("wrong", REFUSED)
def test_database_refuses(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        REFUSED[wrong]()


def test_database_refuses_one_address_in_two_cases():
    UserFactory(email="pat@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="PAT@example.org")])


def test_database_keeps_a_designation_that_ended_beside_the_open_one():
    leader = SystemLeaderFactory()
    LeaderDesignationFactory(leader=leader, starts_on=SINCE - 400 * DAY, ends_on=SINCE)

    LeaderDesignationFactory(leader=leader)

    assert leader.designations.filter(designation=Designation.SLE).count() == 2


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "fits"),
    [
        (SINCE + 100 * DAY, None, True),
        (SINCE - 10 * DAY, SINCE - DAY, True),
        (SINCE + 99 * DAY, None, False),
        (SINCE - 10 * DAY, SINCE, False),
        (SINCE - 10 * DAY, None, False),
        (SINCE + DAY, SINCE + 2 * DAY, False),
    ],
)
def test_membership_refuses_days_that_are_taken(starts_on, ends_on, fits):
    school = MembershipFactory(ends_on=SINCE + 99 * DAY).school
    membership = MembershipFactory.build(school=school, starts_on=starts_on, ends_on=ends_on)

    if fits:
        membership.clean()
    else:
        with pytest.raises(ValidationError):
            membership.clean()


def test_membership_does_not_stand_in_its_own_way():
    MembershipFactory().clean()


def test_in_force_counts_the_first_and_the_last_day():
    membership = MembershipFactory(ends_on=SINCE + 9 * DAY)
    on = type(membership).objects.in_force

    assert [on(SINCE + n * DAY).exists() for n in (-1, 0, 9, 10)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("990001", ["990001"]),
        ("otterbeck primary", ["990001"]),
        ("primary", ["990002", "990001"]),
        ("hollinfold", ["990002"]),
        ("ZZ1 1AA", ["990001"]),
        ("wharfe castle", []),
        ("99", []),
        ("  ", ["990002", "990001"]),
        ("otterbeck\x00", ["990001"]),
        ("100% _", []),
    ],
)
def test_schools_are_found_by_urn_name_or_place(text, found):
    SchoolFactory(urn="990001", name="Otterbeck Primary School", town="Otterbeck", postcode="ZZ1 1AA")
    SchoolFactory(urn="990002", name="Beckside Primary School", town="Hollinfold", postcode="ZZ2 1AA")
    SchoolFactory(
        urn="990003", name="Otterbeck Infant School", town="Otterbeck", postcode="ZZ1 1AA", status="CLOSED", closed_on=date(2020, 8, 31)
    )

    assert [school.urn for school in School.objects.found_by(text)] == found


def test_users_have_one_address_whatever_its_case():
    user = User(email="Pat@Example.ORG")

    user.clean()

    assert (user.email, User.objects.create_user("MEL@Example.org").email) == ("pat@example.org", "mel@example.org")


def test_users_are_called_by_their_name_or_address():
    people = [User(email="pat@example.org", first_name="Pat", last_name="Example"), User(email="mel@example.org")]

    assert [(str(user), user.get_short_name()) for user in people] == [
        ("Pat Example", "P. Example"),
        ("mel@example.org", "mel@example.org"),
    ]
