"""Writing the due diligence report, the action plan and the evaluation, sending them in, and deciding on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alliance.models import School, User
from alliance.queries import is_head_of
from common.moderation import decide_on_document
from portal.steps import Belongs
from s2s_workflow import evaluation_guards, guards
from s2s_workflow.actions.consent_to_story import consent_to_story
from s2s_workflow.actions.submit_evaluation import submit_evaluation
from s2s_workflow.actions.submit_plan import submit_plan
from s2s_workflow.actions.submit_report import submit_report
from s2s_workflow.actions.write_evaluation import write_evaluation
from s2s_workflow.actions.write_plan import WRITTEN_AT, write_plan
from s2s_workflow.actions.write_report import write_report
from s2s_workflow.documents import TEXTS, document_or_none, may_decide, shown
from s2s_workflow.enums import AMENDED_AT, Party, Stage
from s2s_workflow.forms.documents import (
    APPROVE,
    NO,
    OBJECTIVE_FIELDS,
    YES,
    ConsentForm,
    DecisionForm,
    EvaluationForm,
    PlanForm,
    ReportForm,
)
from s2s_workflow.in_force import plan_in_force
from s2s_workflow.models import ActionPlan, DueDiligenceReport, Evaluation, StoryConsent, SupportProject
from s2s_workflow.parties import amendment_is_drafted, schools_in
from s2s_workflow.steps.base import Doing, Step, party
from s2s_workflow.stories import ASKED_AT, consent_may_be_given
from s2s_workflow.terms import plan_is_changed, plan_to_change
from s2s_workflow.transitions import Guard, has_working_group

EVALUATED_AT = (Stage.FINAL_REVIEW_DUE, Stage.CHANGES_REQUESTED)
LATEST = {"due_diligence": DueDiligenceReport, "plan": ActionPlan, "evaluation": Evaluation}


# Writing


def _may_be_written(name: str) -> Callable[[SupportProject, Any], bool]:
    def ready(project: SupportProject, target: Any) -> bool:
        document = document_or_none(project, name)
        return document is None or not document.workflow_in_progress

    return ready


def _initial(name: str) -> Callable[[SupportProject, Any], dict[str, Any]]:
    """The latest draft, and which one it is."""

    def initial(project: SupportProject, target: Any) -> dict[str, Any]:
        document = document_or_none(project, name)
        if document is None:
            return {"seen": 0}
        draft = plan_to_change(project) if name == "plan" else document.draft
        texts = {field: getattr(draft, field) for field in TEXTS[LATEST[name]]}
        return {**texts, "seen": document.latest_revision_id or 0, **_rows(draft, project)}

    return initial


def _rows(draft: Any, project: SupportProject) -> dict[str, Any]:
    """The objectives of a plan, or an evaluation's judgements of them, as the fields of their rows."""
    found: dict[str, Any] = {}
    if isinstance(draft, ActionPlan):
        found["rows"] = len(draft.objectives) or 1
        for number, block in enumerate(draft.objectives):
            found[f"id_{number}"] = block.id
            found |= {f"{name}_{number}": block.value[name] for name in OBJECTIVE_FIELDS}
    elif isinstance(draft, Evaluation):
        said = {block.value["objective_id"]: block.value for block in draft.judgements}
        plan = plan_in_force(project)
        for number, block in enumerate(plan.objectives if plan else ()):
            if value := said.get(block.id):
                found |= {f"judgement_{number}": value["judgement"], f"evidence_{number}": value["evidence"]}
    return found


def _texts(doing: Doing, model: Any) -> dict[str, Any]:
    return {name: doing.data[name] for name in TEXTS[model]}


def _write_report(doing: Doing) -> object:
    texts = _texts(doing, DueDiligenceReport)
    return write_report(project=doing.project, **texts, by=doing.user, at=doing.at, seen=doing.data["seen"])


def _write_plan(doing: Doing) -> object:
    texts, objectives = _texts(doing, ActionPlan), doing.data["objectives"]
    return write_plan(project=doing.project, objectives=objectives, **texts, by=doing.user, at=doing.at, seen=doing.data["seen"])


def _write_evaluation(doing: Doing) -> object:
    texts, judgements = _texts(doing, Evaluation), doing.data["judgements"]
    return write_evaluation(project=doing.project, judgements=judgements, **texts, by=doing.user, at=doing.at, seen=doing.data["seen"])


