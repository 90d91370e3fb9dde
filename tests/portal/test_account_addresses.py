"""Whose address is proven: registering, changing the address, and accounts somebody else registered first."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

from alliance.models import User
from alliance.queries import live_school_roles
from alliance.roles import Role, user_roles
from cases.models import Case
from portal.people import is_commenter
from portal.sign_in_addresses import confirm_address, has_account
from tests.conftest import NOON
from tests.factories.cases import make_case
from tests.factories.people import PASSWORD, make_user
from tests.factories.portal import code_in, sign_in, signed_in_as

pytestmark = pytest.mark.django_db

REGISTRATION = {"first_name": "Nia", "last_name": "New", "email": "Nia@Example.org", "password1": "correct horse battery"}


def addresses(user: User) -> list[tuple[str, bool, bool]]:
    return list(EmailAddress.objects.filter(user=user).order_by("email").values_list("email", "verified", "primary"))


def register(client: Client, **values: str) -> User:
    client.post("/account/signup/", {**REGISTRATION, **values})
    return User.objects.get(email="nia@example.org")


def test_registering_takes_a_name_and_proves_the_address(client: Client) -> None:
    user = register(client)
    before = signed_in_as(client)

    response = client.post("/account/confirm-email/", {"code": code_in(mail.outbox[0])})

    assert (before, response.url, signed_in_as(client), str(user), addresses(user)) == (
        None,
        "/",
        user.pk,
        "Nia New",
        [("nia@example.org", True, True)],
    )


def test_registering_gives_nothing_but_an_account(client: Client) -> None:
    make_case()
    user = register(client)
    client.post("/account/confirm-email/", {"code": code_in(mail.outbox[0])})

    assert (user_roles(user), live_school_roles(user, NOON.date()), is_commenter(user, on=NOON.date())) == (frozenset(), [], True)
    assert list(Case.objects.visible_to(user, on=NOON.date())) == []
    assert [client.get(address).status_code for address in ("/portal/people/", "/portal/people/claims/", "/portal/people/invite/")] == [
        403,
        403,
        403,
    ]
    assert client.get("/admin/").status_code == 302


def test_the_registration_page_says_what_it_is_for(client: Client) -> None:
    content = client.get("/account/signup/").content.decode()

    assert "With an account you can comment on articles. That is all it opens by itself." in content
    assert "tell us what you are at your school" in content


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [("password1", "short", "too short"), ("email", "no address", "name@example.org"), ("first_name", "", "Enter your first name")],
)
def test_registering_says_what_is_wrong_beside_the_field(client: Client, field: str, value: str, error: str) -> None:
    response = client.post("/account/signup/", {**REGISTRATION, field: value})

    assert error in " ".join(response.context["form"].errors[field])
    assert User.objects.count() == 0


def test_a_password_chosen_by_another_stops_working_when_the_owner_signs_in_by_code() -> None:
    """Somebody registers with an address that is not theirs, and waits."""
    user = register(Client())
    owner = Client()
    owner.post("/account/login/code/", {"email": user.email})
    owner.post("/account/login/code/confirm/", {"code": code_in(mail.outbox[-1])})

    stranger = Client()
    sign_in(stranger, user, REGISTRATION["password1"])

    assert (signed_in_as(owner), signed_in_as(stranger)) == (user.pk, None)


def test_a_password_chosen_by_another_stops_working_when_the_owner_starts_to_choose_one() -> None:
    user = register(Client())
    owner = Client()
    owner.post("/account/password/reset/", {"email": user.email})
    owner.post("/account/password/reset/confirm/", {"code": code_in(mail.outbox[-1])})

    stranger = Client()
    sign_in(stranger, user, REGISTRATION["password1"])

    user.refresh_from_db()
    assert (user.has_usable_password(), signed_in_as(stranger)) == (False, None)


def test_ones_own_password_stays_when_the_address_is_proven_later_by_password() -> None:
    user = register(Client())
    EmailAddress.objects.filter(user=user).update(verified=False)
    later = Client()
    mail.outbox.clear()
    cache.clear()
    sign_in(later, user, REGISTRATION["password1"])
    later.post("/account/confirm-email/", {"code": code_in(mail.outbox[-1])})

    user.refresh_from_db()
    assert (signed_in_as(later), user.has_usable_password()) == (user.pk, True)


def change_address(client: Client, email: str) -> None:
    client.post("/account/email/", {"action_add": "", "email": email})


def test_changing_the_address_keeps_the_old_one_until_the_new_one_is_proven(client: Client) -> None:
    user = make_user()
    old = user.email
    sign_in(client, user)

    change_address(client, "Fresh@Example.org")
    user.refresh_from_db()
    before = (user.email, addresses(user))
    client.post("/account/confirm-email/", {"code": code_in(mail.outbox[-1])})
    user.refresh_from_db()

    assert before == (old, [(old, True, True)])
    assert (user.email, addresses(user)) == ("fresh@example.org", [("fresh@example.org", True, True)])
    assert old in [sent.to[0] for sent in mail.outbox if "address was changed" in sent.subject]
    assert user.history.first().email == "fresh@example.org"


def test_changing_the_address_asks_for_the_password_some_time_after_the_sign_in(client: Client, settings: Any) -> None:
    user = make_user()
    sign_in(client, user)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0

    response = client.post("/account/email/", {"action_add": "", "email": "fresh@example.org"})

    assert (response.url.partition("?")[0], mail.outbox) == ("/account/reauthenticate/", [])


def test_changing_the_address_leaves_the_password_alone(client: Client) -> None:
    user = make_user()
    sign_in(client, user)
    change_address(client, "fresh@example.org")
    client.post("/account/confirm-email/", {"code": code_in(mail.outbox[-1])})

    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_changing_the_address_to_somebody_elses_is_refused_to_all_but_its_owner(client: Client) -> None:
    other, user = make_user(), make_user()
    sign_in(client, user)

    change_address(client, other.email)
    client.post("/account/confirm-email/", {"code": code_in(mail.outbox[-1])})

    user.refresh_from_db()
    assert (user.email != other.email, addresses(other)) == (True, [(other.email, True, True)])


def test_an_address_changed_in_the_admin_no_longer_signs_in(client: Client) -> None:
    user = make_user(Role.FINANCE)
    old = user.email
    user.email = "moved@example.org"
    user.save()

    client.post("/account/login/", {"login": old, "password": PASSWORD})
    client.post("/account/login/code/", {"email": old})

    assert (signed_in_as(client), has_account(user), ["no account" in sent.subject for sent in mail.outbox]) == (None, False, [True])


def test_confirm_address_may_be_done_twice() -> None:
    user = make_user()

    confirm_address(user)

    assert addresses(user) == [(user.email, True, True)]
