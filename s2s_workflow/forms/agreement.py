"""Forms of the signing room."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from s2s_workflow.steps.base import StepForm


class SignForm(StepForm):
    """Carries the hash of the text that was shown: what is signed is what was read (W8)."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    typed_name = forms.CharField(
        label=_("Your full name"),
        help_text=_("As it stands on your profile. Typing it here is your signature."),
        max_length=250,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your full name")},
    )


class ChangeForm(StepForm):
    reason = forms.CharField(
        label=_("What should change, and why?"),
        help_text=_("Every party reads this."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        error_messages={"required": _("Say what should change, and why")},
    )
