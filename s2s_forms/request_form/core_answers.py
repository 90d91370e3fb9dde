"""The answers that every request has in a column of its own. Editors order and word their questions; they cannot change their kind (R1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alliance.models import OrganisationKind
from cases.enums import SupportKind
from cases.fields import FilesField
from s2s_forms.enums import LONG_TEXT, Timing

NOT_SURE = "NOT_SURE"
BAD_ADDRESS = _("Enter an e-mail address in the right form, like name@example.org")
TELEPHONE = RegexValidator(r"^[0-9+() \-.extEXT]{7,40}$", _("Enter a telephone number, like 01632 960 001"))
KIND, ORGANISATION, SCHOOL, UPLOADS = "requester_kind", "organisation", "school", "uploads"


@dataclass(frozen=True)
class CoreAnswer:
    """A question as it is worded unless an editor words it otherwise, and the field that takes and checks its answer."""

    label: Any
    make_field: Callable[..., forms.Field]
    help: Any = ""
    is_needed: bool = True
    """No form can be published without it."""


def long_text(required: Any = None, *, rows: int = 4) -> Callable[..., forms.Field]:
    """A longer answer in the requester's own words; `required` says what to do when it is left empty."""

    def make(**words: Any) -> forms.Field:
        return forms.CharField(
            max_length=LONG_TEXT,
            required=bool(required),
            widget=forms.Textarea(attrs={"rows": rows}),
            error_messages={"required": required or ""},
            **words,
        )

    return make


def short_text(most: int, required: Any = None, **options: Any) -> Callable[..., forms.Field]:
    def make(**words: Any) -> forms.Field:
        return forms.CharField(max_length=most, required=bool(required), error_messages={"required": required or ""}, **options, **words)

    return make


def choice(choices: Callable[[], list[tuple[str, Any]]], required: Any) -> Callable[..., forms.Field]:
    def make(**words: Any) -> forms.Field:
        return forms.ChoiceField(choices=choices(), widget=forms.RadioSelect, error_messages={"required": required}, **words)

    return make


def _email(**words: Any) -> forms.Field:
    return forms.EmailField(max_length=254, error_messages={"required": _("Enter your e-mail address"), "invalid": BAD_ADDRESS}, **words)


def _organisation_kinds() -> list[tuple[str, Any]]:
    return [(kind.key, kind.name) for kind in OrganisationKind.objects.all()]


def _support_kinds() -> list[tuple[str, Any]]:
    return [*SupportKind.choices, (NOT_SURE, _now("I am not sure; please advise"))]


CORE: dict[str, CoreAnswer] = {
    KIND: CoreAnswer(_("Who are you asking for?"), choice(_organisation_kinds, _("Choose who you are asking for"))),
    ORGANISATION: CoreAnswer(_("Name of your organisation"), short_text(200), help=_("Not needed if you ask for your own school.")),
    SCHOOL: CoreAnswer(_("Choose the school"), choice(list, _("Choose the school, or say that it is not listed"))),
    "support_kind": CoreAnswer(
        _("What kind of support do you have in mind?"),
        choice(_support_kinds, _("Choose a kind of support, or say that you are not sure")),
        help=_("A leader of another school works beside yours; two schools learn together; or one school takes lasting responsibility."),
    ),
    "timing": CoreAnswer(_("When do you need it?"), choice(lambda: Timing.choices, _("Say when you need it"))),
    "title": CoreAnswer(
        _("In a few words"), short_text(120, _("Say in a few words what it is about")), help=_("For example: reading in Years 3 and 4.")
    ),
    "focus": CoreAnswer(
        _("What would you like to improve?"),
        long_text(_("Tell us what you would like to improve"), rows=5),
        help=_("In your own words. Please do not name pupils or members of staff."),
    ),
    "desired_outcome": CoreAnswer(
        _("What would be different if it worked?"),
        long_text(_("Tell us what would be different")),
        help=_("Think of pupils first. You will agree measures later."),
    ),
    "already_tried": CoreAnswer(
        _("What has been tried so far?"), long_text(), help=_("And what came of it. This saves asking you again."), is_needed=False
    ),
    UPLOADS: CoreAnswer(_("Anything we should read?"), FilesField, help=FilesField().help_text, is_needed=False),
    "contact_name": CoreAnswer(_("Your name"), short_text(200, _("Enter your name"))),
    "contact_role": CoreAnswer(_("Your role"), short_text(100), help=_("For example: headteacher, chair of governors."), is_needed=False),
    "contact_email": CoreAnswer(_("E-mail address"), _email, help=_("We send your reference and a private link there.")),
    "contact_telephone": CoreAnswer(
        _("Telephone"), short_text(40, _("Enter a telephone number"), validators=[TELEPHONE]), help=_("So that we can ring you.")
    ),
}
"""In the order in which a new form asks for them."""

ABOUT_THEMSELVES = ("contact_name", "contact_role", "contact_email", "contact_telephone")
"""Answers that are personal data of whoever asks."""