# Sending in, and deciding


def _may_be_sent(name: str, is_complete: Guard) -> Callable[[SupportProject, Any], bool]:
    """Complete, not with its reviewers, and newer than what they approved."""

    def ready(project: SupportProject, target: Any) -> bool:
        document = document_or_none(project, name)
        if document is None or document.workflow_in_progress or (document.live and not document.has_unpublished_changes):
            return False
        return is_complete(project) is None

    return ready


def _plan_may_be_written(project: SupportProject, target: Any) -> bool:
    """Before the agreement is signed, and while an amendment of it is drawn up."""
    in_time = project.stage in WRITTEN_AT or amendment_is_drafted(project)
    return in_time and _may_be_written("plan")(project, target)


def _plan_may_be_sent(project: SupportProject, target: Any) -> bool:
    is_own = not project.amending_at or plan_is_changed(project)
    return is_own and _plan_may_be_written(project, target) and _may_be_sent("plan", guards.plan_is_complete)(project, target)


def _draft_on_the_page(name: str) -> Callable[[SupportProject, Any], dict[str, Any]]:
    def context(project: SupportProject, target: Any) -> dict[str, Any]:
        document = document_or_none(project, name)
        return {"text": shown(document.draft) if document else None}

    return context


def what_is_under_review(name: str) -> Callable[[SupportProject, Any], dict[str, Any]]:
    """Never a draft that its writers still work on."""

    def context(project: SupportProject, target: Any) -> dict[str, Any]:
        document = document_or_none(project, name)
        return {"text": shown(document.draft) if document and document.workflow_in_progress else None}

    return context


def _plan_under_review(project: SupportProject, target: Any) -> dict[str, Any]:
    """The plan, and what is missing before it can be approved: the words of the refusal."""
    return {**what_is_under_review("plan")(project, target), "missing": guards.group_agrees_to_the_plan(project)}


def _may_decide(name: str) -> Belongs:
    return lambda user, project, target, on: may_decide(user, document_or_none(project, name))


def _is_under_review(name: str) -> Callable[[SupportProject, Any], bool]:
    def ready(project: SupportProject, target: Any) -> bool:
        document = document_or_none(project, name)
        return document is not None and document.workflow_in_progress

    return ready


def _report_is_the_leads(project: SupportProject, target: Any) -> bool:
    """With a working group, its review decides on the report as well."""
    return not has_working_group(project) and _is_under_review("due_diligence")(project, target)


def seen(name: str) -> Callable[[SupportProject, Any], dict[str, Any]]:
    def initial(project: SupportProject, target: Any) -> dict[str, Any]:
        document = document_or_none(project, name)
        return {"seen": (document.latest_revision_id if document else None) or 0}

    return initial


def _decide(name: str) -> Callable[[Doing], object]:
    def act(doing: Doing) -> object:
        data = doing.data
        return decide_on_document(
            document=getattr(doing.project, name), approve=data["decision"] == APPROVE, reason=data["comment"], by=doing.user, at=doing.at,
            seen=data["seen"],
        )  # fmt: skip

    return act


def _decision(slug: str, name: str, label: Any, ready: Callable[[SupportProject, Any], bool] | None = None, **more: Any) -> Step:
    defaults: dict[str, Any] = {"context": what_is_under_review(name), "button": _("Record the decision")}
    return Step(
        slug=slug, tab="documents", label=label, done=_("Your decision was recorded."), act=_decide(name), who=_may_decide(name),
        form=DecisionForm, initial=seen(name), ready=ready or _is_under_review(name), template="s2s_workflow/steps/with_text.html",
        **{**defaults, **more},
    )  # fmt: skip


# The story


def _schools(project: SupportProject) -> QuerySet[School]:
    return School.objects.filter(pk__in=[school.pk for school in schools_in(project)]).order_by("name")


def _is_its_head(user: User, project: SupportProject, target: Any, on: date) -> bool:
    return is_head_of(user, target, on)


def _consent(doing: Doing) -> object:
    yes = doing.data["consents"] == YES
    return consent_to_story(project=doing.project, school=doing.target, consents=yes, by=doing.user, at=doing.at)


def _answered(project: SupportProject, target: Any) -> dict[str, Any]:
    consent = StoryConsent.objects.filter(project=project, school=target).first()
    return {"consents": YES if consent.consents else NO} if consent else {}


