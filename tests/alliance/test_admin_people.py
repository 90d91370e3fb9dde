"""Accounts in the admin: for superusers, recorded, never deleted."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from alliance.models import User
from alliance.roles import Role
from tests.factories.alliance import SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGES = ["index", "add"]
PAGES_OF_ONE = ["edit", "delete", "history", "usage", "field_history"]


def address(page: str, *args) -> str:
    return reverse(f"wagtailusers_users:{page}", args=args)


@pytest.fixture
def superuser(client):
    user = SuperuserFactory()
    client.force_login(user)
    return user


def form_of(user: User, **changes) -> dict[str, object]:
    return {"email": user.email, "first_name": user.first_name, "last_name": user.last_name, "is_active": "on", **changes}


@pytest.mark.parametrize("role", Role)
def test_accounts_and_groups_are_closed_to_every_role(client, role):
    other = UserFactory(email="canary@example.org")
    client.force_login(UserFactory(roles=[role]))
    addresses = [*map(address, PAGES), *(address(page, other.pk) for page in PAGES_OF_ONE), reverse("wagtailusers_groups:index")]

    responses = [client.get(one) for one in addresses]

    assert {response.status_code for response in responses} == {302}
    assert all("canary@example.org" not in response.content.decode() for response in responses)


def test_superuser_adds_an_account_without_a_password(client, superuser):
    broker = Group.objects.get(name="Broker")

    client.post(
        address("add"), {"email": "New@Example.org", "first_name": "New", "last_name": "Person", "language": "cy", "groups": [broker.pk]}
    )

    user = User.objects.get(email="new@example.org")
    assert (user.has_usable_password(), user.language, list(user.groups.all())) == (False, "cy", [broker])
    assert {row.history_user for row in user.history.all()} == {superuser}


def test_superuser_changes_an_account_and_history_shows_it(client, superuser):
    user = UserFactory(first_name="Pat", last_name="Example")
    finance = Group.objects.get(name="Finance")

    client.post(address("edit", user.pk), form_of(user, first_name="Patricia", groups=[finance.pk]))

    entries = client.get(address("field_history", user.pk)).context["object_list"]
    changes = [(entry.who, change.label, change.before, change.after) for entry in entries[:2] for change in entry.changes]
    assert sorted(changes, key=lambda change: change[1]) == [
        (str(superuser), "First name", "Pat", "Patricia"),
        (str(superuser), "Groups", "", "Finance"),
    ]


def test_address_in_use_is_refused_in_any_case(client, superuser):
    UserFactory(email="pat@example.org")

    response = client.post(address("add"), {"email": "PAT@example.org", "first_name": "Pat", "last_name": "Other"})

    assert (response.status_code, User.objects.filter(email__iexact="pat@example.org").count()) == (200, 1)


@pytest.mark.parametrize("action", ["delete", "set_active_state", "assign_role"])
def test_bulk_actions_do_nothing(client, superuser, action):
    user = UserFactory()

    client.post(
        reverse("wagtail_bulk_action", args=["alliance", "user", action]) + f"?id={user.pk}",
        {"mark_as_active": "False", "role": Group.objects.get(name="Broker").pk},
    )

    assert list(User.objects.filter(pk=user.pk).values_list("is_active", "groups")) == [(True, None)]


def test_superuser_deletes_nobody(client, superuser):
    user = UserFactory()

    client.post(address("delete", user.pk))

    assert User.objects.filter(pk=user.pk).exists()
    assert address("delete", user.pk) not in client.get(address("edit", user.pk)).content.decode()


def test_list_of_people_costs_the_same_queries_for_one_and_for_twenty(client, superuser, django_assert_max_num_queries):
    client.get(address("index"))
    for _n in range(20):
        UserFactory(roles=[Role.BROKER])

    with django_assert_max_num_queries(12):
        response = client.get(address("index"))

    assert len(response.context["object_list"]) == 20
