"""People and schools, as few as a test needs."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from alliance.models import School, SchoolRole, SchoolRoleKind, User
from alliance.roles import Role
from tests.conftest import NOON

PASSWORD = "a-long-password"
_numbers = count(1)
SINCE = date(2024, 9, 1)


def make_user(*roles: Role, **values: Any) -> User:
    """Somebody with these alliance roles, a confirmed e-mail address and the password `PASSWORD`."""
    number = next(_numbers)
    given = {"email": f"person{number}@example.org", "password": PASSWORD, "first_name": "Pat", "last_name": f"Number{number}", **values}
    user = User.objects.create_user(**given)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    user.groups.set(Group.objects.filter(name__in=[role.group_name for role in roles]))
    return user


def make_school(**values: Any) -> School:
    number = next(_numbers)
    return School.objects.create(
        **{"urn": f"{990000 + number}", "name": f"Invented School {number}", "town": "Otterbeck", "postcode": "ZZ1 1ZZ", **values}
    )


def make_head(school: School, *, kind: str = "head", verified: bool = True, ends_on: date | None = None) -> User:
    """Somebody with a role at a school, verified by the alliance unless told otherwise."""
    user = make_user()
    verifier = make_user(Role.S2S_LEAD) if verified else None
    SchoolRole.objects.create(
        user=user, school=school, kind=SchoolRoleKind.objects.get(key=kind), starts_on=SINCE, ends_on=ends_on,
        claimed_at=NOON, verified_at=NOON if verified else None, verified_by=verifier,
    )  # fmt: skip
    return user
