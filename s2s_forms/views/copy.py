"""A copy of what was sent, for whoever holds the request's private link."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from cases.link_views import by_follow_link
from cases.models import Case
from common.pdf import pdf_response
from s2s_forms.answers_copy import answers_pdf
from s2s_forms.models import SupportRequest


@by_follow_link
def copy(request: HttpRequest, *, token: str, case: Case) -> HttpResponseBase:
    sent = get_object_or_404(SupportRequest.objects.select_related("case__supported_school"), case=case)
    return pdf_response(answers_pdf(sent), filename=f"{case.reference}.pdf")
