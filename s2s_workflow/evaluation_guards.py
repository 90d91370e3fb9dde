"""The guards of the evaluation and of what follows it: judged, reviewed, sent round, and no concern left open."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from s2s_workflow.enums import GroupSubject
from s2s_workflow.in_force import plan_in_force
from s2s_workflow.models import SupportProject
from s2s_workflow.opinions import verdict_on


def every_objective_is_judged(project: SupportProject) -> str | None:
    """Against each objective, with evidence (E1)."""
    evaluation, plan = getattr(project, "evaluation", None), plan_in_force(project)
    if evaluation is None or plan is None:
        return _("The evaluation is not written yet.")
    draft = evaluation.draft
    judged = {block.value["objective_id"] for block in draft.judgements if block.value["judgement"] and block.value["evidence"].strip()}
    if {block.id for block in plan.objectives} - judged:
        return _("Some objectives have no judgement with evidence yet.")
    texts = (draft.impact_on_supporting, draft.sustained_by, draft.achievements, draft.next_steps)
    return None if all(text.strip() for text in texts) else _("The evaluation is not complete: every part needs an answer.")


def evaluation_was_returned(project: SupportProject) -> str | None:
    evaluation = getattr(project, "evaluation", None)
    returned = evaluation is not None and evaluation.current_workflow_state and not evaluation.workflow_in_progress
    return None if returned else _("No reviewer asked for changes.")


def evaluation_is_approved(project: SupportProject) -> str | None:
    evaluation = getattr(project, "evaluation", None)
    return None if evaluation is not None and evaluation.live else _("The evaluation is not approved yet.")


def group_looked_at_the_evaluation(project: SupportProject) -> str | None:
    """Where the protocol has a working group, its view is recorded first (E2)."""
    if not project.rules.get("working_group"):
        return None
    return verdict_on(project, GroupSubject.EVALUATION).missing_for_quorum()


def recipients_are_logged(project: SupportProject) -> str | None:
    return None if project.disseminations.exists() else _("Nobody was sent the evaluation yet.")


def concerns_are_resolved(project: SupportProject) -> str | None:
    open_ = project.concerns.filter(resolved_at=None).count()
    return ngettext("%d concern is open.", "%d concerns are open.", open_) % open_ if open_ else None
