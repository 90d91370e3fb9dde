"""The form that keeps a request for later."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from s2s_forms.request_form.core_answers import BAD_ADDRESS
from website.forms import PlainForm


class SaveForm(PlainForm):
    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254,
        error_messages={"required": _("Enter your e-mail address"), "invalid": BAD_ADDRESS},
    )  # fmt: skip
