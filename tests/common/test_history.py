import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from alliance.models import Specialism, SystemLeader, User
from alliance.roles import Role
from common.actions import Actor, acting
from tests.factories.alliance import SpecialismFactory, SystemLeaderFactory, UserFactory

pytestmark = pytest.mark.django_db


def group(role: Role) -> Group:
    return Group.objects.get(name=role.group_name)


def groups_in_history(user: User) -> list[list[str]]:
    rows = User.history.filter(id=user.pk).order_by("history_id")
    return [sorted(row.groups.values_list("group__name", flat=True)) for row in rows]


def test_history_names_user_actor_and_reason():
    user = UserFactory(first_name="Pat", last_name="Example")

    with acting(by=user, reason="A new list"):
        specialism = SpecialismFactory()

    row = specialism.history.get()
    assert (row.history_user, row.history_actor, row.history_change_reason, row.history_type) == (user, "Pat Example", "A new list", "+")


def test_history_names_a_job_that_is_no_user():
    with acting(by=Actor.job("import")):
        specialism = SpecialismFactory()

    row = specialism.history.get()
    assert (row.history_user, row.history_actor, row.history_change_reason) == (None, "job: import", None)


def test_history_outlives_what_it_describes():
    specialism = SpecialismFactory(name="Reading")
    key = specialism.pk

    specialism.delete()

    assert list(Specialism.history.filter(id=key).order_by("history_id").values_list("history_type", "name")) == [
        ("+", "Reading"),
        ("-", "Reading"),
    ]


def test_history_leaves_out_what_is_not_tracked():
    user = UserFactory()
    rows = user.history.count()

    user.last_login = timezone.now()
    user.save(update_fields=["last_login"])

    assert user.history.count() == rows
    assert not {"password", "last_login"} & {field.name for field in User.history.model._meta.fields}


def test_history_keeps_members_of_a_list():
    leader, reading = SystemLeaderFactory(), SpecialismFactory(key="reading")

    leader.specialisms.add(reading)

    newest = SystemLeader.history.filter(id=leader.pk).latest("history_id")
    assert [row.specialism for row in newest.specialisms.all()] == [reading]


def test_history_keeps_changes_from_the_other_side():
    user = UserFactory()
    brokers = group(Role.BROKER)

    brokers.user_set.add(user)
    brokers.user_set.remove(user)

    assert groups_in_history(user)[-2:] == [["Broker"], []]


def test_history_keeps_clearing_from_the_other_side():
    user, other = UserFactory(roles=[Role.BROKER]), UserFactory(roles=[Role.FINANCE])
    rows_of_other = other.history.count()

    group(Role.BROKER).user_set.clear()

    assert (groups_in_history(user)[-1], other.history.count()) == ([], rows_of_other)
