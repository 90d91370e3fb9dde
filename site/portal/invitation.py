"""
Invitations: somebody is given a role, and a signed link to open an account with.

There is no row for an invitation. What was given says it all: a role at a school (`SchoolRole`), the place of a
system leader (`SystemLeader`), or, for roles in the alliance, the person (`User`). That is the link's subject.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.models import SchoolRole, SystemLeader, User
from alliance.roles import Role
from common.actions import Actor, Refusal
from outbox.actions.write_message import write_message
from portal.sign_in_addresses import has_account

INVITATION = "invitation"
LASTS = timedelta(days=14)


class PersonIsSwitchedOff(Refusal):
    """The account of the invited person was deactivated; only staff can switch it on again."""


class InvitesThemselves(Refusal):
    """People cannot invite themselves."""


class AccountIsOpen(Refusal):
    """The invited person has an account by now, so there is nothing left to accept."""


class InvitationIsOver(Refusal):
    """What the invitation gave was taken back or has ended."""


def person_to_invite(*, email: str, first_name: str, last_name: str, by: User) -> User:
    """
    Find the person with an address, or make one who cannot sign in yet. Part of an action.

    Names given to an address that nobody has proven yet are the inviter's, and a password chosen for it by whoever
    registered is forgotten. Raises `PersonIsSwitchedOff`, `InvitesThemselves` and `ValidationError`.
    """
    address = email.strip().lower()
    person = User.objects.select_for_update().filter(email__iexact=address).first() or User(email=address)
    if person == by:
        raise InvitesThemselves(_("This is your own e-mail address. You can only invite other people."))
    if not person.is_active:
        raise PersonIsSwitchedOff(_("The account with this e-mail address was closed. Ask the S2S lead to open it again."))
    if person.pk is None or not has_account(person):
        person.first_name, person.last_name = first_name, last_name
        person.set_unusable_password()
        person.full_clean()
        try:
            with transaction.atomic():
                person.save()
        except IntegrityError:  # invited by somebody else in the same moment
            person = User.objects.get(email__iexact=address)
    return person


def invited_person(subject: Any) -> User:
    """The person an invitation is for."""
    person: User = subject if isinstance(subject, User) else subject.user
    return person


def what_is_given(subject: Any) -> list[str]:
    """The roles an invitation gives, in words: `Deputy head, Oakfield Primary School`."""
    if isinstance(subject, SchoolRole):
        return [_("%(role)s, %(school)s") % {"role": subject.kind, "school": subject.school}]
    if isinstance(subject, SystemLeader):
        return [_("System leader, employed by %(school)s") % {"school": subject.supporting_school}]
    groups = {group.name for group in subject.groups.all()}
    return sorted(str(role.label) for role in Role if role.group_name in groups)


def invitation_stands(subject: Any, *, on: date) -> bool:
    """Whether what was given is still given, and its holder not switched off."""
    if subject is None or not invited_person(subject).is_active:
        return False
    if isinstance(subject, SchoolRole):
        return subject.is_verified and subject.declined_at is None and (subject.ends_on is None or subject.ends_on >= on)
    if isinstance(subject, SystemLeader):
        return subject.is_active
    return bool(what_is_given(subject))


def send_invitation(subject: Model, *, by: User, at: datetime) -> None:
    """Write the e-mail that invites, or that tells somebody with an account what they were given. Part of an action."""
    write_message(kind="invitation", about=subject, to=invited_person(subject), at=at, inviter=by.pk)


def check_invitation_is_open(subject: Any, *, at: datetime) -> None:
    """Raises `AccountIsOpen` once its holder has an account, `InvitationIsOver` when it was taken back."""
    if not invitation_stands(subject, on=timezone.localdate(at)):
        raise InvitationIsOver(_("This invitation was withdrawn."))
    if has_account(invited_person(subject)):
        raise AccountIsOpen(_("This person has an account already."))


def link_holder(person: User) -> Actor:
    return Actor.link_holder(str(person))
