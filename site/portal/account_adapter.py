"""Sign-in through allauth: where people land, and the e-mails that hold its codes."""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.httpkit import authenticated_user
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from django.shortcuts import render, resolve_url
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from alliance.models import User
from portal.alliance_name import alliance_name
from portal.people import is_commenter

log = logging.getLogger("s2s.accounts")


class AccountAdapter(DefaultAccountAdapter):
    """The alliance's accounts: an address, a password or codes, and no user name."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not right. Check both and try again."),
        "too_many_login_attempts": _("That was tried too often. Wait five minutes, then try again."),
        "incorrect_code": _("That is not the code we sent. Check the latest e-mail and try again."),
        "incorrect_password": _("That is not your password. Check it and try again."),
        "enter_current_password": _("That is not your present password. Check it and try again."),
        "email_taken": _("Somebody already uses this e-mail address."),
        "same_as_current": _("This is already your e-mail address."),
        "duplicate_email": _("This is already your e-mail address."),
        "rate_limited": _("That was too quick. Wait a little, then try again."),
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Whoever only comments goes to the front page: there is nothing for them in the portal."""
        if is_commenter(authenticated_user(request), on=timezone.localdate()):
            return "/"
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("portal_profile")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Nobody is asked again for what they gave at the sign-in a moment ago."""
        request = self.request
        records = get_authentication_records(request, request.user) if request.user.is_authenticated else []
        just_signed_in = bool(records) and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not just_signed_in and super().is_reauthentication_required(app=app, **kwargs)

    def get_client_ip(self, request: HttpRequest) -> str:
        """
        The address attempts are counted by. A proxy that is set up wrongly stops nobody: such requests are counted together.
        """
        try:
            return super().get_client_ip(request)
        except (ImproperlyConfigured, PermissionDenied):
            log.warning("The address of a request is not known. PROXY_COUNT does not fit what is in front of this process.")
            return str(request.META.get("REMOTE_ADDR") or "unknown")

    def format_email_subject(self, subject: str) -> str:
        return " ".join(f"{alliance_name()}: {subject}".split())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """
        Send a sign-in mail at once, in its reader's language; links are built from the site's address, not the request's.

        It does not wait in the outbox: a code is no use later, and no stored message may hold one. When the mail
        server is down the person is told so.
        """
        person = User.objects.filter(email__iexact=email).first()
        with translation.override((person and person.language) or translation.get_language()):
            named = {**context, "request": self.request, "email": email, "alliance_name": alliance_name(), "site_url": settings.SITE_URL}
            mail = self.render_mail(template_prefix, email, named, headers={"Auto-Submitted": "auto-generated"})
        try:
            mail.send()
        except OSError as error:
            log.warning("A sign-in mail (%s) did not leave: %s", template_prefix, type(error).__name__)
            raise ImmediateHttpResponse(render(self.request, "account/mail_is_down.html", status=HTTPStatus.SERVICE_UNAVAILABLE)) from error

    def send_account_already_exists_mail(self, email: str) -> None:
        self.send_mail("account/email/account_already_exists", email, {})

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell of a change to an account. The change stands, whether or not its mail leaves."""
        with suppress(ImmediateHttpResponse):
            super().send_notification_mail(template_prefix, user, context, email)
