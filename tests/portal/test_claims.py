"""Claimed roles: saying what one is at a school, and what the alliance does with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliance.actions.decline_school_role import decline_school_role
from alliance.actions.verify_school_role import verify_school_role
from alliance.models import School, SchoolRole, SchoolRoleKind, User
from alliance.policies import RoleIsDecided, RoleIsHeld
from alliance.queries import live_school_roles, schools_of
from alliance.roles import Role
from cases.models import Case, Turn
from common.form_keys import new_form_key
from outbox.delivery import deliver_due_messages
from outbox.models import OutboxMessage
from portal.actions.claim_role import MOST_OPEN_CLAIMS, TooManyClaims, claim_role
from tests.conftest import NOON
from tests.factories.cases import make_case
from tests.factories.people import make_head, make_school, make_user

pytestmark = pytest.mark.django_db


def claim(user: User, school: School, key: str = "head") -> SchoolRole:
    return claim_role(user=user, school=school, kind=SchoolRoleKind.objects.get(key=key), by=user, at=NOON)


def messages() -> list[tuple[str, User | None]]:
    return [(message.kind, message.recipient) for message in OutboxMessage.objects.filter(kind__contains="claim").order_by("pk")]


def test_a_claim_waits_and_every_s2s_lead_is_told() -> None:
    lead, _broker, user, school = make_user(Role.S2S_LEAD), make_user(Role.BROKER), make_user(), make_school()

    role = claim(user, school)

    assert (role.is_verified, role.starts_on, role.claimed_at, messages()) == (False, NOON.date(), NOON, [("role_claimed", lead)])


def test_a_claim_opens_nothing(client: Client) -> None:
    school, user = make_school(), make_user()
    case = make_case(school)
    claim(user, school)
    client.force_login(user)

    today = NOON.date()
    assert (live_school_roles(user, today), schools_of(user, today)) == ([], [])
    assert (list(Case.objects.visible_to(user, on=today)), list(Turn.objects.of(user, on=today))) == ([], [])
    assert [
        client.get(address).status_code
        for address in (f"/portal/cases/{case.reference}/", "/portal/people/", f"/portal/people/invite/school/{school.urn}/")
    ] == [404, 403, 403]
    assert case.reference not in client.get("/portal/").content.decode()


def test_nobody_claims_for_another() -> None:
    with pytest.raises(PermissionDenied):
        claim_role(user=make_user(), school=make_school(), kind=SchoolRoleKind.objects.get(key="head"), by=make_user(), at=NOON)


def test_a_role_is_claimed_once() -> None:
    user, school = make_user(), make_school()
    claim(user, school)

    with pytest.raises(RoleIsHeld):
        claim(user, school)


def test_only_so_many_claims_wait() -> None:
    user = make_user()
    for _ in range(MOST_OPEN_CLAIMS):
        claim(user, make_school())

    with pytest.raises(TooManyClaims):
        claim(user, make_school())


def test_verifying_opens_the_role_and_tells_its_holder() -> None:
    broker, user, school = make_user(Role.BROKER), make_user(), make_school()
    role = claim(user, school)

    verify_school_role(role=role, by=broker, at=NOON)

    assert ([held.school for held in live_school_roles(user, NOON.date())], messages()) == ([school], [("claim_verified", user)])


def test_declining_keeps_the_reason_and_tells_its_holder_without_it() -> None:
    broker, user, school = make_user(Role.BROKER), make_user(), make_school()
    role = claim(user, school)

    decline_school_role(role=role, by=broker, at=NOON, reason="The school does not know them")
    deliver_due_messages(NOON)

    assert (live_school_roles(user, NOON.date()), role.history.first().history_change_reason) == ([], "The school does not know them")
    assert (messages()[-1], "does not know them" in mail.outbox[-1].body) == (("claim_declined", user), False)


@pytest.mark.parametrize("decider", ["claimant", "head of the school", Role.FINANCE, Role.REVIEWER])
def test_only_alliance_staff_decide(decider: str | Role) -> None:
    user, school = make_user(), make_school()
    role = claim(user, school)
    by = {"claimant": user, "head of the school": make_head(school)}.get(decider) or make_user(Role(decider))

    for act in (lambda: verify_school_role(role=role, by=by, at=NOON), lambda: decline_school_role(role=role, by=by, at=NOON, reason="No")):
        with pytest.raises(PermissionDenied):
            act()

    role.refresh_from_db()
    assert (role.verified_at, role.declined_at) == (None, None)


def test_a_claim_is_decided_once() -> None:
    broker, role = make_user(Role.BROKER), claim(make_user(), make_school())
    verify_school_role(role=role, by=broker, at=NOON)

    with pytest.raises(RoleIsDecided):
        decline_school_role(role=role, by=broker, at=NOON, reason="No")


def test_a_role_that_ends_closes_what_it_opened_at_the_next_request(client: Client) -> None:
    school = make_school()
    case = make_case(school)
    head = make_head(school)
    client.force_login(head)
    before = client.get(f"/portal/cases/{case.reference}/").status_code
    role = head.school_roles.get()
    role.ends_on = timezone.localdate() - timedelta(days=1)
    role.save()

    assert (before, client.get(f"/portal/cases/{case.reference}/").status_code) == (200, 404)


# --- The pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["oakfield", "OAKFIELD primary", "Otterbeck oak", "ZZ1 oakfield", "990123"])
def test_a_school_is_found_by_name_town_postcode_or_urn(client: Client, text: str) -> None:
    school = make_school(name="Oakfield Primary School", urn="990123")
    make_school(name="Elm Lane Academy")
    client.force_login(make_user())

    response = client.get("/account/roles/claim/", {"q": text})

    assert (response.context["found"], f'href="/account/roles/claim/{school.urn}/"' in response.content.decode()) == ([school], True)


def test_a_search_that_finds_nothing_says_so(client: Client) -> None:
    client.force_login(make_user())

    content = client.get("/account/roles/claim/", {"q": "<b>nowhere</b>"}).content.decode()

    assert "We found no open school for “&lt;b&gt;nowhere&lt;/b&gt;”" in content


def test_a_search_for_nothing_is_an_error(client: Client) -> None:
    client.force_login(make_user())

    assert b"Enter a part of the school" in client.get("/account/roles/claim/", {"q": " "}).content


def test_a_search_shows_the_first_twenty(client: Client) -> None:
    for number in range(21):
        make_school(name=f"Oak School {number:02}")
    client.force_login(make_user())

    context = client.get("/account/roles/claim/", {"q": "oak"}).context

    assert (len(context["found"]), context["there_are_more"]) == (20, True)


def test_claiming_in_the_browser(client: Client) -> None:
    school, user = make_school(), make_user()
    client.force_login(user)

    response = client.post(
        f"/account/roles/claim/{school.urn}/", {"form_key": new_form_key(), "kind": SchoolRoleKind.objects.get(key="head").pk}, follow=True
    )

    assert (user.school_roles.get().is_verified, "We are checking it" in response.content.decode()) == (False, True)


def test_claiming_a_closed_school_is_not_possible(client: Client) -> None:
    client.force_login(make_user())

    assert client.get(f"/account/roles/claim/{make_school(status='CLOSED').urn}/").status_code == 404


def test_staff_verify_in_the_browser(client: Client) -> None:
    user, school = make_user(), make_school()
    role = claim(user, school)
    client.force_login(make_user(Role.BROKER))

    shown = client.get("/portal/people/claims/").content.decode()
    client.post(f"/portal/people/claims/{role.pk}/verify/", {"form_key": new_form_key()})

    role.refresh_from_db()
    assert (user.email in shown, role.is_verified) == (True, True)


def test_staff_decline_in_the_browser_with_a_reason(client: Client) -> None:
    role = claim(make_user(), make_school())
    client.force_login(make_user(Role.BROKER))
    address = f"/portal/people/claims/{role.pk}/decline/"

    without = client.post(address, {"form_key": new_form_key(), "reason": ""})
    client.post(address, {"form_key": new_form_key(), "reason": "Not known"})

    role.refresh_from_db()
    assert (without.status_code, role.declined_at is not None, role.history.first().history_change_reason) == (200, True, "Not known")


def test_verifying_needs_a_post(client: Client) -> None:
    role = claim(make_user(), make_school())
    client.force_login(make_user(Role.BROKER))

    assert client.get(f"/portal/people/claims/{role.pk}/verify/").status_code == 405


def test_nobody_sees_the_claims_of_others(client: Client) -> None:
    school = make_school(name="Canary School")
    claim(make_user(), school)
    client.force_login(make_user())

    assert "Canary School" not in client.get("/account/roles/").content.decode()


def test_buttons_of_the_admin_write_to_the_claimant_too(client):
    user = make_user()
    verified, declined = claim(user, make_school()), claim(user, make_school())
    client.force_login(make_user(Role.BROKER))

    client.post(reverse("wagtailsnippets_alliance_schoolrole:verify", args=[verified.pk]), {"reason": ""})
    client.post(reverse("wagtailsnippets_alliance_schoolrole:decline", args=[declined.pk]), {"reason": "Not known there"})

    assert messages() == [("claim_verified", user), ("claim_declined", user)]


def test_the_reason_for_declining_a_claim_decided_meanwhile_comes_back(client: Client) -> None:
    broker, role = make_user(Role.BROKER), claim(make_user(), make_school())
    verify_school_role(role=role, by=broker, at=NOON)
    client.force_login(broker)

    response = client.post(f"/portal/people/claims/{role.pk}/decline/", {"form_key": new_form_key(), "reason": "Nobody knows her"})

    page = response.content.decode()
    assert ("This claim has been decided already" in page, "Nobody knows her</textarea>" in page) == (True, True)
