from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.enums import Power
from alliance.models import DeclaredInterest, SystemLeader
from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, Refusal, action
from s2s_workflow.enums import Party, Stage
from s2s_workflow.models import Deployment, SupportProject
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_amendment_is_drafted, check_stage_is, lock_project
from s2s_workflow.team import ask_for_acceptance_again
from s2s_workflow.telling import people_with_power, tell


class LeaderIsTied(Refusal):
    """The leader works at the supported school or declared an interest in it."""


class LeaderIsNotAvailable(Refusal):
    """The leader is not deployed any more, or for now."""


class LeaderIsOnTheTeam(Refusal):
    """The leader has a part in this project already, or had one and left it."""


@action
def propose_deployment(
    *,
    project: SupportProject,
    leader: SystemLeader,
    remit: str,
    half_days: int,
    starts_on: date,
    ends_on: date,
    by: By,
    at: datetime,
    designation: str = "",
    is_named_lead: bool = False,
) -> Deployment:
    """
    Propose a leader for the team; the leader's supporting school is asked to release them (W5). The
    deployment stays that school's, wherever the leader works later. While an amendment is drawn up they are to join with it, and are
    not on the team before all have signed (D4).

    A new named lead takes the place of the one before. `half_days` is the most the leader gives. Raises
    `PermissionDenied`, `NotNow`, `LeaderIsNotAvailable`, `LeaderIsTied`, `LeaderIsOnTheTeam`, and `ValidationError`.
    """
    project = lock_project(project)
    check_user_is(by, Party.STAFF, project, timezone.localdate(at))
    joins_later = project.amending_at is not None
    if joins_later:
        check_amendment_is_drafted(project)
    else:
        check_stage_is(project, Stage.BROKERING)
    if joins_later and is_named_lead:
        raise ValidationError({"is_named_lead": _("Whoever joins with an amendment can lead the team once it is signed by all.")})
    if not (leader.is_active and leader.user.is_active):
        raise LeaderIsNotAvailable(_("%(leader)s is not available at the moment. Choose somebody else.") % {"leader": leader})
    school = project.case.supported_school
    if leader.supporting_school == school or DeclaredInterest.objects.filter(leader=leader, school=school).exists():
        raise LeaderIsTied(_("%(leader)s has ties to this school. Choose somebody else.") % {"leader": leader})
    if any(deployment.leader_id == leader.pk for deployment in (*project.team(), *project.joining())):
        raise LeaderIsOnTheTeam(_("%(leader)s is on the team already.") % {"leader": leader})
    if joins_later and any(deployment.leader_id == leader.pk for deployment in project.gave_and_left()):
        raise LeaderIsOnTheTeam(_("%(leader)s was on the team and left. Choose somebody else.") % {"leader": leader})
    if is_named_lead and (lead := project.named_lead()):
        lead.is_named_lead = False
        lead.save()
    deployment = Deployment(
        project=project,
        leader=leader,
        supporting_school=leader.supporting_school,
        is_named_lead=is_named_lead,
        designation=designation,
        remit=remit,
        half_days=half_days,
        starts_on=starts_on,
        ends_on=ends_on,
        joins_later=joins_later,
        proposed_at=at,
    )
    deployment.full_clean()
    deployment.save()
    project.forget_team()
    if not joins_later:
        ask_for_acceptance_again(project)
    record_event(project.case, N_("%(leader)s was proposed for the team."), by=by, at=at, leader=str(leader))
    heads = people_with_power(deployment.supporting_school, Power.RELEASE, timezone.localdate(at))
    tell(project, heads, N_("A leader of your school is asked for. Please say whether you can release them."), at=at)
    synchronise_turns(project.case, at=at)
    return deployment
