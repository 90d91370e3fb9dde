from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.enums import Power
from alliance.queries import people_with_role
from alliance.roles import Role
from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from common.in_words import day_to_keep
from s2s_workflow.actions.cancel_visit import VisitIsOver
from s2s_workflow.enums import DELIVERING, VisitState
from s2s_workflow.in_force import plan_in_force
from s2s_workflow.models import NoteOfVisit, TimeSheetLine, Visit
from s2s_workflow.money import keep_refund_true, price_of_time
from s2s_workflow.permissions import check_is_a_person
from s2s_workflow.policies import NotNow, check_stage_is, lock_project
from s2s_workflow.telling import NEWS, people_with_power, staff_of, tell
from s2s_workflow.time_approval import lead_who_stands_in, school_decides, staff_who_stand_in
from s2s_workflow.visit_notes import may_write_note


@action
def write_note(
    *, visit: Visit, action_taken: str, impact: str, next_steps: str, evidence: dict[str, str], by: By, at: datetime
) -> NoteOfVisit:
    """
    Write the note of a visit, the evidence it gives for objectives and its time-sheet line, in one step (D1, D3).

    `evidence` has texts by the id of an objective of the plan. Copies go to the S2S lead and the supported head; the leader's
    own head is asked to approve the time, or who stands in for a school where the leader is the only head. Raises
    `PermissionDenied` unless by the leader of the visit, or in the place of one who cannot (`visit_notes`), `NotNow` before the
    day or outside delivery, `VisitIsOver`, and `ValidationError`.
    """
    project = lock_project(visit.deployment.project)
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    user = check_is_a_person(by)
    today = timezone.localdate(at)
    if not may_write_note(user, project, visit, today):
        raise PermissionDenied
    check_stage_is(project, *DELIVERING)
    if visit.state != VisitState.PLANNED:
        raise VisitIsOver(_("This visit was noted or cancelled already."))
    if visit.visit_date > today:
        raise NotNow(_("This visit has not been held yet."))
    plan = plan_in_force(project)
    known = {block.id for block in (plan.objectives if plan else ())}
    note = NoteOfVisit(
        visit=visit,
        action_taken=action_taken,
        impact=impact,
        next_steps=next_steps,
        evidence={key: text for key, text in evidence.items() if key in known and text.strip()},
        noted_at=at,
        noted_by=user,
    )
    note.full_clean()
    note.save()
    visit.state = VisitState.NOTED
    visit.save()
    charge, share = price_of_time(visit)
    line = TimeSheetLine.objects.create(visit=visit, half_days=visit.half_days, charge=charge, supporting_share=share, submitted_at=at)
    keep_refund_true(project)
    if user.pk == visit.deployment.leader.user_id:
        sentence = N_("%(leader)s wrote the note of the visit on %(day)s.")
    else:
        sentence = N_("The note of the visit of %(leader)s on %(day)s was written in their place.")
    record_event(
        project.case,
        sentence,
        by=by,
        at=at,
        public=True,
        leader=str(visit.deployment.leader),
        day=day_to_keep(visit.visit_date),
    )
    readers = [*staff_of(project), *people_with_role(Role.S2S_LEAD), *people_with_power(project.case.supported_school, Power.BOOK, today)]
    tell(project, readers, N_("A note of a visit is there to read."), at=at, kind=NEWS)
    if school_decides(project, line, today):
        approvers = people_with_power(visit.deployment.supporting_school, Power.APPROVE_TIME, today)
        tell(project, approvers, N_("A time sheet of a leader of your school waits for your approval."), at=at)
    else:
        lead = lead_who_stands_in(project, line)
        tell(
            project,
            [lead] if lead else staff_who_stand_in(project, line),
            N_("A time sheet waits for your approval in place of the leader’s school."),
            at=at,
        )
    synchronise_turns(project.case, at=at)
    return note
