"""Verifying, declining, ending and giving roles at schools with the buttons of the admin."""

import pytest
from django.urls import reverse

from alliance.models import SchoolRole, SchoolRoleKind
from alliance.roles import Role
from tests.factories.alliance import SINCE, SchoolFactory, SchoolRoleFactory, SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db
NAMESPACE = "wagtailsnippets_alliance_schoolrole"


def address(page: str, *args) -> str:
    return reverse(f"{NAMESPACE}:{page}", args=args)


@pytest.fixture
def broker(client):
    user = UserFactory(roles=[Role.BROKER])
    client.force_login(user)
    return user


def buttons(client, role: SchoolRole) -> set[str]:
    content = client.get(address("inspect", role.pk)).content.decode()
    return {page for page in ("verify", "decline", "end", "edit") if address(page, role.pk) in content}


def given(role: SchoolRole, **changes) -> dict[str, str]:
    return {"user": role.user.pk, "school": role.school.pk, "kind": role.kind.pk, "starts_on": SINCE.isoformat(), "ends_on": "", **changes}


def test_verify_button_verifies(client, broker):
    role = SchoolRoleFactory()

    response = client.post(address("verify", role.pk), {"reason": "Rang the school"}, follow=True)

    role.refresh_from_db()
    assert (role.verified_by, role.history.latest("history_id").history_change_reason) == (broker, "Rang the school")
    assert f"The role was verified: {role}." in [str(message) for message in response.context["messages"]]


def test_decline_button_asks_for_a_reason(client, broker):
    role = SchoolRoleFactory()

    response = client.post(address("decline", role.pk), {"reason": " "})

    role.refresh_from_db()
    assert (response.status_code, response.context["form"].errors, role.state) == (
        200,
        {"reason": ["This field is required."]},
        "Claimed, waiting",
    )

    client.post(address("decline", role.pk), {"reason": "Not known there"})

    role.refresh_from_db()
    assert role.state == "Declined"


def test_end_button_gives_a_last_day(client, broker):
    role = SchoolRoleFactory(verified=True)

    client.post(address("end", role.pk), {"ends_on": "2026-12-31", "reason": ""})

    role.refresh_from_db()
    assert role.ends_on.isoformat() == "2026-12-31"


def test_button_says_why_it_was_refused(client, broker):
    role = SchoolRoleFactory(verified=True)

    response = client.post(address("verify", role.pk), {"reason": ""})

    assert response.context["form"].non_field_errors() == ["This claim has been decided already, so nothing was changed."]


@pytest.mark.parametrize(("verified", "offered"), [(False, {"verify", "decline", "end"}), (True, {"end"})])
def test_buttons_are_those_that_fit(client, broker, verified, offered):
    assert buttons(client, SchoolRoleFactory(verified=verified)) == offered


@pytest.mark.parametrize("page", ["verify", "decline", "end"])
@pytest.mark.parametrize("role_of_asker", [Role.FINANCE, Role.EDITOR, Role.REVIEWER])
def test_buttons_are_for_staff(client, role_of_asker, page):
    role = SchoolRoleFactory()
    client.force_login(UserFactory(roles=[role_of_asker]))

    client.post(address(page, role.pk), {"reason": "x", "ends_on": "2026-12-31"})

    role.refresh_from_db()
    assert (role.state, role.ends_on) == ("Claimed, waiting", None)


def test_giving_a_role_verifies_it_at_once(client, broker):
    user, school, kind = UserFactory(), SchoolFactory(), SchoolRoleKind.objects.get(key="head")

    client.post(address("add"), {"user": user.pk, "school": school.pk, "kind": kind.pk, "starts_on": SINCE.isoformat(), "ends_on": ""})

    role = SchoolRole.objects.get()
    assert (role.user, role.school, role.kind, role.verified_by, role.history.get().history_user) == (user, school, kind, broker, broker)


def test_giving_a_role_already_held_says_so(client, broker):
    held = SchoolRoleFactory()

    response = client.post(address("add"), given(held))

    assert response.status_code == 200
    assert f"{held.user} already has this role at {held.school}." in response.content.decode()
    assert SchoolRole.objects.count() == 1


def test_giving_a_role_checks_the_days(client, broker):
    held = SchoolRoleFactory()

    response = client.post(address("add"), given(held, ends_on="2020-01-01"))

    assert "The last day cannot be before the first day." in response.content.decode()
    assert SchoolRole.objects.count() == 1


@pytest.mark.parametrize("maker", [lambda: UserFactory(roles=[Role.S2S_LEAD]), SuperuserFactory])
def test_fields_are_not_edited_even_by_those_who_verify(client, maker):
    role = SchoolRoleFactory()
    client.force_login(maker())

    client.post(address("edit", role.pk), given(role, starts_on="2001-01-01"))

    role.refresh_from_db()
    assert role.starts_on == SINCE


@pytest.mark.parametrize(("state", "count"), [("claimed", 1), ("verified", 2), ("declined", 0), ("", 3)])
def test_list_is_filtered_by_state(client, broker, state, count):
    SchoolRoleFactory()
    SchoolRoleFactory(verified=True)
    SchoolRoleFactory(verified=True)

    response = client.get(address("list"), {"state": state})

    assert len(response.context["object_list"]) == count


def test_person_chooser_finds_people_for_staff_only(client, broker):
    UserFactory(first_name="Martha", last_name="Ellerthwaite", email="martha@example.org")
    UserFactory(first_name="Martha", last_name="Gone", is_active=False)
    results = reverse("person_chooser:choose_results")

    found = client.get(results, {"q": "martha"}).content.decode()
    client.force_login(UserFactory(roles=[Role.EDITOR]))
    refused = client.get(results, {"q": "martha"}).content.decode()

    assert ("Martha Ellerthwaite" in found, "Martha Gone" in found, "Martha" in refused) == (True, False, False)
