from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, Refusal, action
from common.in_words import day_in_words, day_to_keep
from diary.actions.take_halves import take_halves
from diary.enums import Half, SourceKind
from s2s_workflow.enums import ARRANGED_AT, DELIVERING, ON_THE_TEAM, Party
from s2s_workflow.models import Deployment, SupportProject, Visit
from s2s_workflow.parties import open_agreement
from s2s_workflow.permissions import check_is_a_person, check_user_is
from s2s_workflow.policies import NotNow, check_stage_is, lock_project
from s2s_workflow.team import asking_again_if_changed
from s2s_workflow.terms import used_by

PLANNABLE = (*ARRANGED_AT, *DELIVERING)


class MoreThanAgreed(Refusal):
    """The visits would take more half days than the leader gives."""


@action
def plan_visit(*, deployment: Deployment, visit_date: date, half: str, by: By, at: datetime, focus: str = "") -> Visit:
    """
    Plan a visit, and take its half days in the leader's diary (D1). `half` is AM, PM, or empty for a full day. A
    timetable that the school had accepted, and has not signed yet, is put to it again.

    Raises `PermissionDenied` unless by the leader, the named lead or alliance staff; `NotNow`; `MoreThanAgreed`; the diary's
    `HalfTaken` and `AllowanceUsedUp`; and `ValidationError` for a date outside the deployment or after an end that was agreed to (D4).
    """
    project = lock_project(deployment.project)
    check_may_plan(deployment, by=by, at=at)
    check_stage_is(project, *PLANNABLE)
    deployment = Deployment.objects.select_for_update(of=("self",)).select_related("leader__user", "project__case").get(pk=deployment.pk)
    if deployment.state not in ON_THE_TEAM:
        raise PermissionDenied
    if deployment.joins_later:
        raise NotNow(_("%(leader)s joins the team once the amendment is signed by all.") % {"leader": deployment.leader})
    half_days, last_day = _most(project, deployment)
    if not deployment.starts_on <= visit_date <= last_day:
        raise ValidationError(
            {
                "visit_date": _("Choose a day between %(first)s and %(last)s.")
                % {"first": day_in_words(deployment.starts_on), "last": day_in_words(last_day)}
            }
        )
    if project.exit_on and project.end_is_agreed and visit_date > project.exit_on:
        last = day_in_words(project.exit_on)
        raise ValidationError({"visit_date": _("The support ends on %(day)s. Choose a day until then.") % {"day": last}})
    visit = Visit(deployment=deployment, visit_date=visit_date, half=half, focus=focus)
    visit.full_clean()
    used, _last = used_by(deployment)
    if used + visit.half_days > half_days:
        sentence = _("%(leader)s gives %(agreed)d half days, and %(used)d are planned.")
        if half_days < deployment.half_days:
            sentence = _("%(leader)s gives %(agreed)d half days by the amendment that is up for signature, and %(used)d are planned.")
        raise MoreThanAgreed(sentence % {"leader": deployment.leader, "agreed": half_days, "used": used})
    with asking_again_if_changed(project, by=by, at=at):
        visit.save()
        halves = [(visit_date, Half(half))] if half else [(visit_date, part) for part in Half]
        take_halves(leader=deployment.leader, halves=halves, kind=SourceKind.VISIT, reference=visit.diary_reference, by=by, at=at)
        record_event(
            project.case,
            N_("A visit of %(leader)s on %(day)s was planned."),
            by=by,
            at=at,
            public=True,
            leader=str(deployment.leader),
            day=day_to_keep(visit_date),
        )
    synchronise_turns(project.case, at=at)
    return visit


def _most(project: SupportProject, deployment: Deployment) -> tuple[int, date]:
    """Half days and last day: as agreed, and no more than in a text that all are asked to sign meanwhile (D4)."""
    half_days, last_day = deployment.half_days, deployment.ends_on
    if project.amending_at and open_agreement(project):
        half_days, last_day = min(half_days, deployment.next_half_days or half_days), min(last_day, deployment.next_ends_on or last_day)
    return half_days, last_day


def check_may_plan(deployment: Deployment, *, by: By, at: datetime) -> None:
    """The leader plans their own visits; the named lead and alliance staff plan everybody's. Raises `PermissionDenied`."""
    if check_is_a_person(by).pk != deployment.leader.user_id:
        check_user_is(by, Party.NAMED_LEAD_OR_STAFF, deployment.project, timezone.localdate(at))
