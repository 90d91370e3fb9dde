"""What the alliance holds on a person, for those who ask to see it, and how it is erased for those who ask for that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from alliance.models import User
from alliance.queries import leader_of
from common.models import SignedLink
from common.personal_data import ERASED, erase_actor, erase_in_history

Rows = list[dict[str, Any]]


def export_alliance_data(user: User) -> dict[str, Rows]:
    """Everything by what it is; dates and times are left as such."""
    leader = leader_of(user)
    return {
        "person": [_values(user, "email", "first_name", "last_name", "telephone", "language", "is_active", "date_joined", "last_login")],
        "earlier names and addresses": list(
            user.history.order_by("history_date").values("history_date", "email", "first_name", "last_name", "telephone")
        ),
        "alliance roles": list(user.groups.order_by("name").values("name")),
        "e-mail addresses": list(EmailAddress.objects.filter(user=user).order_by("email").values("email", "verified", "primary")),
        "roles at schools": list(
            user.school_roles.values(
                "school__urn", "school__name", "kind__name", "starts_on", "ends_on", "claimed_at", "verified_at", "declined_at"
            )
        ),
        "system leader": [
            _values(
                leader,
                "supporting_school_id",
                "phases",
                "working_style",
                "travel_limit_metres",
                "summary",
                "consents_to_listing_at",
                "is_active",
            )
        ]
        if leader
        else [],
        "designations": list(leader.designations.values("designation", "starts_on", "ends_on")) if leader else [],
        "declared interests": list(leader.interests.values("school__urn", "school__name", "reason", "declared_on")) if leader else [],
    }


def _values(instance: Model, *fields: str) -> dict[str, Any]:
    return {field: getattr(instance, field) for field in fields}


def erase_alliance_data(user: User, at: datetime) -> None:
    """
    Take names, addresses and telephone numbers out of live rows and history, and shut the account. The row stays.

    Runs after every other app has erased what it holds: they find it by the name and address that go here.
    """
    addresses = {
        user.email,
        *user.history.values_list("email", flat=True),
        *EmailAddress.objects.filter(user=user).values_list("email", flat=True),
    }
    names = {f"{first} {last}".strip() for first, last in user.history.values_list("first_name", "last_name")} | {user.get_full_name()}
    _end_roles(user, at)
    _erase_leader(user)
    _shut_account(user)
    erase_in_history(user, email=user.email, first_name="", last_name=ERASED, telephone="")
    erase_actor(user, addresses=addresses, names=names - {""})
    for instance in _named_after(user):
        kind = ContentType.objects.get_for_model(instance)
        ModelLogEntry.objects.filter(content_type=kind, object_id=str(instance.pk)).update(label=ERASED)
        SignedLink.objects.filter(subject_type=kind, subject_id=str(instance.pk), revoked_at=None).update(revoked_at=at)


def _end_roles(user: User, at: datetime) -> None:
    today = timezone.localdate(at)
    for role in user.school_roles.filter(ends_on=None):
        role.ends_on = max(today, role.starts_on)
        role.save()


def _erase_leader(user: User) -> None:
    leader = leader_of(user)
    if leader is None:
        return
    leader.working_style = leader.summary = ""
    leader.consents_to_listing_at, leader.is_active = None, False
    leader.save()
    erase_in_history(leader, working_style="", summary="")
    for interest in leader.interests.all():
        interest.reason = ERASED
        interest.save()
        erase_in_history(interest, reason=ERASED)


def _shut_account(user: User) -> None:
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    for profile in UserProfile.objects.filter(user=user):
        profile.avatar.delete(save=False)
        profile.delete()
    user.email = f"erased-{user.pk}@erased.invalid"
    user.first_name, user.last_name, user.telephone = "", ERASED, ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.save()
    user.groups.clear()


def _named_after(user: User) -> Iterator[Model]:
    """Records whose title in the admin's log is, or holds, the person's name."""
    yield user
    yield from user.school_roles.all()
    leader = leader_of(user)
    if leader:
        yield leader
        yield from leader.designations.all()
        yield from leader.interests.all()
