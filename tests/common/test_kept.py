"""What tests start from is laid as it was made, and only where nothing is in its way."""

from __future__ import annotations

import pytest
from django.db import transaction

from alliance.models import School, SchoolRole, User
from alliance.roles import Role
from tests.factories.kept import kept
from tests.factories.people import make_head, make_school, make_user

pytestmark = pytest.mark.django_db
CALLED: list[str] = []


@kept
def a_school_with_a_head(name: str) -> SchoolRole:
    CALLED.append(name)
    return make_head(make_school(name=name)).school_roles.get()


def everything() -> list[list[object]]:
    groups = User.groups.through.objects
    return [sorted(rows.values_list(), key=str) for rows in (School.objects, School.history, SchoolRole.objects, User.objects, groups)]


def made_and_gone(name: str) -> tuple[SchoolRole, list[list[object]]]:
    with transaction.atomic():
        role, rows = a_school_with_a_head(name), everything()
        transaction.set_rollback(True)
    return role, rows


def test_rows_are_laid_as_they_were_made_and_others_are_added_after_them():
    CALLED.clear()
    made, rows = made_and_gone("Otterbeck")
    assert not School.objects.exists()

    laid = a_school_with_a_head("Otterbeck")

    assert (everything(), laid, laid is made, laid.school.name, CALLED) == (rows, made, False, "Otterbeck", ["Otterbeck"])
    others = [make_school(), make_user(Role.BROKER)]
    assert [other.pk in (made.school_id, made.user_id) for other in others] == [False, False]


def test_what_a_test_does_to_its_copy_reaches_no_other():
    made_and_gone("Lindle Vale")
    with transaction.atomic():
        a_school_with_a_head("Lindle Vale").school.name = "Another"
        transaction.set_rollback(True)

    assert a_school_with_a_head("Lindle Vale").school.name == "Lindle Vale"


def test_it_is_made_anew_for_other_arguments_and_beside_other_rows():
    CALLED.clear()
    made_and_gone("Millbeck")

    a_school_with_a_head("Hawes Water")
    a_school_with_a_head("Millbeck")

    assert CALLED == ["Millbeck", "Hawes Water", "Millbeck"]
    assert set(School.objects.values_list("name", flat=True)) == {"Hawes Water", "Millbeck"}


def test_what_is_made_in_the_emptiest_database_is_what_is_laid():
    CALLED.clear()
    with transaction.atomic():
        make_school()
        a_school_with_a_head("Beckside")
        transaction.set_rollback(True)

    _made, rows = made_and_gone("Beckside")

    a_school_with_a_head("Beckside")
    assert (everything(), CALLED) == (rows, ["Beckside"] * 2)
