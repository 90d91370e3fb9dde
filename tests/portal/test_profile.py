"""One's own profile and the choice of e-mails."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from alliance.models import User
from alliance.roles import Role
from common.form_keys import new_form_key
from outbox.actions.choose_messages import choose_messages
from outbox.kinds import message_kinds
from outbox.models import MutedKind
from portal.actions.change_profile import change_profile
from tests.conftest import NOON
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

CHANGED = {"first_name": "Hana", "last_name": "Okafor", "telephone": "01234 567890", "language": "cy"}


def save(client: Client, **values: str) -> Any:
    return client.post("/account/profile/", {"form_key": new_form_key(), **CHANGED, **values})


def muted(user: User) -> set[str]:
    return set(MutedKind.objects.filter(user=user).values_list("kind", flat=True))


def test_the_profile_is_saved_with_its_history(client: Client) -> None:
    user = make_user()
    client.force_login(user)

    response = save(client)

    user.refresh_from_db()
    row = user.history.first()
    assert (response.url, {name: getattr(user, name) for name in CHANGED}) == ("/account/profile/", CHANGED)
    assert (row.first_name, row.history_user) == ("Hana", user)


@pytest.mark.parametrize(("field", "value"), [("first_name", ""), ("first_name", "x" * 101), ("telephone", "1" * 41), ("language", "xx")])
def test_a_profile_with_a_wrong_value_is_not_saved(client: Client, field: str, value: str) -> None:
    user = make_user()
    client.force_login(user)

    response = save(client, **{field: value})

    user.refresh_from_db()
    assert (response.status_code, list(response.context["form"].errors), user.first_name) == (200, [field], "Pat")


def test_the_profile_takes_neither_address_nor_roles(client: Client) -> None:
    user = make_user()
    email = user.email
    client.force_login(user)

    save(client, email="taken@example.org", is_superuser="1", is_staff="1", groups="1")

    user.refresh_from_db()
    assert (user.email, user.is_superuser, user.is_staff, user.groups.count()) == (email, False, False, 0)


def test_nobody_changes_anothers_profile() -> None:
    with pytest.raises(PermissionDenied):
        change_profile(user=make_user(), by=make_user(Role.S2S_LEAD), at=NOON, **CHANGED)


@pytest.mark.parametrize("address", ["/account/profile/", "/account/messages/", "/account/roles/", "/account/roles/claim/"])
def test_ones_own_pages_ask_to_sign_in(client: Client, address: str) -> None:
    response = client.get(address)

    assert (response.status_code, response.url) == (302, f"/account/login/?next={address}")


def mutable_for(user: User) -> set[str]:
    """The kinds that concern somebody and need not be sent."""
    return {kind.key for kind in message_kinds().values() if kind.can_be_muted and kind.relevant_to(user)}


def test_staff_are_asked_about_the_kinds_that_concern_them(client: Client) -> None:
    user = make_user(Role.BROKER)
    client.force_login(user)

    offered = {key for key, _label in client.get("/account/messages/").context["form"].fields["wanted"].choices}

    assert offered == mutable_for(user)
    assert "role_claimed" in offered
    assert "comment_waiting" not in offered
    assert "invitation" not in offered


def test_somebody_with_nothing_to_choose_is_told_so(client: Client) -> None:
    client.force_login(make_user())

    response = client.get("/account/messages/")

    assert (response.context["form"].fields["wanted"].choices, b"Nothing to choose" in response.content) == ([], True)


def test_what_is_not_ticked_is_not_sent(client: Client) -> None:
    user = make_user(Role.BROKER)
    client.force_login(user)

    client.post("/account/messages/", {"form_key": new_form_key(), "wanted": ["case_assigned"]})

    assert muted(user) == mutable_for(user) - {"case_assigned"}
    assert client.get("/account/messages/").context["form"].initial["wanted"] == ["case_assigned"]


def test_nothing_ticked_is_an_answer(client: Client) -> None:
    user = make_user(Role.BROKER)
    client.force_login(user)

    client.post("/account/messages/", {"form_key": new_form_key()})

    assert muted(user) == mutable_for(user)


def test_kinds_that_are_not_shown_stay_as_they_are(client: Client) -> None:
    user = make_user(Role.BROKER)
    choose_messages(user=user, wanted=set(), by=user, at=NOON)
    before = muted(user)
    user.groups.clear()
    client.force_login(User.objects.get(pk=user.pk))

    client.post("/account/messages/", {"form_key": new_form_key()})

    assert (before != set(), muted(user)) == (True, before)
