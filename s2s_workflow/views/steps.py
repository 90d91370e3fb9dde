"""One step of a project on a page of its own: what it is, its form, and what came of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from alliance.access import person_of
from common.access import SIGNED_IN, access
from portal.steps import Step, step_page
from portal.views.cases import visible_case, visible_cases
from s2s_workflow.models import SupportProject
from s2s_workflow.standing import EVERYBODY, TABS, standing_of
from s2s_workflow.steps import STEPS


def project_of(request: HttpRequest, reference: str) -> SupportProject:
    """The project of a case that the reader may see, or 404."""
    case = visible_case(request, reference)
    project = get_object_or_404(SupportProject, case=case)
    project.case = case
    return project


def _back_to_the_case(request: HttpRequest, project: SupportProject, tab: str) -> HttpResponseBase:
    """To the tab of the step; home for whoever lost sight of it by taking the step: declaring a conflict does that (W3)."""
    standing = standing_of(person_of(request), project, timezone.localdate())
    if standing & TABS.get(tab, EVERYBODY) and visible_cases(request).filter(pk=project.pk).exists():
        return redirect("portal:case_tab", project.case.reference, tab)
    return redirect("portal:home")


@access(SIGNED_IN)
def step(request: HttpRequest, reference: str, slug: str, target: int | None = None) -> HttpResponseBase:
    """Show a step, or take it. Who may not take it gets 403; a target of another project is 404."""
    project = project_of(request, reference)

    def go_back(found: Step) -> HttpResponseBase:
        return _back_to_the_case(request, project, found.tab)

    return step_page(request, STEPS.get(slug), case=project.case, subject=project, target=target, go_back=go_back, project=project)
