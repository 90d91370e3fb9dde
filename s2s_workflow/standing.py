"""What somebody is to one project, and which parts of it that opens."""

from __future__ import annotations

from datetime import date
from enum import Enum, auto

from alliance.models import User
from alliance.queries import live_school_roles
from alliance.roles import Role, user_roles
from s2s_workflow.models import SupportProject
from s2s_workflow.models.documents import people_tied_to
from s2s_workflow.parties import STAFF_ROLES


class Standing(Enum):
    """One person may have several."""

    STAFF = auto()
    S2S_LEAD = auto()
    GROUP = auto()
    REVIEWER = auto()
    FINANCE = auto()
    SUPPORTED_HEAD = auto()
    SUPPORTED_SCHOOL = auto()
    """Whoever may ask and book for the supported school."""
    SUPPORTED_GOVERNOR = auto()
    """Signs for the supported school's governors, without booking."""
    SUPPORTING_SCHOOL = auto()
    """Acts for the school that released a leader of the team."""
    FORMER_SUPPORTING_SCHOOL = auto()
    """The same for a leader who left early: what they gave and what it costs stays the school's to see, and its time to decide on."""
    TEAM = auto()
    FORMER_LEADER = auto()
    NAMED_LEAD = auto()


S = Standing
EVERYBODY = frozenset(Standing)
TABS: dict[str, frozenset[Standing]] = {
    "project": EVERYBODY,
    "team": frozenset({S.STAFF, S.SUPPORTED_SCHOOL, S.SUPPORTING_SCHOOL, S.TEAM}),
    "readiness": frozenset({S.STAFF, S.SUPPORTED_SCHOOL, S.TEAM}),
    "documents": frozenset({S.STAFF, S.SUPPORTED_SCHOOL, S.SUPPORTING_SCHOOL, S.TEAM, S.GROUP, S.REVIEWER}),
    "group": frozenset({S.STAFF, S.GROUP}),
    "agreement": frozenset({S.STAFF, S.SUPPORTED_SCHOOL, S.SUPPORTED_GOVERNOR, S.SUPPORTING_SCHOOL, S.TEAM}),
    "visits": frozenset({S.STAFF, S.SUPPORTED_SCHOOL, S.SUPPORTING_SCHOOL, S.FORMER_SUPPORTING_SCHOOL, S.TEAM, S.FORMER_LEADER}),
    "reviews": frozenset({S.STAFF, S.SUPPORTED_SCHOOL, S.TEAM}),
    "costs": frozenset({S.STAFF, S.SUPPORTED_SCHOOL, S.SUPPORTING_SCHOOL, S.FORMER_SUPPORTING_SCHOOL, S.FINANCE}),
}
"""Tab of the case page → whom it opens to. What stands in it may be less: each tab says so."""

DECIDING = frozenset({S.GROUP, S.REVIEWER})
"""Closed to people of the project's schools, declared or not (W3, E2)."""
_OF_ROLES = {Role.WORKING_GROUP: S.GROUP, Role.REVIEWER: S.REVIEWER, Role.FINANCE: S.FINANCE, Role.S2S_LEAD: S.S2S_LEAD}


def standing_of(user: User, project: SupportProject, on: date) -> frozenset[Standing]:
    """
    Everything the person is to the project on a day. Whoever declared a conflict of interest is nothing by a role in the alliance (W3);
    what they are at a school or on the team they stay.
    """
    roles, found = frozenset() if project.is_barred_to(user) else user_roles(user), set()
    if roles & set(STAFF_ROLES):
        found.add(S.STAFF)
    found |= {standing for role, standing in _OF_ROLES.items() if role in roles}
    if found & DECIDING and user.pk in people_tied_to(project):
        found -= DECIDING  # they do not decide on it, so they do not read it for that either
    supporting = {deployment.supporting_school_id for deployment in (*project.team(), *project.joining())}
    supported_before = {deployment.supporting_school_id for deployment in project.left_early()}
    for role in live_school_roles(user, on):
        if role.school_id == project.case.supported_school_id:
            found |= {
                standing
                for standing, holds in (
                    (S.SUPPORTED_HEAD, role.kind.acts_for_head),
                    (S.SUPPORTED_SCHOOL, "BOOK" in role.kind.powers),
                    (S.SUPPORTED_GOVERNOR, "SIGN" in role.kind.powers),
                )
                if holds
            }
        elif role.school_id in supporting and role.kind.powers:
            found.add(S.SUPPORTING_SCHOOL)
        elif role.school_id in supported_before and role.kind.powers:
            found.add(S.FORMER_SUPPORTING_SCHOOL)
    for deployment in project.team():
        if deployment.leader.user_id == user.pk:
            found |= {S.TEAM, S.NAMED_LEAD} if deployment.is_named_lead else {S.TEAM}
    if any(deployment.leader.user_id == user.pk for deployment in project.left_early()):
        found.add(S.FORMER_LEADER)
    return frozenset(found)
