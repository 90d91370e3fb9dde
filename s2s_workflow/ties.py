"""Whose turn a decision is not: those tied to a school, authors, who gave a view already or gave the time; for many projects at once."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, TruncDate
from wagtail.models import Revision, WorkflowState

from alliance.models import SchoolRole, SystemLeader, User
from alliance.roles import Role, has_role
from s2s_workflow.models import ActionPlan, Deployment, DueDiligenceReport, Evaluation, SupportProject, TimeSheetLine
from s2s_workflow.models.documents import ProjectDocument
from s2s_workflow.opinions import cases_viewed_by
from s2s_workflow.parties import STAFF_ROLES

DECISIONS: dict[type[ProjectDocument] | None, tuple[str, ...]] = {
    DueDiligenceReport: ("report-review", "group-REVIEW", "group-decides-REVIEW"),
    ActionPlan: ("plan-review", "group-PLAN", "group-decides-PLAN"),
    Evaluation: ("review", "group-EVALUATION"),
    None: ("group-FAST_TRACK", "group-decides-FAST_TRACK"),
}
"""Keys of the turns that ask for a view or a decision, by the document that it is about."""
ALL_DECISIONS = tuple(key for keys in DECISIONS.values() for key in keys)
DECIDING_ROLES = (Role.WORKING_GROUP, Role.REVIEWER, Role.S2S_LEAD, Role.BROKER)


def decided_by_others(user: User, **kwargs: Any) -> Q | None:
    """
    Of the turns of a person's roles, those that they may not take: they are tied to a school, wrote the document, or gave the view that
    is asked for (W3, E2), or it is time of their own (D3).

    No query of its own: it becomes part of the one for the turns. `check_may_be_decided_by`, `give_opinion` and `decide_time` say the same.
    """
    if not has_role(user, *DECIDING_ROLES):
        return None
    found = Q(key__in=ALL_DECISIONS, case__in=cases_tied_to(user))
    if has_role(user, *STAFF_ROLES):
        found |= Q(key__in=_time_of_their_own(user))
    for model, keys in DECISIONS.items():
        if model is not None:
            found |= Q(key__in=keys, case__in=_cases_written_in(model, user))
    if has_role(user, Role.WORKING_GROUP):
        for subject, cases in cases_viewed_by(user).items():
            found |= Q(key=f"group-{subject}", case__in=cases)
    return found


def cases_tied_to(user: User) -> QuerySet[Any, Any]:
    """Keys of the cases of whose schools somebody is: what `people_tied_to` says of one project, for all of them."""
    roles = SchoolRole.objects.filter(user=user, declined_at=None)
    own = SystemLeader.objects.filter(user=user).values("supporting_school")
    at_supported = _since(roles.filter(school=OuterRef("case__supported_school")), OuterRef("opened_on"))
    at_supporting = _since(roles.filter(school=OuterRef("supporting_school")), OuterRef(OuterRef("opened_on")))
    theirs = Q(leader__user=user) | Q(supporting_school__in=own) | Q(Exists(at_supporting))
    deployed = Deployment.objects.filter(theirs, project=OuterRef("pk"))
    projects = SupportProject.objects.annotate(opened_on=TruncDate("case__opened_at"))
    tied = Q(case__supported_school__in=own) | Q(Exists(at_supported)) | Q(Exists(deployed))
    return projects.filter(tied).order_by().values("case")


def _since(roles: QuerySet[SchoolRole], opened_on: Any) -> QuerySet[SchoolRole]:
    return roles.filter(Q(ends_on=None) | Q(ends_on__gte=opened_on))


def _time_of_their_own(user: User) -> QuerySet[Any, Any]:
    """Keys of the turns on time that somebody gave or wrote the note of."""
    own = TimeSheetLine.objects.filter(Q(visit__note__noted_by=user) | Q(visit__deployment__leader__user=user)).order_by()
    return own.values_list(Concat(Value("time-"), Cast("pk", CharField())), flat=True)


def _cases_written_in(model: type[ProjectDocument], user: User) -> QuerySet[Any, Any]:
    """Keys of the cases whose document of a kind somebody wrote or sent in."""
    kind = {"content_type__app_label": model._meta.app_label, "content_type__model": model._meta.model_name}
    itself = {"object_id": Cast(OuterRef("pk"), CharField())}
    wrote = Revision.objects.filter(**kind, **itself, user=user)
    sent = WorkflowState.objects.filter(**kind, **itself, requested_by=user)
    return model._default_manager.filter(Exists(wrote) | Exists(sent)).order_by().values("project")
