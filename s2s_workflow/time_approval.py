"""Who decides on a leader's time: the school that released them, and nobody on time of their own (D3)."""

from __future__ import annotations

from datetime import date
from typing import Any

from alliance.enums import Power
from alliance.models import User
from alliance.queries import people_with_role
from alliance.roles import Role, has_role
from s2s_workflow.enums import Party
from s2s_workflow.models import SupportProject, TimeSheetLine
from s2s_workflow.parties import STAFF_ROLES, may_act_for
from s2s_workflow.permissions import belongs_to


def may_decide_on_time(user: User, project: SupportProject, line: TimeSheetLine, on: date) -> bool:
    """
    Whether somebody may approve a line or send it back: whoever approves time at the school that released the leader.

    Where nobody else there does, because the leader is their school's only head, the named lead of the team or alliance staff decide in
    its place. Never those whose own work it is.
    """
    if user.pk in _whose_own_work(line):
        return False
    if may_act_for(user, line.visit.deployment.supporting_school, Power.APPROVE_TIME, on):
        return True
    return belongs_to(user, Party.NAMED_LEAD_OR_STAFF, project, on) and not school_decides(project, line, on)


def school_decides(project: SupportProject, line: TimeSheetLine, on: date) -> bool:
    """Whether anybody at the school that released the leader may decide on the line. One query a project."""
    people = project.people_who_approve_time(on).get(line.visit.deployment.supporting_school_id, frozenset())
    return bool(people - _whose_own_work(line))


def lead_who_stands_in(project: SupportProject, line: TimeSheetLine) -> User | None:
    """The named lead, asked in place of a school where nobody may decide; None where that is staff's, the work being the lead's own."""
    lead = project.named_lead()
    if lead is None or not lead.leader.user.is_active or lead.leader.user_id in _whose_own_work(line):
        return None
    user: User = lead.leader.user
    return user


def owner_may_not_decide(project: SupportProject, line: TimeSheetLine) -> bool:
    """Whether the work is the case's owner's own, so that it is for other staff."""
    return project.case.owner_id in _whose_own_work(line)


def role_that_stands_in(project: SupportProject, line: TimeSheetLine) -> Role:
    """Whose holders are asked in place of the owner of the case: S2S leads, or brokers where no lead may decide on the line."""
    return Role.BROKER if not _who_may(Role.S2S_LEAD, project, line) and _who_may(Role.BROKER, project, line) else Role.S2S_LEAD


def staff_who_stand_in(project: SupportProject, line: TimeSheetLine) -> list[User]:
    """Who is told that a line waits for staff: the owner of the case, or others where the owner may not decide or is staff no more."""
    owner = project.case.owner
    if owner and has_role(owner, *STAFF_ROLES) and not owner_may_not_decide(project, line):
        return [owner]
    return _who_may(role_that_stands_in(project, line), project, line)


def _who_may(role: Role, project: SupportProject, line: TimeSheetLine) -> list[User]:
    return list(people_with_role(role).exclude(pk__in=_whose_own_work(line) | project.barred_people()))


def _whose_own_work(line: TimeSheetLine) -> frozenset[Any]:
    """Keys of the leader and of whoever wrote the note that made the line."""
    return frozenset({line.visit.deployment.leader.user_id, line.visit.note.noted_by_id})
