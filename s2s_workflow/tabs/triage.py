"""The triage tab of the case page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from alliance.access import person_of
from cases.contributions import CaseTab
from cases.enums import CaseKind
from cases.models import Case
from s2s_workflow.forms.triage import TriageForm
from s2s_workflow.models import SupportProject


def triage_tab(request: HttpRequest, case: Case) -> list[CaseTab]:
    """For the alliance staff who handle the case, on support cases only."""
    if case.kind != CaseKind.SUPPORT or not Case.objects.handled_by(person_of(request)).filter(pk=case.pk).exists():
        return []

    def context() -> dict[str, Any]:
        project = SupportProject.objects.filter(case=case).first()
        declarations = list(case.conflict_declarations.select_related("declared_by"))
        return {
            "project": project,
            "form": TriageForm(),
            "declarations": declarations,
            "has_declared": request.user in [declaration.declared_by for declaration in declarations],
            "owns_case": request.user == case.owner,
            "open_questions": case.messages.open_questions().count(),
        }

    return [CaseTab("triage", _("Triage"), "s2s_workflow/tabs/triage.html", context, 300)]
