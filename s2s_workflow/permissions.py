"""Who may make a move or take a step. When it may be made is for the table of moves and the policies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.core.exceptions import PermissionDenied

from alliance.enums import Power
from alliance.models import User
from alliance.roles import Role, has_role
from common.actions import Actor, By
from s2s_workflow.enums import Party
from s2s_workflow.models import SupportProject
from s2s_workflow.parties import STAFF_ROLES, is_named_lead, is_supported_head, may_act_for, may_sign_for, open_agreement
from s2s_workflow.transitions import Move, missing_for

Belongs = Callable[[User, SupportProject, date], bool]


def _holds(*roles: Role) -> Belongs:
    """Whoever holds one of the alliance's roles and declared no conflict of interest (W3)."""
    return lambda user, project, on: has_role(user, *roles) and not project.is_barred_to(user)


_is_staff = _holds(*STAFF_ROLES)
_is_s2s_lead = _holds(Role.S2S_LEAD)


def _asks_for_the_school(user: User, project: SupportProject, on: date) -> bool:
    return may_act_for(user, project.case.supported_school, Power.BOOK, on)


def _leads_the_team(user: User, project: SupportProject, on: date) -> bool:
    """The named lead; staff while that lead's account is off, so that a project waits for nobody who cannot come."""
    lead = project.named_lead()
    is_gone = lead is not None and not lead.leader.user.is_active
    return is_named_lead(user, project) or (is_gone and _is_staff(user, project, on))


def _is_signatory(user: User, project: SupportProject, on: date) -> bool:
    agreement = open_agreement(project)
    return agreement is not None and any(may_sign_for(user, party, on) for party in agreement.parties.select_related("school"))


BELONGS: dict[Party, tuple[Belongs, ...]] = {
    Party.STAFF: (_is_staff,),
    Party.S2S_LEAD: (_is_s2s_lead,),
    Party.REQUESTER: (_asks_for_the_school,),
    Party.EITHER_SIDE: (_is_staff, _asks_for_the_school),
    Party.WORKING_GROUP: (_holds(Role.WORKING_GROUP),),
    Party.NAMED_LEAD: (_leads_the_team,),
    Party.NAMED_LEAD_OR_STAFF: (_leads_the_team, _is_staff),
    Party.SUPPORTED_HEAD: (is_supported_head,),
    Party.NAMED_LEAD_OR_SUPPORTED_HEAD: (_leads_the_team, is_supported_head),
    Party.SUPPORTED_HEAD_OR_S2S_LEAD: (is_supported_head, _is_s2s_lead),
    Party.ANY_SIGNATORY: (_is_signatory,),
    Party.REVIEWER: (_holds(Role.REVIEWER),),
    Party.FINANCE_OR_S2S_LEAD: (_holds(Role.FINANCE, Role.S2S_LEAD),),
    Party.SYSTEM: (),
}
BY_LINK = (Party.REQUESTER, Party.EITHER_SIDE)
"""Moves that the holder of the follow link may make: a request has no account behind it."""


def check_is_a_person(by: By) -> User:
    """
    For actions that belong to no party, and check a part at a school or on the team themselves: returns the person who acts.

    A declared conflict of interest takes nothing of such a part. Raises `PermissionDenied` for jobs, links and accounts that are off.
    """
    user: User | None = Actor.of(by).user
    if user is None or not user.is_active:
        raise PermissionDenied
    return user


def belongs_to(by: By, party: Party, project: SupportProject, on: date) -> bool:
    """
    Whether somebody belongs to a party on a day: a user, the holder of a link, or for `SYSTEM` a job.

    Whoever declared a conflict of interest belongs to none by a role in the alliance (W3). What they do for a school of their own, or as
    a leader of the team, stays theirs.
    """
    actor = Actor.of(by)
    if actor.user is None:
        return party == Party.SYSTEM if actor.is_job else party in BY_LINK
    user = actor.user
    return user.is_active and any(rule(user, project, on) for rule in BELONGS[party])


def check_may_move(by: By, party: Party, project: SupportProject, on: date) -> None:
    """Raise `PermissionDenied` unless `by` belongs to the party."""
    if not belongs_to(by, party, project, on):
        raise PermissionDenied


def move_for(by: By, moves: Sequence[Move], project: SupportProject, on: date) -> Move:
    """
    Of the moves that share ends, the one that `by` makes: of several that they may make, one that is ready.

    Raises `PermissionDenied` for somebody who may make none.
    """
    theirs = [move for move in moves if belongs_to(by, move.by, project, on)]
    if not theirs:
        raise PermissionDenied
    if len(theirs) == 1:
        return theirs[0]
    return next((move for move in theirs if not missing_for(move, project)), theirs[0])


def check_user_is(by: By, party: Party, project: SupportProject, on: date) -> User:
    """The same for what is no move: returns the person. Raises `PermissionDenied`."""
    check_may_move(by, party, project, on)
    user: User | None = Actor.of(by).user
    if user is None:
        raise PermissionDenied
    return user
