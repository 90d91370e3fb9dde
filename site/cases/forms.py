"""Forms of the follow page and of the case's messages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.fields import FilesField
from cases.models.messages import MAX_TEXT
from common.form_keys import new_form_key


class OnceForm(forms.Form):
    """A form with a key that its action uses up: sent twice, it acts once."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=new_form_key)


class TextForm(OnceForm):
    """A text and, perhaps, files."""

    text = forms.CharField(
        label=_("Message"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=MAX_TEXT,
        error_messages={"required": _("Write something first")},
    )
    uploads = FilesField()


class AnswerForm(TextForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Your answer")
        self.fields["text"].error_messages["required"] = _("Write your answer")


class ReasonForm(OnceForm):
    """A reason, which is kept with what was done."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, error_messages={"required": _("Give a reason")}
    )
