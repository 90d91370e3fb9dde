"""The second step at sign-in: who must have one, and what stays open until it is set up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliance.roles import needs_second_factor
from common.access import PUBLIC, SIGNED_LINK
from portal.alliance_name import alliance_name

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# Besides views that declare themselves open to all: the sign-in itself, public pages and static files.
OPEN_MODULES = (
    "allauth.",
    "wagtail.views.",
    "django.views.i18n.",
    "django.views.static.",
    "django.contrib.staticfiles.",
    "django.contrib.sitemaps.",
)

View = Callable[..., HttpResponseBase]


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names the alliance in people's apps, and keeps the last second step of those who must have one."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy("Your role needs a second step. Set up another one before you remove this."),
        "incorrect_code": gettext_lazy("That is not the right code. Wait for the next one and try again."),
        "unverified_email": gettext_lazy("Confirm your e-mail address first."),
    }

    def get_totp_issuer(self) -> str:
        return alliance_name()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": alliance_name()}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user, type__in=SECOND_FACTORS).exclude(pk=authenticator.pk)
        return not must_have_second_factor(authenticator.user) or others.exists()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)d") % {"number": count + 1} if count else _("Passkey")


def must_have_second_factor(user: Any) -> bool:
    """Whether a role of the person asks for a second step, and this install enforces it (`MFA_REQUIRED`)."""
    return bool(settings.MFA_REQUIRED and needs_second_factor(user))


def has_second_factor(user: Any) -> bool:
    """Whether the person set up an app or a passkey. Recovery codes alone do not count."""
    return Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()


class SecondFactorMiddleware:
    """
    Lead people whose role needs a second step, and who have none yet, to where they set it up.

    Until then they get no further than any visitor. Who has one is asked for it by the sign-in itself, after a
    password as after a code by e-mail; a passkey that signs in alone is both steps at once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        if not settings.MFA_REQUIRED or _is_open_to_all(view):
            return None
        if not must_have_second_factor(request.user) or has_second_factor(request.user):
            return None
        messages.warning(
            request, _("Your role lets you see what others may not, so it needs a second step at sign-in. Set one up to go on.")
        )
        return redirect("mfa_index")


def _is_open_to_all(view: Any) -> bool:
    declared = [getattr(part, "access", None) for part in (view, getattr(view, "view_class", view))]
    return PUBLIC in declared or SIGNED_LINK in declared or f"{view.__module__}.".startswith(OPEN_MODULES)
