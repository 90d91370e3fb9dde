"""What keeps machines from filling in public forms: a field that people do not see, and when the form was opened."""

from __future__ import annotations

import logging
import time
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SALT = "common.spam_trap"
log = logging.getLogger("s2s.spam")


def opened_at(moment: datetime) -> str:
    """A signed stamp of a time, in whole seconds."""
    return signing.dumps(int(moment.timestamp()), salt=SALT)


def opened_now() -> str:
    return signing.dumps(int(time.time()), salt=SALT)


class SpamTrapMixin(forms.Form):
    """
    Mix in before a form. Its template shows the trap by including `website/components/spam_trap.html`.

    A form that is refused gets a fresh stamp and keeps what was typed, so that a person only has to send it again. What was caught is
    kept nowhere; the log `s2s.spam` has a line for each, without a word of it.
    """

    opened_at = forms.CharField(widget=forms.HiddenInput, initial=opened_now, required=False, max_length=200)
    subject_line = forms.CharField(
        label=_("Leave this empty"), required=False, max_length=1000, widget=forms.TextInput({"autocomplete": "off"})
    )
    is_trapped = False

    @property
    def soonest(self) -> int:
        """Seconds in which nobody reads a form and fills it in."""
        seconds: int = settings.FORM_SOONEST_SECONDS
        return seconds

    @property
    def latest(self) -> float:
        """Seconds after which a form has to be opened anew: a stamp is not worth collecting."""
        seconds: int = settings.FORM_LATEST_SECONDS
        return seconds

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.errors.pop("opened_at", None)  # a stamp that cannot be one is as good as none
        opened = _opened(cleaned.get("opened_at", ""))
        if cleaned.get("subject_line") or "subject_line" in self.errors:
            self._refuse(
                "filled",
                _("This looks as if a machine had filled it in, so we did not take it. If you are a person, send it once more or ring us."),
            )
        elif self.errors:
            return cleaned  # it has to be sent again in any case
        elif opened is None or time.time() - opened > self.latest:
            self._refuse("stamp", _("This form was open for too long. What you wrote is still here: send it once more."))
        elif time.time() - opened < self.soonest:
            self._refuse("too quick", _("That was too quick for us. What you wrote is still here: send it once more."))
        return cleaned

    def _refuse(self, cause: str, why: Any) -> None:
        self.is_trapped = True
        log.info("%s was not taken: %s", type(self).__name__, cause)
        self.add_error(None, ValidationError(why))
        data: Any = self.data
        self.data = data = data.copy()
        data[self.add_prefix("opened_at")] = self.get_initial_for_field(self.fields["opened_at"], "opened_at")


def _opened(stamp: str) -> int | None:
    try:
        opened = signing.loads(stamp, salt=SALT)
    except signing.BadSignature:
        return None
    return opened if isinstance(opened, int) else None
