"""Accounts in a real browser: passkeys under the strict content security policy, and nothing axe objects to."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from alliance.models import SchoolRoleKind, User
from alliance.roles import Role
from common.links import make_link
from portal.actions.claim_role import claim_role
from portal.actions.invite_to_school import invite_to_school
from portal.invitation import INVITATION
from tests.browser import DESKTOP, NARROWEST, NewPage, overflows, violations
from tests.conftest import NOON
from tests.factories.people import PASSWORD, make_head, make_school, make_user
from tests.factories.portal import make_unproven_user

pytestmark = pytest.mark.browser


def add_device(page: Page) -> None:
    """A device that keeps passkeys and always recognises its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(page: Page, site: str, user: User) -> None:
    page.goto(f"{site}/account/login/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def add_passkey(page: Page, site: str) -> None:
    page.goto(f"{site}/account/2fa/webauthn/add/")
    page.get_by_label("Sign in with this passkey alone").check()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def sign_out(page: Page, site: str) -> None:
    page.goto(f"{site}/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()


def complaints(page: Page) -> list[tuple[int, object]]:
    """What axe finds on the page, wide and narrow; and whether it is wider than the screen."""
    found: list[tuple[int, object]] = []
    for width in (DESKTOP, NARROWEST):
        page.set_viewport_size({"width": width, "height": 900})
        found += [(width, violation) for violation in violations(page)]
        if overflows(page):
            found.append((width, "too wide"))
    return found


def test_a_passkey_is_added_and_signs_in_alone(new_page: NewPage, site: str) -> None:
    page, user = new_page(), make_user()
    add_device(page)
    sign_in(page, site, user)
    add_passkey(page, site)
    sign_out(page, site)

    page.goto(f"{site}/account/login/?next=/account/roles/")
    page.get_by_role("button", name="Use a passkey").click()

    page.wait_for_url(f"{site}/account/roles/")
    assert Authenticator.objects.get(user=user, type="webauthn").wrap().is_passwordless is True


def test_a_passkey_is_the_second_step_after_a_password(new_page: NewPage, site: str) -> None:
    page, user = new_page(), make_user()
    add_device(page)
    sign_in(page, site, user)
    add_passkey(page, site)
    sign_out(page, site)

    sign_in(page, site, user)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{site}/")
    page.goto(f"{site}/account/profile/")

    expect(page.get_by_label("First name")).to_have_value(user.first_name)


def test_a_passkey_does_not_open_a_closed_account(new_page: NewPage, site: str) -> None:
    page, user = new_page(), make_user()
    add_device(page)
    sign_in(page, site, user)
    add_passkey(page, site)
    sign_out(page, site)
    user.is_active = False
    user.save()

    page.goto(f"{site}/account/login/")
    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("heading", name="This account is closed")).to_be_visible()


def test_a_device_that_has_no_passkey_is_told_so(new_page: NewPage, site: str) -> None:
    page = new_page()
    page.goto(f"{site}/account/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('none')) }")

    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("That did not work")


@pytest.mark.parametrize("address", ["/account/login/", "/account/signup/", "/account/login/code/", "/account/password/reset/"])
def test_axe_finds_nothing_before_the_sign_in(new_page: NewPage, site: str, address: str) -> None:
    page = new_page()
    page.goto(site + address)
    clean = complaints(page)
    page.get_by_role("main").locator("form:not([data-passkey]) button").first.click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()

    assert (clean, complaints(page)) == ([], [])


def test_axe_finds_nothing_on_the_pages_of_ones_own_account(new_page: NewPage, site: str) -> None:
    page = new_page()
    sign_in(page, site, make_user())

    found = []
    for address in (
        "profile/",
        "messages/",
        "roles/",
        "roles/claim/",
        "email/",
        "password/change/",
        "2fa/",
        "2fa/totp/activate/",
        "2fa/webauthn/add/",
    ):
        page.goto(f"{site}/account/{address}")
        found += complaints(page)

    assert found == []


def test_axe_finds_nothing_where_people_are_brought_in(new_page: NewPage, site: str) -> None:
    school = make_school()
    head = make_head(school)
    invite_to_school(
        school=school,
        kind=SchoolRoleKind.objects.get(key="nominated-lead"),
        email="dora@example.org",
        first_name="Dora",
        last_name="Deputy",
        by=head,
        at=NOON,
    )
    page, found = new_page(), []
    sign_in(page, site, head)

    for address in ("", f"invite/school/{school.urn}/"):
        page.goto(f"{site}/portal/people/{address}")
        found += complaints(page)

    assert found == []


def test_axe_finds_nothing_where_staff_verify_and_invite(new_page: NewPage, site: str) -> None:
    user, school = make_user(), make_school()
    claim_role(user=user, school=school, kind=SchoolRoleKind.objects.get(key="head"), by=user, at=NOON)
    page, found = new_page(), []
    sign_in(page, site, make_user(Role.S2S_LEAD))

    for address in (
        "",
        "claims/",
        "invitations/",
        "invite/",
        "invite/school/?q=invented",
        f"invite/leader/{school.urn}/",
        "invite/alliance/",
    ):
        page.goto(f"{site}/portal/people/{address}")
        found += complaints(page)

    assert found == []


def test_axe_finds_nothing_on_an_invitation(new_page: NewPage, site: str) -> None:
    person = make_unproven_user(Role.FINANCE)
    token = make_link(purpose=INVITATION, subject=person, at=NOON)
    page = new_page()
    page.goto(f"{site}/account/invitation/{token}/")
    clean = complaints(page)
    page.get_by_role("button", name="Open my account").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    wrong = complaints(page)

    page.get_by_label("Choose a password").fill("correct horse battery")
    page.get_by_role("button", name="Open my account").click()

    page.wait_for_url(f"{site}/portal/")
    assert (clean, wrong) == ([], [])
