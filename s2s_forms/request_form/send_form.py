"""The button that sends a request, and the trap beside it."""

from __future__ import annotations

import math
from typing import Any

from django.conf import settings

from common.spam_trap import SpamTrapMixin, opened_at
from s2s_forms.models import RequestDraft
from website.forms.plain import PlainFormMixin


class SendForm(PlainFormMixin, SpamTrapMixin):
    """
    Its stamp is of when the request was begun: a person who comes back to a draft sends it at once, on whatever day, and a machine that
    runs through all steps is too quick.
    """

    latest = math.inf

    def __init__(self, *args: Any, draft: RequestDraft, **kwargs: Any) -> None:
        super().__init__(*args, initial={"opened_at": opened_at(draft.started_at)}, **kwargs)

    @property
    def soonest(self) -> int:
        seconds: int = settings.REQUEST_SOONEST_SECONDS
        return seconds
