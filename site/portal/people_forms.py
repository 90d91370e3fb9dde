"""Forms about people: inviting them, claiming a role, one's own profile and messages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.enums import Designation
from alliance.models import SchoolRole, SchoolRoleKind, User
from alliance.roles import Role
from cases.forms import OnceForm
from outbox.kinds import MessageKind
from portal.account_forms import PASSWORD_HELP
from website.forms import DayMonthYearField, PlainForm, PlainFormMixin


class SchoolSearchForm(PlainForm):
    q = forms.CharField(
        label=_("School"),
        help_text=_("Its name, town, postcode or URN."),
        max_length=100,
        error_messages={"required": _("Enter a part of the school’s name, its town or its URN")},
    )


class NameForm(PlainFormMixin, OnceForm):
    first_name = forms.CharField(label=_("First name"), max_length=100, error_messages={"required": _("Enter a first name")})
    last_name = forms.CharField(label=_("Last name"), max_length=100, error_messages={"required": _("Enter a last name")})


class InviteForm(NameForm):
    """Whom to invite."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Their own address at work. Whoever reads its e-mails can open the account."),
        max_length=254,
        error_messages={"required": _("Enter an e-mail address"), "invalid": _("Enter an e-mail address like name@example.org")},
    )


class InviteToSchoolForm(InviteForm):
    kind = forms.ModelChoiceField(
        label=_("Role at the school"),
        queryset=SchoolRoleKind.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose a role")},
    )

    def __init__(self, *args: Any, kinds: Iterable[SchoolRoleKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = SchoolRoleKind.objects.filter(pk__in=[kind.pk for kind in kinds])  # type: ignore[attr-defined]  # a ModelChoiceField


class InviteLeaderForm(InviteForm):
    designation = forms.ChoiceField(
        label=_("Designation"),
        choices=[("", _("None")), *Designation.choices],
        widget=forms.RadioSelect,
        required=False,
        help_text=_("It counts from today."),
    )


class InviteToAllianceForm(InviteForm):
    roles = forms.MultipleChoiceField(
        label=_("Roles in the alliance"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role")},
    )


class AcceptInvitationForm(NameForm):
    """What an invited person gives to open their account."""

    password = forms.CharField(
        label=_("Choose a password"),
        help_text=PASSWORD_HELP,
        strip=False,
        max_length=256,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password")},
    )


class EndRoleForm(PlainFormMixin, OnceForm):
    ends_on = DayMonthYearField(
        label=_("Last day"),
        help_text=_("They can act for the school until the end of this day. Give yesterday to stop it at once."),
        error_messages={"required": _("Enter the last day")},
    )

    def __init__(self, *args: Any, role: SchoolRole, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role = role

    def clean_ends_on(self) -> Any:
        """What somebody did while the role held is not to be called into question: yesterday is the earliest."""
        day = self.cleaned_data["ends_on"]
        earliest = max(self.role.starts_on, timezone.localdate() - timedelta(days=1))
        if day < earliest:
            raise forms.ValidationError(_("The last day cannot be before %(day)s.") % {"day": earliest.strftime("%d/%m/%Y")})
        return day


class ClaimForm(PlainFormMixin, OnceForm):
    kind = forms.ModelChoiceField(
        label=_("What are you at this school?"),
        queryset=SchoolRoleKind.objects.order_by("order", "name"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose what you are at this school")},
    )


class DeclineForm(PlainFormMixin, OnceForm):
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Kept in the history; the person does not see it."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say why")},
    )


class ConfirmForm(PlainFormMixin, OnceForm):
    """A button that acts once."""


def new_confirm_form() -> ConfirmForm:
    """One for each button of a list: a template that is given this function calls it at every use, so every key is fresh."""
    return ConfirmForm(auto_id=False)


class ProfileForm(NameForm):
    telephone = forms.CharField(
        label=_("Telephone number"), max_length=40, required=False, widget=forms.TextInput({"type": "tel", "autocomplete": "tel"})
    )
    language = forms.ChoiceField(label=_("Language of e-mails"), choices=settings.LANGUAGES, widget=forms.RadioSelect)


class ListingForm(PlainFormMixin, OnceForm):
    """A system leader's word on the public directory."""

    consents = forms.BooleanField(label=_("Show me in the public directory"), required=False)
    summary = forms.CharField(
        label=_("What you offer"),
        help_text=_("A few sentences for head teachers. Schools you supported are not named without their consent."),
        widget=forms.Textarea({"rows": 5}),
        max_length=1000,
        required=False,
    )


class AnyNumberField(forms.MultipleChoiceField):
    """Ticking nothing is an answer like any other, so the question is not marked as optional."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class PreferencesForm(PlainFormMixin, OnceForm):
    wanted = AnyNumberField(label=_("Send me an e-mail when"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, kinds: Iterable[MessageKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wanted"].choices = [(kind.key, kind.label) for kind in kinds]  # type: ignore[attr-defined]  # a choice field


def profile_of(user: User) -> dict[str, Any]:
    """What the profile form starts with."""
    return {
        "first_name": user.first_name,
        "last_name": user.last_name,
        "telephone": user.telephone,
        "language": user.language or settings.LANGUAGE_CODE,
    }


class InterestForm(PlainFormMixin, OnceForm):
    reason = forms.CharField(
        label=_("Why can you not support this school?"),
        help_text=_("In a sentence, such as “I was its deputy head until last summer”."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why")},
    )
