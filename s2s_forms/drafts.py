"""The draft of a visitor: its key lives in the session, its answers on the server."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone, translation

from s2s_forms.models import RequestDraft, RequestPage

SESSION_KEY = "request_draft"
SENT_KEY = "request_sent"
SENDING_KEY = "request_sending"
"""Which draft this browser is about to send. Said before it is sent: whoever hears no answer then finds what came of it."""
RESUME = "resume-request"
DRAFT_LASTS = timedelta(days=28)


def draft_of(request: HttpRequest, page: RequestPage) -> RequestDraft | None:
    """The visitor's unsent draft on this page, if there is one."""
    key = request.session.get(SESSION_KEY)
    return RequestDraft.objects.filter(key=key, page__translation_key=page.translation_key, case=None).first() if key else None


def start_draft(request: HttpRequest, page: RequestPage) -> RequestDraft:
    """A new, empty draft, remembered in the session."""
    now = timezone.now()
    draft = RequestDraft.objects.create(page=page, language=translation.get_language() or "", started_at=now, changed_at=now)
    remember_draft(request, draft)
    return draft


def remember_draft(request: HttpRequest, draft: RequestDraft) -> None:
    request.session[SESSION_KEY] = str(draft.key)
