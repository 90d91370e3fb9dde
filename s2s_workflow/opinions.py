"""What is before the working group, and what its views add up to (W3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import TaskState, WorkflowState

from alliance.models import User
from alliance.queries import people_with_role
from alliance.roles import Role
from cases.events import N_
from common.moderation import MayNotDecide, ModeratedDocument
from s2s_workflow.enums import BEFORE_ACTIVE, GroupSubject, Stage
from s2s_workflow.models import GroupOpinion, SupportProject
from s2s_workflow.models.documents import ProjectDocument, people_tied_to

QUORUM = 2
"""Members without a conflict who must have given a view, unless the protocol names another number."""
EVALUATION_WAITS = N_("An evaluation waits for you to read it.")
REFUSED_TURN = "fast-track-refused"
"""Key of the turn of the S2S lead, who is told when it opens."""
DOCUMENTS = {GroupSubject.REVIEW: "due_diligence", GroupSubject.PLAN: "plan", GroupSubject.EVALUATION: "evaluation"}


@dataclass(frozen=True)
class Verdict:
    """
    The views of one round. Members with a conflict are listed and do not count, whether they said so then or later.

    `barred` are the keys of those who declared one by now, or belong to one of the project's schools.
    """

    quorum: int
    views: tuple[GroupOpinion, ...]
    barred: frozenset[Any] = frozenset()

    @property
    def counted(self) -> list[GroupOpinion]:
        return [view for view in self.views if not view.has_conflict and view.member_id not in self.barred]

    @property
    def in_favour(self) -> int:
        return sum(bool(view.supports) for view in self.counted)

    def missing_for_quorum(self) -> str | None:
        lacking = self.quorum - len(self.counted)
        if lacking <= 0:
            return None
        return (
            ngettext(
                "The working group is not quorate: %d more view is needed.",
                "The working group is not quorate: %d more views are needed.",
                lacking,
            )
            % lacking
        )

    def missing_for_yes(self) -> str | None:
        """More for than against, with a quorum."""
        if missing := self.missing_for_quorum():
            return missing
        return None if self.in_favour * 2 > len(self.counted) else _("Most of the working group do not support it.")


def document_of(project: SupportProject, subject: GroupSubject) -> ModeratedDocument | None:
    """The document that the subject is about; none for a fast track, or while it is not written."""
    return getattr(project, DOCUMENTS[subject], None) if subject in DOCUMENTS else None


def members_who_may_view(document: Any) -> list[User]:
    """The members of the working group who may give a view on a document: no author, nobody of its project's schools."""
    return [member for member in people_with_role(Role.WORKING_GROUP).order_by("pk") if _may_view(member, document)]


def _may_view(member: User, document: Any) -> bool:
    try:
        ProjectDocument.check_may_be_decided_by(document, member)
    except MayNotDecide:
        return False
    return True


def is_before_the_group(project: SupportProject, subject: GroupSubject) -> bool:
    """Whether its members are asked for their view now."""
    if not project.rules.get("working_group"):
        return False
    if subject == GroupSubject.REVIEW:
        return project.stage == Stage.WORKING_GROUP_REVIEW
    if subject == GroupSubject.FAST_TRACK:
        return bool(project.fast_tracked_at and not project.ratified_at and project.stage in BEFORE_ACTIVE)
    document = document_of(project, subject)
    return document is not None and document.workflow_in_progress


def subjects_before_the_group(project: SupportProject) -> list[GroupSubject]:
    return [subject for subject in GroupSubject if is_before_the_group(project, subject)]


def current_round(project: SupportProject, subject: GroupSubject) -> int:
    """How often the subject's document was sent in, or the fast track put to the group, from 1: each time, it looks at it anew."""
    if subject == GroupSubject.FAST_TRACK:
        return max(1, project.history.exclude(fast_tracked_at=None).values("fast_tracked_at").order_by().distinct().count())
    document = document_of(project, subject)
    if document is None:
        return 1
    states = WorkflowState.objects.for_instance(document)
    return max(1, TaskState.objects.filter(workflow_state__in=states).values("started_at").distinct().count())


def verdict_on(project: SupportProject, subject: GroupSubject) -> Verdict:
    """The views of the present round."""
    found = project.opinions.filter(subject=subject, round=current_round(project, subject)).select_related("member")
    views = tuple(found.order_by("given_at", "pk"))
    barred = project.barred_people() | people_tied_to(project) if views else frozenset()
    return Verdict(quorum=quorum_of(project), views=views, barred=barred)


def fast_track_is_refused(project: SupportProject) -> bool:
    """Whether the group is quorate, and most of it cannot support the fast track any more, whatever those say who were not heard (W9)."""
    if not is_before_the_group(project, GroupSubject.FAST_TRACK):
        return False
    verdict = verdict_on(project, GroupSubject.FAST_TRACK)
    if verdict.missing_for_quorum() or not verdict.missing_for_yes():
        return False
    silent = len(_silent(project, verdict))
    return (verdict.in_favour + silent) * 2 <= len(verdict.counted) + silent


def fast_track_is_stuck(project: SupportProject) -> bool:
    """Whether a fast track is before the group, and those who were not heard are too few to make it quorate."""
    if not is_before_the_group(project, GroupSubject.FAST_TRACK):
        return False
    verdict = verdict_on(project, GroupSubject.FAST_TRACK)
    return len(verdict.counted) + len(_silent(project, verdict)) < verdict.quorum


def members_asked_about_the_fast_track(project: SupportProject) -> list[User]:
    """The members who may give a view on it and have not in this round."""
    return _silent(project, verdict_on(project, GroupSubject.FAST_TRACK))


def _silent(project: SupportProject, verdict: Verdict) -> list[User]:
    given = {view.member_id for view in verdict.views}
    return list(people_with_role(Role.WORKING_GROUP).exclude(pk__in=given | project.barred_people() | people_tied_to(project)))


def cases_viewed_by(user: User) -> dict[GroupSubject, QuerySet[Any, Any]]:
    """By subject, the keys of the cases on which a member gave a view in the present round: `current_round`, asked of many at once."""
    own = GroupOpinion.objects.filter(member=user)
    history: Any = SupportProject.history
    begun = history.filter(case_id=OuterRef("project")).exclude(fast_tracked_at=None).order_by().values("case_id")
    times = begun.annotate(number=Count("fast_tracked_at", distinct=True)).values("number")
    fast = own.filter(subject=GroupSubject.FAST_TRACK, round=Coalesce(Subquery(times), 1)).order_by().values("project")
    found = {GroupSubject.FAST_TRACK: fast}
    for subject, name in DOCUMENTS.items():
        document: Any = SupportProject._meta.get_field(name).related_model
        kind = {"workflow_state__content_type__app_label": "s2s_workflow", "workflow_state__content_type__model": document._meta.model_name}
        sent = TaskState.objects.filter(**kind, workflow_state__object_id=Cast(OuterRef(f"project__{name}__pk"), CharField()))
        rounds = sent.order_by().values("workflow_state__object_id").annotate(number=Count("started_at", distinct=True)).values("number")
        found[subject] = own.filter(subject=subject, round=Coalesce(Subquery(rounds), 1)).order_by().values("project")
    return found


def quorum_of(project: SupportProject) -> int:
    return int(project.rules.get("quorum", QUORUM))
