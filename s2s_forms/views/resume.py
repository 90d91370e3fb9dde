"""Coming back to a saved request by its private link."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from common.access import SIGNED_LINK, access
from common.links import LinkRefused, open_link
from s2s_forms.drafts import RESUME, remember_draft
from s2s_forms.models import RequestDraft


@access(SIGNED_LINK)
@never_cache
def resume(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show what the link opens; pressing the button takes the draft into this browser's session."""
    try:
        link = open_link(purpose=RESUME, token=token, at=timezone.now())
    except LinkRefused as refusal:
        response: HttpResponseBase = render(request, "cases/link_refused.html", {"refusal": refusal}, status=410)
    else:
        draft = cast(RequestDraft, link.subject)
        if request.method == "POST" and draft.case_id is None:
            remember_draft(request, draft)
            response = redirect(draft.page.get_url(request))
        else:
            response = render(request, "s2s_forms/request/resume.html", {"draft": draft})
    # Not "no-referrer": browsers then send the form with "Origin: null", which the CSRF check refuses.
    response["Referrer-Policy"] = "same-origin"
    return response
