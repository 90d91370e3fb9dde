from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from alliance.models import User
from common.actions import By, action
from common.links import open_link, use_link
from portal.invitation import INVITATION, check_invitation_is_open, invited_person
from portal.sign_in_addresses import confirm_address


@action
def accept_invitation(*, token: str, first_name: str, last_name: str, password: str, by: By, at: datetime) -> User:
    """
    Open the account an invitation is for: its holder gives a name and chooses a password.

    The link came by e-mail, so the address counts as proven. The link is used up; of two people who use it at once,
    or of two invitations of one person, one opens the account. Raises `LinkRefused`, `AccountIsOpen`,
    `InvitationIsOver`, and `ValidationError` for a name or a password that will not do.
    """
    link = open_link(purpose=INVITATION, token=token, at=at)
    subject: Any = link.subject
    person = User.objects.select_for_update().get(pk=invited_person(subject).pk)
    check_invitation_is_open(subject, at=at)
    use_link(link=link)
    person.first_name, person.last_name = first_name, last_name
    _check_password(password, person)
    person.set_password(password)
    person.full_clean(exclude=["password"])
    person.save()
    confirm_address(person)
    return person


def _check_password(password: str, person: User) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
