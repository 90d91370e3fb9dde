"""People, schools and what ties them together. Roles reach their state by the actions that move them there."""

from __future__ import annotations

from datetime import date
from typing import Any

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from alliance.actions.claim_school_role import claim_school_role
from alliance.actions.verify_school_role import verify_school_role
from alliance.enums import Designation, Phase
from alliance.models import (
    DeclaredInterest,
    LeaderDesignation,
    Membership,
    MembershipTier,
    Organisation,
    OrganisationKind,
    School,
    SchoolRole,
    SchoolRoleKind,
    Specialism,
    SystemLeader,
    User,
)
from alliance.roles import Role
from tests.conftest import NOON

SINCE = date(2025, 9, 1)


class UserFactory(DjangoModelFactory):
    """Somebody without any role; `roles=[Role.BROKER]` puts them in the groups."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"someone{n}@example.org")
    first_name = "Pat"
    last_name = factory.Sequence(lambda n: f"Example{n}")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        roles = kwargs.pop("roles", [])
        user = model_class.objects.create_user(password="a-long-password", **kwargs)
        user.groups.set(Group.objects.filter(name__in=[role.group_name for role in roles]))
        return user


class SuperuserFactory(UserFactory):
    is_superuser = True


class SchoolFactory(DjangoModelFactory):
    class Meta:
        model = School

    urn = factory.Sequence(lambda n: f"{980001 + n}")
    name = factory.Sequence(lambda n: f"Invented School {n:04}")
    phase = Phase.PRIMARY
    town = "Otterbeck"
    postcode = "ZZ1 1ZZ"


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Invented Authority {n:04}")
    kind = factory.LazyFunction(lambda: OrganisationKind.objects.get(key="local-authority"))


class SchoolRoleFactory(DjangoModelFactory):
    """A claimed role; `verified=True` has an S2S lead verify it. `kind` may be a key."""

    class Meta:
        model = SchoolRole

    user = factory.SubFactory(UserFactory)
    school = factory.SubFactory(SchoolFactory)
    kind = "head"
    starts_on = SINCE

    @classmethod
    def _create(cls, model_class: type[SchoolRole], *args: Any, **kwargs: Any) -> SchoolRole:
        kind = kwargs.pop("kind")
        kind = SchoolRoleKind.objects.get(key=kind) if isinstance(kind, str) else kind
        verified = kwargs.pop("verified", False)
        role = claim_school_role(**kwargs, kind=kind, by=kwargs["user"], at=NOON)
        return verify_school_role(role=role, by=UserFactory(roles=[Role.S2S_LEAD]), at=NOON) if verified else role


class SpecialismFactory(DjangoModelFactory):
    class Meta:
        model = Specialism

    key = factory.Sequence(lambda n: f"specialism-{n}")
    name = factory.Sequence(lambda n: f"Specialism {n:04}")


class SystemLeaderFactory(DjangoModelFactory):
    class Meta:
        model = SystemLeader

    user = factory.SubFactory(UserFactory)
    supporting_school = factory.SubFactory(SchoolFactory)


class LeaderDesignationFactory(DjangoModelFactory):
    class Meta:
        model = LeaderDesignation

    leader = factory.SubFactory(SystemLeaderFactory)
    designation = Designation.SLE
    starts_on = SINCE


class DeclaredInterestFactory(DjangoModelFactory):
    class Meta:
        model = DeclaredInterest

    leader = factory.SubFactory(SystemLeaderFactory)
    school = factory.SubFactory(SchoolFactory)
    reason = "Governor there until last year"
    declared_on = SINCE


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    school = factory.SubFactory(SchoolFactory)
    tier = factory.LazyFunction(lambda: MembershipTier.objects.get(key="member"))
    starts_on = SINCE
