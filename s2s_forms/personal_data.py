"""What requests and drafts hold on a person: the answers they gave about themselves."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from alliance.models import User
from common.actions import Actor, current_actor
from common.personal_data import ERASED, PersonalData, erase_in_history
from s2s_forms.actions.discard_draft import discard_draft
from s2s_forms.models import RequestDraft, SupportRequest
from s2s_forms.request_form.core_answers import ABOUT_THEMSELVES


def _requests_of(user: User) -> QuerySet[SupportRequest]:
    return SupportRequest.objects.filter(case__contact_email__iexact=user.email).order_by("pk")


def export_request_data(user: User) -> PersonalData:
    drafts = RequestDraft.objects.filter(email__iexact=user.email).order_by("started_at")
    return {
        "requests": list(_requests_of(user).values("case__reference", "submitted_at", "answers")),
        "saved drafts": list(drafts.values("started_at", "changed_at", "answers")),
    }


def erase_request_data(user: User, at: datetime) -> None:
    """Take the answers about themselves out of requests, and delete unsent drafts."""
    for request in _requests_of(user):
        request.answers = [{**answer, "answer": ERASED} if answer["name"] in ABOUT_THEMSELVES else answer for answer in request.answers]
        request.save()
        erase_in_history(request, answers=request.answers)
    for draft in RequestDraft.objects.filter(email__iexact=user.email, case=None):
        discard_draft(draft=draft, by=current_actor() or Actor.job("erasure"), at=at)
