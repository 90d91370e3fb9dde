"""How often anybody may do what needs no account: counted per network address, and per e-mail address or link."""

from __future__ import annotations

import logging
import math
import time
from datetime import datetime, timedelta

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

APP = "s2s"
log = logging.getLogger("s2s.spam")


class TooOften(Exception):
    """A post that was not acted on, because too many like it came; the message says when to try again."""

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, math.ceil(seconds))
        super().__init__(
            _("This was done too often in a short time, so we did not take it. Nothing you wrote is lost. Try again after %(time)s.")
            % {"time": time_format(timezone.localtime(self.again_at), "H:i")}
        )

    @property
    def again_at(self) -> datetime:
        """The first full minute at which it is taken."""
        return (timezone.now() + timedelta(seconds=self.seconds + 59)).replace(second=0, microsecond=0)

    def told(self, response: HttpResponseBase) -> HttpResponseBase:
        """Make a page the answer to the refused post."""
        response.status_code = 429
        response["Retry-After"] = str(self.seconds)
        return response


def count_post(request: HttpRequest, limit: str, *, key: str = "") -> None:
    """
    Count one post against a limit of `settings.RATE_LIMITS`; `key` is the e-mail address or link it is about.

    Called before anything is changed; a refused post does not lengthen the wait. Raises `TooOften`.
    """
    key = key.strip().lower() or "-"
    for rate in ratelimit.get_rates(app=APP, action=limit, config=settings.RATE_LIMITS):
        if not ratelimit.consume(request, app=APP, action=limit, config={limit: _text(rate)}, key=key):
            log.info("A post was not taken: %s, more than %s", limit, _text(rate))
            raise TooOften(_seconds_left(request, limit, rate, key))


def _text(rate: ratelimit.Rate) -> str:
    return f"{rate.amount}/{rate.duration}s/{rate.per}"


def _seconds_left(request: HttpRequest, limit: str, rate: ratelimit.Rate, key: str) -> float:
    """Until the oldest of the counted posts is forgotten; they are kept newest first."""
    history = cache.get(ratelimit.get_cache_key(request, app=APP, action=limit, rate=rate, key=key), [])
    return float(history[-1] + rate.duration - time.time() if history else rate.duration)
