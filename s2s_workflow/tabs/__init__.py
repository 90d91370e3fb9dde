"""
The tabs that a support project adds to the case page.

Each module of the package has a `SLUG`, a `LABEL`, an `ORDER`, a `TEMPLATE` and `context(reader)`; who sees it stands in
`standing.TABS`. Every tab gets `project`, `standing` (names of what the reader is) and `offers`, the steps open on it.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from alliance.access import person_of
from cases.contributions import CaseTab
from cases.enums import CaseKind
from cases.models import Case
from s2s_workflow.models import SupportProject
from s2s_workflow.standing import TABS, standing_of
from s2s_workflow.steps import offers_to
from s2s_workflow.tabs import agreement as agreement_tab
from s2s_workflow.tabs import costs as costs_tab
from s2s_workflow.tabs import documents as documents_tab
from s2s_workflow.tabs import group as group_tab
from s2s_workflow.tabs import project as project_tab
from s2s_workflow.tabs import readiness as readiness_tab
from s2s_workflow.tabs import reviews as reviews_tab
from s2s_workflow.tabs import team as team_tab
from s2s_workflow.tabs import visits as visits_tab
from s2s_workflow.tabs.reader import Reader
from s2s_workflow.tabs.triage import triage_tab

MODULES: tuple[ModuleType, ...] = (
    project_tab,
    agreement_tab,
    visits_tab,
    reviews_tab,
    team_tab,
    readiness_tab,
    costs_tab,
    documents_tab,
    group_tab,
)


def tabs_of(request: HttpRequest, case: Case) -> list[CaseTab]:
    """All tabs of a support case that are open to the reader."""
    if case.kind != CaseKind.SUPPORT:
        return []
    project = SupportProject.objects.filter(case=case).first()
    if project is None:
        return triage_tab(request, case)
    project.case = case
    user, today = person_of(request), timezone.localdate()
    reader = Reader(user, project, standing_of(user, project, today), today)
    tabs = [
        CaseTab(module.SLUG, module.LABEL, module.TEMPLATE, _context(module, reader), module.ORDER, for_onlookers=True)
        for module in MODULES
        if reader.standing & TABS[module.SLUG]
    ]
    return [*triage_tab(request, case), *tabs]


def _context(module: ModuleType, reader: Reader) -> Callable[[], dict[str, Any]]:
    def context() -> dict[str, Any]:
        return {
            "project": reader.project,
            "standing": {standing.name for standing in reader.standing},
            "offers": offers_to(reader.user, reader.project, reader.today, tab=module.SLUG),
            **module.context(reader),
        }

    return context
