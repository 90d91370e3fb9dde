"""Forms of the case page."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.access import ALLIANCE_STAFF_ROLES
from alliance.models import User
from alliance.queries import people_with_role
from cases.enums import PublicStatus
from cases.forms import OnceForm, ReasonForm, TextForm
from cases.models import Case
from cases.queries import possible_owners

QUESTION, MESSAGE, NOTE = "question", "message", "note"
WRITE_AS = [
    (QUESTION, _("A question to the requester, who is asked to answer it")),
    (MESSAGE, _("A message to the requester")),
    (NOTE, _("An internal note, which only the alliance reads")),
]
ENDINGS = [
    (PublicStatus.DECLINED.value, _("Decline: we cannot help")),
    (PublicStatus.REFERRED.value, _("Refer: somebody else is better placed")),
    (PublicStatus.COMPLETED.value, _("Complete: it was answered")),
]


class WriteForm(TextForm):
    """What alliance staff write on a case: a question, a message or a note."""

    write_as = forms.ChoiceField(
        label=_("What is it?"), choices=WRITE_AS, widget=forms.RadioSelect, error_messages={"required": _("Choose what it is")}
    )
    field_order = ["write_as", "text", "uploads"]


class AssignForm(OnceForm):
    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=User.objects.none(), empty_label=_("Choose a person"), error_messages={"required": _("Choose a person")}
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = possible_owners(case)  # type: ignore[attr-defined]  # a ModelChoiceField


class AssignManyForm(forms.Form):
    """One owner for several cases of the work list; the list's own address comes along, to return to."""

    owner = forms.ModelChoiceField(
        label=_("Give the chosen cases to"),
        queryset=User.objects.none(),
        widget=forms.Select(attrs={"class": "input"}),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose a person")},
    )
    query = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = people_with_role(*ALLIANCE_STAFF_ROLES).order_by("last_name", "first_name", "pk")
        self.fields["owner"].queryset = staff  # type: ignore[attr-defined]  # a ModelChoiceField


class EndForm(ReasonForm):
    """How a case ends without further work, and why; the reason is sent to the requester."""

    status = forms.ChoiceField(
        label=_("How does it end?"), choices=ENDINGS, widget=forms.RadioSelect, error_messages={"required": _("Choose how it ends")}
    )
    field_order = ["status", "reason"]

    def __init__(self, *args: Any, endings: Container[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [choice for choice in ENDINGS if choice[0] in endings]  # type: ignore[attr-defined]  # a ChoiceField
