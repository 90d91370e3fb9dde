"""The agreement as a PDF, for whoever reads the signing room."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from alliance.access import person_of
from common.access import SIGNED_IN, access
from common.pdf import pdf_response
from s2s_workflow.agreement_pdf import agreement_pdf
from s2s_workflow.models import Agreement
from s2s_workflow.standing import TABS, standing_of
from s2s_workflow.views.steps import project_of


@access(SIGNED_IN)
def pdf(request: HttpRequest, reference: str, version: int) -> HttpResponse:
    """Download a version; 404 for whoever does not see the tab."""
    project = project_of(request, reference)
    if not standing_of(person_of(request), project, timezone.localdate()) & TABS["agreement"]:
        raise Http404
    agreement = get_object_or_404(Agreement.objects.select_related("project__case"), project=project, version=version)
    return pdf_response(agreement_pdf(agreement), filename=f"{project.case.reference}-{version}.pdf")