_WRITES: dict[str, Any] = {
    "tab": "documents",
    "button": _("Save the draft"),
    "done": _("Your draft was saved. Nobody was asked to read it yet."),
}
_SENDS: dict[str, Any] = {"tab": "documents", "button": _("Send it in"), "template": "s2s_workflow/steps/with_text.html"}

STEPS = [
    Step(
        slug="write-report", label=_("Write the due diligence report"), act=_write_report, who=party(Party.STAFF), form=ReportForm,
        stages=(Stage.DUE_DILIGENCE,), ready=_may_be_written("due_diligence"), initial=_initial("due_diligence"),
        explanation=_("You can save it unfinished and come back. It is sent in by a step of its own."), **_WRITES,
    ),
    Step(
        slug="send-report", label=_("Send the due diligence report in"), act=lambda doing: submit_report(
            project=doing.project, by=doing.user, at=doing.at
        ), who=party(Party.STAFF), stages=(Stage.DUE_DILIGENCE,), ready=_may_be_sent("due_diligence", guards.report_is_complete),
        context=_draft_on_the_page("due_diligence"), done=_("The report was sent in."),
        explanation=_("It can then not be changed until it is decided on."), **_SENDS,
    ),
    _decision(
        "decide-report", "due_diligence", _("Decide on the due diligence report"), _report_is_the_leads, stages=(Stage.DUE_DILIGENCE,)
    ),
    Step(
        slug="write-plan", label=_("Write the action plan"), act=_write_plan, who=party(Party.NAMED_LEAD_OR_STAFF), form=PlanForm,
        stages=(*WRITTEN_AT, *AMENDED_AT), ready=_plan_may_be_written, initial=_initial("plan"), template="s2s_workflow/steps/plan.html",
        explanation=_(
            "You can save it unfinished and come back; every part is needed when you send it in. A plan that was agreed stays in force "
            "until the new one is."
        ), **_WRITES,
    ),
    Step(
        slug="send-plan", label=_("Send the action plan in"), act=lambda doing: submit_plan(
            project=doing.project, by=doing.user, at=doing.at
        ), who=party(Party.NAMED_LEAD_OR_STAFF), stages=(*WRITTEN_AT, *AMENDED_AT), ready=_plan_may_be_sent,
        context=_draft_on_the_page("plan"), done=_("The action plan was sent in."),
        explanation=_("It can then not be changed until it is decided on."), **_SENDS,
    ),
    _decision("decide-plan", "plan", _("Decide on the action plan"), context=_plan_under_review),
    Step(
        slug="write-evaluation", label=_("Write the evaluation"), act=_write_evaluation, who=party(Party.SUPPORTED_HEAD),
        form=EvaluationForm, stages=EVALUATED_AT, ready=_may_be_written("evaluation"), initial=_initial("evaluation"),
        template="s2s_workflow/steps/evaluation.html",
        explanation=_("Your final review: what became of each objective, and what comes next. You can save it unfinished."),
        **_WRITES,
    ),
    Step(
        slug="send-evaluation", label=_("Send the evaluation in"), act=lambda doing: submit_evaluation(
            project=doing.project, by=doing.user, at=doing.at
        ), who=party(Party.SUPPORTED_HEAD), stages=EVALUATED_AT,
        ready=_may_be_sent("evaluation", evaluation_guards.every_objective_is_judged),
        context=_draft_on_the_page("evaluation"), done=_("Your evaluation was sent in."),
        explanation=_("Its reviewers belong to none of the schools. You can change it again only if they ask you to."), **_SENDS,
    ),
    _decision("decide-evaluation", "evaluation", _("Decide on the evaluation"), stages=(Stage.EVALUATION_REVIEW,)),
    Step(
        slug="consent-to-story", tab="documents", label=_("Say whether it may be told as a story"), done=_("Your answer was recorded."),
        act=_consent, who=_is_its_head, form=ConsentForm, stages=(*ASKED_AT, Stage.CLOSED), targets=_schools, initial=_answered,
        ready=lambda project, target: consent_may_be_given(project),
        button=_("Record the answer"), template="s2s_workflow/steps/consent.html",
        explanation=_(
            "An editor writes it from the approved evaluation, once every school of the project agrees. You can change your answer "
            "later: if you take your consent back, a story that is on the public site is taken off it at once."
        ),
    ),
]  # fmt: skip
