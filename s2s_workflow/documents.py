"""The documents of a project as people meet them: who reads which text, and how each stands, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from alliance.models import User
from s2s_workflow.enums import Judgement
from s2s_workflow.in_force import agreement_in_force, plan_in_force
from s2s_workflow.models import ActionPlan, DueDiligenceReport, Evaluation, SupportProject
from s2s_workflow.models.documents import ProjectDocument
from s2s_workflow.standing import TABS, Standing
from s2s_workflow.terms import plan_is_changed

S = Standing
NOBODY: frozenset[Standing] = frozenset()


@dataclass(frozen=True)
class Readers:
    """Who reads a document from its first draft on, who once it was sent in, and who only after it was disseminated."""

    drafts: frozenset[Standing]
    sent_in: frozenset[Standing] = NOBODY
    disseminated: frozenset[Standing] = NOBODY


READERS: dict[type[ProjectDocument], Readers] = {
    DueDiligenceReport: Readers(drafts=frozenset({S.STAFF}), sent_in=frozenset({S.GROUP})),
    ActionPlan: Readers(drafts=frozenset({S.STAFF, S.NAMED_LEAD}), sent_in=TABS["documents"]),
    Evaluation: Readers(
        drafts=frozenset({S.SUPPORTED_SCHOOL}),
        sent_in=frozenset({S.STAFF, S.REVIEWER, S.GROUP}),
        disseminated=frozenset({S.TEAM, S.SUPPORTING_SCHOOL}),
    ),
}
"""The rule of confidentiality, once: whatever shows a text asks `text_for`, or `is_open_to` where it has the text already."""

TEXTS: dict[type[ProjectDocument], tuple[str, ...]] = {model: model.texts for model in READERS}


def is_open_to(standing: Iterable[Standing], project: SupportProject, model: type[ProjectDocument]) -> bool:
    """Whether somebody may read such a document of the project once it was sent in."""
    readers, mine = READERS[model], frozenset(standing)
    return bool(mine & (readers.drafts | readers.sent_in)) or bool(mine & readers.disseminated and project.disseminations.exists())


def text_for(standing: Iterable[Standing], document: ProjectDocument) -> Any:
    """
    The document with the text that somebody may read; None where they may read none.

    Those who write it read the latest draft. Others read what is under review, else what is in force, else what was sent in last.
    Of a plan that is signed everybody reads what was signed, until an amendment has a draft of its own.
    """
    signed = _signed_plan(document)
    if signed is not None:
        return signed if is_open_to(standing, document.project, type(document)) else None
    if frozenset(standing) & READERS[type(document)].drafts:
        return document.draft
    if not is_open_to(standing, document.project, type(document)):
        return None
    if document.live and not document.workflow_in_progress:
        return document
    sent = TaskState.objects.for_instance(document).select_related("revision").order_by("-pk").first()
    return document.with_content_json(sent.revision.content) if sent else None


def _signed_plan(document: ProjectDocument) -> ActionPlan | None:
    """The plan that was signed, where nobody is at work on another."""
    project = document.project
    if not isinstance(document, ActionPlan) or agreement_in_force(project) is None:
        return None
    return None if project.amending_at and plan_is_changed(project) else plan_in_force(project)


@dataclass(frozen=True)
class Objective:
    """One objective of a plan, or what an evaluation says of it."""

    id: str
    value: Any
    judgement: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Text:
    """What a document says, ready to show. `revision` is the key of the draft that it is."""

    objectives: Sequence[Objective]
    parts: Sequence[tuple[str, str]]
    judges: bool = False


def shown(document: Any) -> Text:
    """The text of a document with its labels; an evaluation with the objectives of the plan that it judges."""
    parts = [(capfirst(document._meta.get_field(name).verbose_name), getattr(document, name)) for name in TEXTS[type(document)]]
    if isinstance(document, ActionPlan):
        return Text([Objective(block.id, block.value) for block in document.objectives], parts)
    if isinstance(document, Evaluation):
        return Text(judged(document.project, document), parts, judges=True)
    return Text([], parts)


def judged(project: SupportProject, evaluation: Evaluation | None) -> list[Objective]:
    """The objectives in force, each with what the evaluation says of it so far."""
    plan = plan_in_force(project)
    said = {block.value["objective_id"]: block.value for block in evaluation.judgements} if evaluation else {}
    return [
        Objective(
            block.id,
            block.value,
            str(Judgement(said[block.id]["judgement"]).label) if block.id in said and said[block.id]["judgement"] else "",
            said[block.id]["evidence"] if block.id in said else "",
        )
        for block in (plan.objectives if plan else ())
    ]


@dataclass(frozen=True)
class State:
    """Where a document stands: a word with the colour of its tag, a sentence, and the comment it came back with."""

    tag: str
    colour: str
    sentence: str
    comment: str = ""


def state_of(document: ProjectDocument | None) -> State:
    """Draft, with its reviewers, came back, or approved: with the day."""
    if document is None:
        return State(_("Not written yet"), "draft", "")
    latest = document.workflow_states.select_related("current_task_state").order_by("-created_at", "-pk").first()
    task_state = latest.current_task_state if latest else None
    if task_state and latest.status == WorkflowState.STATUS_IN_PROGRESS:
        return State(_("With its reviewers"), "wait", _("With its reviewers since %(day)s.") % {"day": _day(task_state.started_at)})
    if task_state and latest.status == WorkflowState.STATUS_NEEDS_CHANGES:
        sentence = _("It came back on %(day)s with this comment:") % {"day": _day(task_state.finished_at)}
        return State(_("Came back"), "soon", sentence, task_state.comment)
    saved = _day(document.latest_revision.created_at)
    if not document.live:
        return State(_("Draft"), "draft", _("A draft, last saved on %(day)s.") % {"day": saved})
    approved = _day(_approved_at(document, latest))
    if document.has_unpublished_changes:
        sentence = _("Approved on %(day)s. A newer draft was saved on %(saved)s.") % {"day": approved, "saved": saved}
        return State(_("Newer draft"), "draft", sentence)
    return State(_("Approved"), "done", _("Approved on %(day)s.") % {"day": approved})


def _approved_at(document: ProjectDocument, latest: WorkflowState | None) -> Any:
    """When its reviewers approved what is live; publishing, which a repeat or a restored row may do anew, is no approval."""
    if latest is None or latest.status != WorkflowState.STATUS_APPROVED:
        approved = document.workflow_states.filter(status=WorkflowState.STATUS_APPROVED).select_related("current_task_state")
        latest = approved.order_by("-created_at", "-pk").first()
    return latest.current_task_state.finished_at if latest else document.last_published_at


def _day(moment: Any) -> str:
    return date_format(localtime(moment), "j F Y")


def may_decide(user: User, document: Any) -> bool:
    """Whether somebody may decide on a document, by its review task: the one the admin asks too."""
    if document is None:
        return False
    workflow = document.get_workflow()
    task = document.current_workflow_task or (workflow.tasks.filter(active=True).first() if workflow else None)
    return task is not None and bool(task.specific.get_actions(document, user))


def document_or_none(project: SupportProject, name: str) -> Any:
    """The project's document of a name (`due_diligence`, `plan`, `evaluation`), knowing its project; None while there is none."""
    document: Model | None = getattr(project, name, None)
    if document is not None:
        document.project = project  # type: ignore[attr-defined]  # the relation's own field: spares reading the project again
    return document
