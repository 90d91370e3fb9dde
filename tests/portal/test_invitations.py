"""Inviting people: who may give what, the e-mail and its link, accepting once, sending again, withdrawing."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from alliance.actions.end_school_role import end_school_role
from alliance.enums import Designation
from alliance.models import School, SchoolRole, SchoolRoleKind, SystemLeader, User
from alliance.policies import RoleIsHeld
from alliance.queries import live_school_roles
from alliance.roles import Role, user_roles
from common.links import LinkRefused, make_link, open_link
from common.models import SignedLink
from outbox.delivery import deliver_due_messages
from outbox.models import OutboxMessage
from portal.actions.accept_invitation import accept_invitation
from portal.actions.invite_leader import IsLeaderAlready, invite_leader
from portal.actions.invite_to_alliance import HoldsRoleAlready, invite_to_alliance
from portal.actions.invite_to_school import invite_to_school
from portal.actions.resend_invitation import resend_invitation
from portal.actions.withdraw_invitation import withdraw_invitation
from portal.invitation import INVITATION, AccountIsOpen, InvitationIsOver, InvitesThemselves, PersonIsSwitchedOff, link_holder
from portal.sign_in_addresses import has_account
from tests.conftest import NOON
from tests.factories.people import make_head, make_school, make_user
from tests.factories.portal import make_unproven_user

pytestmark = pytest.mark.django_db

DORA: dict[str, Any] = {"email": "Dora@Example.org", "first_name": "Dora", "last_name": "Deputy", "at": NOON}
PASSWORD = "correct horse battery"


def kind(key: str) -> SchoolRoleKind:
    return SchoolRoleKind.objects.get(key=key)


def invite(school: School, by: User, key: str = "nominated-lead", **values: Any) -> SchoolRole:
    return invite_to_school(school=school, kind=kind(key), by=by, **{**DORA, **values})


def token_in(body: str) -> str:
    found = re.search(r"/account/invitation/([\w-]+)/", body)
    assert found, body
    return found[1]


def mailed_token(at: Any = NOON) -> str:
    """Let the waiting e-mails leave; the token of the last link."""
    deliver_due_messages(at)
    return token_in(str(mail.outbox[-1].body))


def accept(token: str, person: User, at: Any = NOON, **values: str) -> User:
    names = {"first_name": "Dora", "last_name": "Deputy", "password": PASSWORD, **values}
    return accept_invitation(token=token, by=link_holder(person), at=at, **names)


# --- Who may give what ----------------------------------------------------------------------------


def test_a_head_gives_a_colleague_a_verified_role() -> None:
    school = make_school()
    head = make_head(school)

    role = invite(school, head)

    assert (role.verified_by, role.verified_at, role.starts_on, str(role.user), role.user.email) == (
        head,
        NOON,
        NOON.date(),
        "Dora Deputy",
        "dora@example.org",
    )
    assert (role.user.has_usable_password(), has_account(role.user)) == (False, False)
    assert (role.history.get().history_user, role.user.history.first().history_user) == (head, head)


@pytest.mark.parametrize("key", ["head", "executive-head", "acting-head", "deputy-for-head"])
def test_a_head_makes_nobody_head(key: str) -> None:
    school = make_school()
    head = make_head(school)

    with pytest.raises(PermissionDenied):
        invite(school, head, key)

    assert not User.objects.filter(email="dora@example.org").exists()


@pytest.mark.parametrize(
    ("holds", "gives", "may"),
    [
        ("head", "nominated-lead", True),
        ("head", "chair-of-governors", True),
        ("acting-head", "business-manager", True),
        ("chair-of-governors", "chair-of-governors", True),
        ("chair-of-governors", "nominated-lead", False),  # a power the chair lacks
        ("nominated-lead", "nominated-lead", False),
        ("business-manager", "business-manager", False),
    ],
)
def test_only_who_speaks_for_the_school_gives_roles_and_no_power_they_lack(holds: str, gives: str, may: bool) -> None:
    school = make_school()
    inviter = make_head(school, kind=holds)

    try:
        invite(school, inviter, gives)
        given = True
    except PermissionDenied:
        given = False

    assert given is may


def test_a_head_gives_no_role_at_another_school() -> None:
    head = make_head(make_school())

    with pytest.raises(PermissionDenied):
        invite(make_school(), head)


@pytest.mark.parametrize("state", [{"verified": False}, {"ends_on": NOON.date() - timedelta(days=1)}])
def test_a_role_that_is_not_live_gives_nothing(state: dict[str, Any]) -> None:
    school = make_school()
    head = make_head(school, **state)

    with pytest.raises(PermissionDenied):
        invite(school, head)


def test_a_head_whose_account_is_closed_invites_nobody() -> None:
    school = make_school()
    head = make_head(school)
    head.is_active = False

    with pytest.raises(PermissionDenied):
        invite(school, head)


@pytest.mark.parametrize("role", list(Role))
def test_only_alliance_staff_invite_heads_and_leaders(role: Role) -> None:
    school, user = make_school(), make_user(role)
    may = role in (Role.S2S_LEAD, Role.BROKER)

    outcomes = []
    for act in (
        lambda: invite(school, user, "head"),
        lambda: invite_leader(supporting_school=school, designation=Designation.SLE, by=user, **{**DORA, "email": "lee@example.org"}),
    ):
        try:
            act()
            outcomes.append(True)
        except PermissionDenied:
            outcomes.append(False)

    assert outcomes == [may, may]


@pytest.mark.parametrize("role", list(Role))
def test_only_the_s2s_lead_fills_roles_in_the_alliance(role: Role) -> None:
    user = make_user(role)

    try:
        invite_to_alliance(roles=[Role.FINANCE], by=user, **DORA)
        given = True
    except PermissionDenied:
        given = False

    assert given is (role == Role.S2S_LEAD)


def test_a_leader_is_listed_with_school_and_designation() -> None:
    school = make_school()

    leader = invite_leader(supporting_school=school, designation=Designation.NLE, by=make_user(Role.BROKER), **DORA)

    designations = [(held.designation, held.starts_on) for held in leader.designations.all()]
    assert (leader.supporting_school, leader.user.email, designations) == (school, "dora@example.org", [("NLE", NOON.date())])


def test_a_leader_may_hold_no_designation() -> None:
    leader = invite_leader(supporting_school=make_school(), designation=None, by=make_user(Role.BROKER), **DORA)

    assert list(leader.designations.all()) == []


def test_nobody_is_listed_as_a_leader_twice() -> None:
    broker, school = make_user(Role.BROKER), make_school()
    invite_leader(supporting_school=school, designation=None, by=broker, **DORA)

    with pytest.raises(IsLeaderAlready):
        invite_leader(supporting_school=school, designation=None, by=broker, **DORA)

    assert SystemLeader.objects.count() == 1


def test_alliance_roles_are_given_at_once_and_the_history_says_by_whom() -> None:
    lead = make_user(Role.S2S_LEAD)

    person = invite_to_alliance(roles=[Role.FINANCE, Role.EDITOR], by=lead, **DORA)

    row = person.history.first()
    assert user_roles(User.objects.get(pk=person.pk)) == {Role.FINANCE, Role.EDITOR}
    assert (row.history_user, {held.group.name for held in row.groups.all()}) == (lead, {"Finance", "Editor"})


def test_alliance_roles_held_already_are_refused() -> None:
    lead, person = make_user(Role.S2S_LEAD), make_user(Role.FINANCE)

    with pytest.raises(HoldsRoleAlready):
        invite_to_alliance(roles=[Role.FINANCE], by=lead, **{**DORA, "email": person.email})


def test_a_role_held_already_is_refused() -> None:
    school = make_school()
    head = make_head(school)
    invite(school, head)

    with pytest.raises(RoleIsHeld):
        invite(school, head)


def test_nobody_invites_themselves() -> None:
    school = make_school()
    head = make_head(school)

    with pytest.raises(InvitesThemselves):
        invite(school, head, email=head.email.upper())


def test_a_closed_account_is_not_invited() -> None:
    school = make_school()
    closed = make_user(is_active=False)

    with pytest.raises(PersonIsSwitchedOff):
        invite(school, make_head(school), email=closed.email)


@pytest.mark.parametrize("email", ["", "no address", "a@b\nBcc: c@d"])
def test_an_address_that_is_none_is_refused(email: str) -> None:
    school = make_school()

    with pytest.raises(ValidationError):
        invite(school, make_head(school), email=email)


# --- The e-mail -----------------------------------------------------------------------------------


def test_the_invitation_waits_in_the_outbox_without_a_link() -> None:
    school = make_school()
    head = make_head(school)

    role = invite(school, head)

    message = OutboxMessage.objects.get()
    assert (message.kind, message.about, message.recipient, message.details, SignedLink.objects.count()) == (
        "invitation",
        role,
        role.user,
        {"inviter": head.pk},
        0,
    )


def test_the_invitation_says_who_invites_to_what_with_a_link_for_14_days(settings: Any) -> None:
    settings.SITE_URL = "https://alliance.example.org"
    school = make_school()
    head = make_head(school)
    role = invite(school, head)

    token = mailed_token()

    body = str(mail.outbox[0].body)
    link = open_link(purpose=INVITATION, token=token, at=NOON)
    assert (link.subject, link.expires_at, link.max_uses) == (role, NOON + timedelta(days=14), 1)
    assert f"https://alliance.example.org/account/invitation/{token}/" in body
    assert f"{head} has added you" in body
    assert f"Nominated lead, {school}" in body


def test_somebody_with_an_account_gets_the_role_and_no_link_that_signs_in() -> None:
    school, person = make_school(), make_user()

    invite(school, make_head(school), email=person.email)
    deliver_due_messages(NOON)

    assert [role.school for role in live_school_roles(person, NOON.date())] == [school]
    assert (SignedLink.objects.count(), "/account/login/" in mail.outbox[0].body, "you have a new role" in mail.outbox[0].subject) == (
        0,
        True,
        True,
    )


def test_the_name_and_password_of_somebody_with_an_account_stay() -> None:
    school, person = make_school(), make_user()

    invite(school, make_head(school), email=person.email)

    person.refresh_from_db()
    assert (person.first_name, person.has_usable_password()) == ("Pat", True)


def test_the_password_of_somebody_who_never_proved_the_address_is_forgotten() -> None:
    """Somebody else registered with the address before its owner was invited."""
    school, squatted = make_school(), make_unproven_user()

    invite(school, make_head(school), email=squatted.email)

    squatted.refresh_from_db()
    assert (squatted.first_name, squatted.has_usable_password()) == ("Dora", False)


# --- Accepting ------------------------------------------------------------------------------------


def test_accepting_opens_the_account_and_proves_the_address() -> None:
    school = make_school()
    role = invite(school, make_head(school))

    person = accept(mailed_token(), role.user, first_name="Dorothea")

    person.refresh_from_db()
    assert (str(person), person.check_password(PASSWORD), has_account(person)) == ("Dorothea Deputy", True, True)
    assert person.history.first().history_actor == "Dora Deputy (by private link)"


def test_a_link_opens_one_account_once() -> None:
    school = make_school()
    role = invite(school, make_head(school))
    token = mailed_token()
    accept(token, role.user)

    with pytest.raises(LinkRefused):
        accept(token, role.user, password="another long password")

    role.user.refresh_from_db()
    assert role.user.check_password(PASSWORD)


def test_a_link_opens_nothing_after_14_days() -> None:
    school = make_school()
    role = invite(school, make_head(school))
    token = mailed_token()

    with pytest.raises(LinkRefused):
        accept(token, role.user, at=NOON + timedelta(days=14))

    assert not has_account(role.user)


@pytest.mark.parametrize("password", ["short", "1234567890123", "dora@example.org"])
def test_a_password_that_will_not_do_leaves_the_link_good(password: str) -> None:
    school = make_school()
    role = invite(school, make_head(school))
    token = mailed_token()

    with pytest.raises(ValidationError) as refused:
        accept(token, role.user, password=password)

    assert list(refused.value.error_dict) == ["password"]
    assert has_account(accept(token, role.user))


def test_of_two_invitations_of_one_person_one_opens_the_account() -> None:
    broker, school = make_user(Role.BROKER), make_school()
    role = invite(school, broker, "head")
    first = mailed_token()
    invite_leader(supporting_school=school, designation=None, by=broker, **DORA)
    second = mailed_token()
    accept(first, role.user)

    with pytest.raises(AccountIsOpen):
        accept(second, role.user, password="another long password")


def test_a_link_of_another_purpose_opens_no_account() -> None:
    school = make_school()
    role = invite(school, make_head(school))
    token = mailed_token()
    SignedLink.objects.update(purpose="follow")

    with pytest.raises(LinkRefused):
        accept(token, role.user)


def test_a_link_opens_nothing_when_the_account_was_closed() -> None:
    school = make_school()
    role = invite(school, make_head(school))
    token = mailed_token()
    User.objects.filter(pk=role.user.pk).update(is_active=False)

    with pytest.raises(InvitationIsOver):
        accept(token, role.user)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_opens_the_account() -> None:
    person = invite_to_alliance(roles=[Role.FINANCE], by=make_user(Role.S2S_LEAD), **DORA)
    token = make_link(purpose=INVITATION, subject=person, at=NOON, max_uses=1)
    barrier = Barrier(2)

    def race(password: str) -> str:
        barrier.wait()
        try:
            accept(token, person, password=password)
        except (LinkRefused, AccountIsOpen):
            return "refused"
        else:
            return password
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(race, ["the first password", "the second password"]))

    won = [outcome for outcome in outcomes if outcome != "refused"]
    person.refresh_from_db()
    assert (len(won), person.check_password(won[0])) == (1, True)


# --- Again, and back ------------------------------------------------------------------------------


def test_sending_again_makes_a_fresh_link_and_the_old_one_stops() -> None:
    school = make_school()
    head = make_head(school)
    role = invite(school, head)
    old = mailed_token()

    resend_invitation(subject=role, by=head, at=NOON)
    new = mailed_token()

    with pytest.raises(LinkRefused):
        accept(old, role.user)
    assert has_account(accept(new, role.user))


def test_sending_again_is_refused_once_the_account_is_open() -> None:
    school = make_school()
    head = make_head(school)
    role = invite(school, head)
    accept(mailed_token(), role.user)

    with pytest.raises(AccountIsOpen):
        resend_invitation(subject=role, by=head, at=NOON)


def test_withdrawing_takes_the_role_back_at_once_and_the_link_with_it() -> None:
    school = make_school()
    head = make_head(school)
    role = invite(school, head)
    token = mailed_token()

    withdraw_invitation(subject=role, by=head, at=NOON)

    assert live_school_roles(role.user, NOON.date()) == []
    with pytest.raises(LinkRefused):
        accept(token, role.user)


def test_withdrawing_before_the_mail_left_stops_it() -> None:
    school = make_school()
    head = make_head(school)
    role = invite(school, head)

    withdraw_invitation(subject=role, by=head, at=NOON)
    deliver_due_messages(NOON)

    assert (mail.outbox, OutboxMessage.objects.get().given_up_at) == ([], NOON)


def test_withdrawing_takes_a_leader_off_the_list() -> None:
    broker = make_user(Role.BROKER)
    leader = invite_leader(supporting_school=make_school(), designation=None, by=broker, **DORA)

    withdraw_invitation(subject=leader, by=broker, at=NOON)

    leader.refresh_from_db()
    assert leader.is_active is False


def test_withdrawing_takes_the_alliance_roles_back() -> None:
    lead = make_user(Role.S2S_LEAD)
    person = invite_to_alliance(roles=[Role.FINANCE], by=lead, **DORA)

    withdraw_invitation(subject=person, by=lead, at=NOON)

    assert user_roles(User.objects.get(pk=person.pk)) == frozenset()


def test_withdrawing_is_refused_once_the_account_is_open() -> None:
    school = make_school()
    head = make_head(school)
    role = invite(school, head)
    accept(mailed_token(), role.user)

    with pytest.raises(AccountIsOpen):
        withdraw_invitation(subject=role, by=head, at=NOON)


@pytest.mark.parametrize("act", [resend_invitation, withdraw_invitation])
def test_invitations_of_another_school_are_nobodys_business(act: Any) -> None:
    school = make_school()
    role = invite(school, make_head(school))

    with pytest.raises(PermissionDenied):
        act(subject=role, by=make_head(make_school()), at=NOON)


@pytest.mark.parametrize("act", [resend_invitation, withdraw_invitation])
def test_a_broker_leaves_alliance_roles_alone(act: Any) -> None:
    person = invite_to_alliance(roles=[Role.FINANCE], by=make_user(Role.S2S_LEAD), **DORA)

    with pytest.raises(PermissionDenied):
        act(subject=person, by=make_user(Role.BROKER), at=NOON)


# --- Ending ---------------------------------------------------------------------------------------


def test_a_head_ends_a_colleagues_role_with_a_date() -> None:
    school = make_school()
    head, colleague = make_head(school), make_head(school, kind="nominated-lead")
    role = colleague.school_roles.get()

    end_school_role(role=role, ends_on=date(2026, 12, 18), by=head, at=NOON, reason="Leaves at Christmas")

    assert [bool(live_school_roles(colleague, day)) for day in (date(2026, 12, 18), date(2026, 12, 19))] == [True, False]
    assert role.history.first().history_change_reason == "Leaves at Christmas"


@pytest.mark.parametrize("whose", ["the head's", "another school's"])
def test_a_head_ends_no_other_role(whose: str) -> None:
    school = make_school()
    head, other_head, stranger = make_head(school), make_head(school, kind="acting-head"), make_head(make_school(), kind="nominated-lead")
    role = {"the head's": other_head, "another school's": stranger}[whose].school_roles.get()

    with pytest.raises(PermissionDenied):
        end_school_role(role=role, ends_on=NOON.date(), by=head, at=NOON)
