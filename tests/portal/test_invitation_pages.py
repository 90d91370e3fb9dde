"""The page an invitation leads to, and the pages on which heads and staff bring people in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from alliance.models import School, SchoolRole, SchoolRoleKind, SystemLeader, User
from alliance.roles import Role
from common.form_keys import new_form_key
from common.links import make_link
from common.models import SignedLink
from outbox.delivery import deliver_due_messages
from portal.actions.invite_leader import invite_leader
from portal.actions.invite_to_alliance import invite_to_alliance
from portal.actions.invite_to_school import invite_to_school
from portal.actions.withdraw_invitation import withdraw_invitation
from portal.invitation import INVITATION
from portal.sign_in_addresses import confirm_address, has_account
from tests.factories.people import make_head, make_school, make_user
from tests.factories.portal import signed_in_as

pytestmark = pytest.mark.django_db

DORA = {"email": "dora@example.org", "first_name": "Dora", "last_name": "Deputy"}


def invited(school: School | None = None, key: str = "nominated-lead") -> SchoolRole:
    school = school or make_school()
    kind = SchoolRoleKind.objects.get(key=key)
    return invite_to_school(school=school, kind=kind, by=make_user(Role.BROKER), at=timezone.now(), **DORA)


def address_of(subject: Any) -> str:
    return f"/account/invitation/{make_link(purpose=INVITATION, subject=subject, at=timezone.now(), max_uses=1)}/"


def posted(**values: str) -> dict[str, str]:
    return {"form_key": new_form_key(), "first_name": "Dora", "last_name": "Deputy", **values}


# --- The page of the invited ----------------------------------------------------------------------


def test_looking_at_an_invitation_uses_nothing_up(client: Client) -> None:
    address = address_of(invited())

    answers = [client.get(address) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert (SignedLink.objects.get().uses, signed_in_as(client), b"dora@example.org" in answers[0].content) == (0, None, True)


def test_the_address_of_an_invitation_is_kept_from_caches_and_other_sites(client: Client) -> None:
    response = client.get(address_of(invited()))

    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in response.headers["Cache-Control"]


def test_accepting_signs_in_and_leads_to_the_portal(client: Client) -> None:
    role = invited()
    address = address_of(role)

    response = client.post(address, posted(password="correct horse battery"))

    assert (response.url, signed_in_as(client), has_account(role.user)) == ("/portal/", role.user_id, True)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"password": "short"}, "password"),
        ({"password": ""}, "password"),
        ({"password": "correct horse battery", "last_name": ""}, "last_name"),
    ],
)
def test_accepting_says_what_is_wrong_beside_the_field(client: Client, values: dict[str, str], field: str) -> None:
    role = invited()

    response = client.post(address_of(role), posted(**values))

    assert (response.status_code, list(response.context["form"].errors), has_account(role.user)) == (200, [field], False)


def test_accepting_twice_is_refused(client: Client) -> None:
    address = address_of(invited())
    Client().post(address, posted(password="correct horse battery"))

    response = client.post(address, posted(password="another long password"))

    assert (response.status_code, b"used already" in response.content, signed_in_as(client)) == (410, True, None)


def test_an_unknown_link_is_refused(client: Client) -> None:
    assert client.get("/account/invitation/unknown/").status_code == 410


def test_a_withdrawn_invitation_is_refused(client: Client) -> None:
    broker = make_user(Role.BROKER)
    role = invited()
    address = address_of(role)
    withdraw_invitation(subject=role, by=broker, at=timezone.now())

    assert (client.get(address).status_code, client.post(address, posted(password="correct horse battery")).status_code) == (410, 410)


def test_a_link_signs_nobody_in_who_has_an_account(client: Client) -> None:
    role = invited()
    confirm_address(role.user)
    address = address_of(role)

    shown = client.get(address)
    client.post(address, posted(password="correct horse battery"))

    role.user.refresh_from_db()
    assert (b"This link does not sign you in" in shown.content, signed_in_as(client), role.user.has_usable_password()) == (
        True,
        None,
        False,
    )


def test_a_link_opened_by_somebody_else_asks_to_sign_out_first(client: Client) -> None:
    role = invited()
    other = make_user()
    client.force_login(other)

    response = client.post(address_of(role), posted(password="correct horse battery"))

    assert (b"signed in as somebody else" in response.content, signed_in_as(client), has_account(role.user)) == (True, other.pk, False)


# --- People at your school ------------------------------------------------------------------------


def test_a_head_sees_the_people_of_their_school_and_no_other(client: Client) -> None:
    school = make_school()
    head = make_head(school)
    invited(school)
    make_head(make_school(), kind="nominated-lead")
    client.force_login(head)

    (place,) = client.get("/portal/people/").context["schools"]

    assert (place.school, [(str(colleague.role.user), colleague.is_invited, colleague.can_be_ended) for colleague in place.colleagues]) == (
        school,
        [(str(head), False, False), ("Dora Deputy", True, True)],
    )


def test_the_people_page_costs_the_same_queries_for_many(client: Client, django_assert_max_num_queries: Any) -> None:
    school = make_school()
    client.force_login(make_head(school))
    client.get("/portal/people/")
    for _ in range(20):
        make_head(school, kind="nominated-lead")

    with django_assert_max_num_queries(18):
        assert len(client.get("/portal/people/").context["schools"][0].colleagues) == 21


def test_a_head_invites_a_colleague(client: Client) -> None:
    school = make_school()
    client.force_login(make_head(school))
    kind = SchoolRoleKind.objects.get(key="nominated-lead")

    response = client.post(f"/portal/people/invite/school/{school.urn}/", {"form_key": new_form_key(), "kind": kind.pk, **DORA})

    role = SchoolRole.objects.get(user__email="dora@example.org")
    assert (response.url, role.school, role.kind, role.is_verified) == ("/portal/people/", school, kind, True)


def test_the_same_form_sent_twice_invites_once(client: Client) -> None:
    school = make_school()
    client.force_login(make_head(school))
    form = {"form_key": new_form_key(), "kind": SchoolRoleKind.objects.get(key="nominated-lead").pk, **DORA}

    for _ in range(2):
        client.post(f"/portal/people/invite/school/{school.urn}/", form)
    deliver_due_messages(timezone.now())

    assert (SchoolRole.objects.filter(user__email="dora@example.org").count(), len(mail.outbox)) == (1, 1)


def test_a_head_is_not_offered_the_heads_role_and_cannot_post_it(client: Client) -> None:
    school = make_school()
    client.force_login(make_head(school))
    head_kind = SchoolRoleKind.objects.get(key="head")

    offered = client.get(f"/portal/people/invite/school/{school.urn}/").context["form"].fields["kind"].queryset
    client.post(f"/portal/people/invite/school/{school.urn}/", {"form_key": new_form_key(), "kind": head_kind.pk, **DORA})

    assert (head_kind in offered, User.objects.filter(email="dora@example.org").exists()) == (False, False)


def test_another_school_is_not_there_for_a_head(client: Client) -> None:
    client.force_login(make_head(make_school()))
    other = make_school()
    colleague = make_head(other, kind="nominated-lead")
    waiting = invited(other)

    addresses = [
        f"/portal/people/invite/school/{other.urn}/",
        f"/portal/people/roles/{colleague.school_roles.get().pk}/end/",
        f"/portal/people/invitations/school/{waiting.pk}/withdraw/",
    ]
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    assert client.post(f"/portal/people/invitations/school/{waiting.pk}/resend/", {"form_key": new_form_key()}).status_code == 404


def test_a_head_ends_a_colleagues_role(client: Client) -> None:
    school = make_school()
    client.force_login(make_head(school))
    role = make_head(school, kind="nominated-lead").school_roles.get()
    day = timezone.localdate()

    parts = {"ends_on_day": day.day, "ends_on_month": day.month, "ends_on_year": day.year}
    response = client.post(f"/portal/people/roles/{role.pk}/end/", {"form_key": new_form_key(), **parts})

    role.refresh_from_db()
    assert (response.status_code, role.ends_on) == (302, day)


def test_there_is_no_page_to_end_ones_own_role(client: Client) -> None:
    head = make_head(make_school())
    client.force_login(head)

    assert client.get(f"/portal/people/roles/{head.school_roles.get().pk}/end/").status_code == 404


def test_a_role_does_not_end_in_the_past(client: Client) -> None:
    school = make_school()
    client.force_login(make_head(school))
    role = make_head(school, kind="nominated-lead").school_roles.get()

    parts = {"ends_on_day": 1, "ends_on_month": 1, "ends_on_year": 2025}
    response = client.post(f"/portal/people/roles/{role.pk}/end/", {"form_key": new_form_key(), **parts})

    role.refresh_from_db()
    assert (response.status_code, role.ends_on, "ends_on" in response.context["form"].errors) == (200, None, True)


def test_a_role_taken_away_closes_the_people_page_at_the_next_request(client: Client) -> None:
    school = make_school()
    head = make_head(school)
    client.force_login(head)
    before = client.get("/portal/people/").status_code
    role = head.school_roles.get()
    role.ends_on = timezone.localdate() - timedelta(days=1)
    role.save()

    assert (before, client.get("/portal/people/").status_code) == (200, 403)


# --- What staff do --------------------------------------------------------------------------------

STAFF_ONLY = [
    "/portal/people/invitations/",
    "/portal/people/invite/",
    "/portal/people/invite/school/",
    "/portal/people/invite/leader/",
    "/portal/people/claims/",
]


@pytest.mark.parametrize("address", STAFF_ONLY)
def test_staff_pages_are_for_staff(client: Client, address: str) -> None:
    answers = []
    for user in (make_user(Role.S2S_LEAD), make_user(Role.BROKER), make_user(Role.FINANCE), make_head(make_school()), make_user()):
        client.force_login(user)
        answers.append(client.get(address).status_code)

    assert answers == [200, 200, 403, 403, 403]


def test_the_alliances_roles_are_for_the_s2s_lead(client: Client) -> None:
    answers = []
    for user in (make_user(Role.S2S_LEAD), make_user(Role.BROKER)):
        client.force_login(user)
        answers.append(client.get("/portal/people/invite/alliance/").status_code)

    assert answers == [200, 403]


def test_staff_find_a_school_and_invite_its_head(client: Client) -> None:
    school = make_school(name="Oakfield Primary School")
    client.force_login(make_user(Role.BROKER))

    found = client.get("/portal/people/invite/school/?q=oakfield").context["found"]
    kind = SchoolRoleKind.objects.get(key="head")
    client.post(f"/portal/people/invite/school/{school.urn}/", {"form_key": new_form_key(), "kind": kind.pk, **DORA})

    assert (found, SchoolRole.objects.get(user__email="dora@example.org").kind) == ([school], kind)


def test_staff_invite_a_leader(client: Client) -> None:
    school = make_school()
    client.force_login(make_user(Role.BROKER))

    client.post(f"/portal/people/invite/leader/{school.urn}/", {"form_key": new_form_key(), "designation": "SLE", **DORA})

    leader = SystemLeader.objects.get()
    assert (leader.supporting_school, leader.designations.get().designation) == (school, "SLE")


def test_the_s2s_lead_invites_somebody_to_the_alliance(client: Client) -> None:
    client.force_login(make_user(Role.S2S_LEAD))

    client.post("/portal/people/invite/alliance/", {"form_key": new_form_key(), "roles": ["FINANCE", "EDITOR"], **DORA})

    assert set(User.objects.get(email="dora@example.org").groups.values_list("name", flat=True)) == {"Finance", "Editor"}


def test_open_invitations_list_whom_the_reader_may_manage(client: Client) -> None:
    lead, broker = make_user(Role.S2S_LEAD), make_user(Role.BROKER)
    invited()
    person = {"first_name": "Lee", "last_name": "Leader", "email": "lee@example.org", "at": timezone.now()}
    invite_leader(supporting_school=make_school(), designation=None, by=broker, **person)
    invite_to_alliance(roles=[Role.FINANCE], by=lead, **{**person, "last_name": "Money", "email": "money@example.org"})

    seen = {}
    for user in (lead, broker):
        client.force_login(user)
        listed = client.get("/portal/people/invitations/").context["invitations"]
        seen[user] = [(str(one.person), one.kind) for one in listed if one.person.last_name in ("Deputy", "Leader", "Money")]

    both = [("Dora Deputy", "school"), ("Lee Leader", "leader")]
    assert seen == {lead: [*both, ("Lee Money", "alliance")], broker: both}


def test_staff_send_an_invitation_again(client: Client) -> None:
    role = invited()
    client.force_login(make_user(Role.BROKER))

    client.post(f"/portal/people/invitations/school/{role.pk}/resend/", {"form_key": new_form_key()})
    deliver_due_messages(timezone.now())

    assert len(mail.outbox) == 2


def test_staff_withdraw_an_invitation_after_a_question(client: Client) -> None:
    role = invited()
    client.force_login(make_user(Role.BROKER))
    address = f"/portal/people/invitations/school/{role.pk}/withdraw/"

    asked = client.get(address)
    before = SchoolRole.objects.get(pk=role.pk).declined_at
    client.post(address, {"form_key": new_form_key()})

    role.refresh_from_db()
    assert (asked.status_code, before, role.declined_at is not None, role.verified_at) == (200, None, True, None)


@pytest.mark.parametrize(
    "address", ["/portal/people/invitations/nonsense/1/withdraw/", "/portal/people/invitations/school/999999/withdraw/"]
)
def test_an_invitation_that_is_none_is_not_there(client: Client, address: str) -> None:
    client.force_login(make_user(Role.BROKER))

    assert client.get(address).status_code == 404


def test_the_menu_leads_heads_and_staff_to_people(client: Client) -> None:
    led = []
    for user in (make_head(make_school()), make_user(Role.BROKER), make_user()):
        client.force_login(user)
        led.append('href="/portal/people/"' in client.get("/account/profile/").content.decode())

    assert led == [True, True, False]
