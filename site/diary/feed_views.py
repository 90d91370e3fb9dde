"""A calendar feed, for the calendar apps that hold its address."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.models import SchoolRole
from common.access import SIGNED_LINK, access
from common.links import LinkRefused, open_link
from diary.calendars import CONTENT_TYPE, calendar_of
from diary.feeds import PURPOSE, entries_for


@access(SIGNED_LINK)
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the address reads what its person or school may see now. Unknown and revoked ones look the same: 404."""
    try:
        link = open_link(purpose=PURPOSE, token=token, at=timezone.now())
    except LinkRefused:
        raise Http404 from None
    subject: Any = link.subject
    whose = subject.school if isinstance(subject, SchoolRole) else subject
    content = calendar_of(entries_for(subject, on=timezone.localdate()), name=_("School to school support: %(whose)s") % {"whose": whose})
    headers = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)
