"""The forms below an article."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms import OnceForm
from common.spam_trap import SpamTrapMixin
from website.forms.plain import PlainFormMixin
from website.models.comments import MOST_LETTERS


class CommentForm(PlainFormMixin, SpamTrapMixin, OnceForm):
    text = forms.CharField(
        label=_("Your comment"),
        help_text=_("Plain text, up to 2,000 characters. We read it before it is shown, and your name stands beside it."),
        widget=forms.Textarea({"rows": 6}),
        max_length=MOST_LETTERS,
        error_messages={"required": _("Write something first")},
    )


class DeleteForm(PlainFormMixin, OnceForm):
    pass
