"""The sign-in's forms: allauth's, in the house's words and look."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from website.forms import make_plain

PASSWORD_HELP = _("At least 12 characters. Three words that have nothing to do with each other make a good one.")
CODE_HELP = _("8 letters, from the e-mail we sent. Capitals and dashes do not matter.")
APP_CODE_HELP = _("6 digits from your app, or one of your recovery codes.")

WORDS: dict[str, tuple[Any, Any]] = {
    "login": (_("E-mail address"), ""),
    "email": (_("E-mail address"), ""),
    "password": (_("Password"), ""),
    "oldpassword": (_("Present password"), ""),
    "password1": (_("New password"), PASSWORD_HELP),
    "password2": (_("New password again"), ""),
    "code": (_("Code"), CODE_HELP),
    "name": (_("Name of the passkey"), _("For example “My phone”.")),
}
REQUIRED = {
    "login": _("Enter your e-mail address"),
    "email": _("Enter an e-mail address"),
    "password": _("Enter your password"),
    "oldpassword": _("Enter your present password"),
    "password1": _("Enter a password"),
    "password2": _("Enter the password again"),
    "code": _("Enter the code"),
    "first_name": _("Enter your first name"),
    "last_name": _("Enter your last name"),
}


class PlainAccountForm:
    """Mix in before a form of allauth's: plain labels and help, no placeholders, errors that say what to do."""

    words: dict[str, tuple[Any, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]  # a form is mixed in
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in REQUIRED:
                field.error_messages["required"] = REQUIRED[name]
            if words := self.words.get(name) or WORDS.get(name):
                field.label, field.help_text = words
        if "email" in fields:
            fields["email"].error_messages["invalid"] = _("Enter an e-mail address like name@example.org")
        make_plain(self)  # type: ignore[arg-type]  # a form is mixed in


class LoginForm(PlainAccountForm, account.LoginForm):
    pass


class SignupForm(PlainAccountForm, account.SignupForm):
    """For people who want to comment; nothing else comes with it (P3)."""

    words = {
        "password1": (_("Password"), PASSWORD_HELP),
        "email": (_("E-mail address"), _("We send a code to it, to see that it is yours. It is never shown.")),
    }
    field_order = ["first_name", "last_name", "email", "password1"]

    first_name = forms.CharField(
        label=_("First name"),
        max_length=100,
        help_text=_("Your name stands beside your comments."),
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(label=_("Last name"), max_length=100, widget=forms.TextInput({"autocomplete": "family-name"}))


class RequestLoginCodeForm(PlainAccountForm, account.RequestLoginCodeForm):
    pass


class ConfirmLoginCodeForm(PlainAccountForm, account.ConfirmLoginCodeForm):
    pass


class ConfirmEmailVerificationCodeForm(PlainAccountForm, account.ConfirmEmailVerificationCodeForm):
    pass


class ConfirmPasswordResetCodeForm(PlainAccountForm, account.ConfirmPasswordResetCodeForm):
    pass


class ResetPasswordForm(PlainAccountForm, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(PlainAccountForm, account.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(PlainAccountForm, account.ChangePasswordForm):
    pass


class SetPasswordForm(PlainAccountForm, account.SetPasswordForm):
    pass


class ReauthenticateForm(PlainAccountForm, account.ReauthenticateForm):
    pass


class AddEmailForm(PlainAccountForm, account.AddEmailForm):
    words = {"email": (_("New e-mail address"), _("We send a code to it. Until you enter the code, the old address stays."))}


class AuthenticateForm(PlainAccountForm, second_step.AuthenticateForm):
    words = {"code": (_("Code"), APP_CODE_HELP)}


class SecondStepReauthenticateForm(PlainAccountForm, second_step.ReauthenticateForm):
    words = {"code": (_("Code"), APP_CODE_HELP)}


class ActivateTOTPForm(PlainAccountForm, totp.ActivateTOTPForm):
    words = {"code": (_("Code"), _("6 digits, from your app."))}


class AddWebAuthnForm(PlainAccountForm, webauthn.AddWebAuthnForm):
    words = {
        "passwordless": (
            _("Sign in with this passkey alone, without a password"),
            _("Your device then asks for your fingerprint, your face or its PIN."),
        )
    }


class EditWebAuthnForm(PlainAccountForm, webauthn.EditWebAuthnForm):
    pass
