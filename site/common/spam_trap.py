"""What keeps machines from filling in public forms: a field that people do not see, and when the form was opened."""

from __future__ import annotations

import time
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SALT = "common.spam_trap"
SOONEST = 2
"""Seconds in which nobody reads a form and fills it in."""
LATEST = 24 * 60 * 60
"""Seconds after which a form has to be opened anew: a stamp is not worth collecting."""


def opened_now() -> str:
    """A signed stamp of the time, in whole seconds."""
    return signing.dumps(int(time.time()), salt=SALT)


class SpamTrapMixin(forms.Form):
    """
    Mix in before a form. Its template shows the trap by including `website/components/spam_trap.html`.

    A form that is refused gets a fresh stamp and keeps what was typed, so that a person only has to send it again.
    """

    opened_at = forms.CharField(widget=forms.HiddenInput, initial=opened_now, required=False, max_length=200)
    subject_line = forms.CharField(
        label=_("Leave this empty"), required=False, max_length=1000, widget=forms.TextInput({"autocomplete": "off"})
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        opened = _opened(cleaned.get("opened_at", ""))
        if cleaned.get("subject_line") or "subject_line" in self.errors:
            self._refuse(_("This looks as if a machine had filled it in, so we did not take it. If you are a person, ring us."))
        elif self.errors:
            return cleaned  # it has to be sent again in any case
        elif opened is None or time.time() - opened > LATEST:
            self._refuse(_("This form was open for too long. What you wrote is still here: send it once more."))
        elif time.time() - opened < SOONEST:
            self._refuse(_("That was too quick for us. What you wrote is still here: send it once more."))
        return cleaned

    def _refuse(self, why: Any) -> None:
        self.add_error(None, ValidationError(why))
        data: Any = self.data
        self.data = data = data.copy()
        data[self.add_prefix("opened_at")] = opened_now()


def _opened(stamp: str) -> int | None:
    try:
        opened = signing.loads(stamp, salt=SALT)
    except signing.BadSignature:
        return None
    return opened if isinstance(opened, int) else None
