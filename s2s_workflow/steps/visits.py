"""Visits: the note, the school's reply, and the time that the leader's own head approves (D1, D3)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.enums import Power
from alliance.models import User
from s2s_workflow.actions.decide_time import decide_time
from s2s_workflow.actions.reply_to_note import reply_to_note
from s2s_workflow.actions.resubmit_time import resubmit_time
from s2s_workflow.actions.write_note import write_note
from s2s_workflow.actions.write_off_time import write_off_time
from s2s_workflow.enums import DELIVERING, UNDECIDED, Party, TimeState, VisitState
from s2s_workflow.forms.visits import CorrectTimeForm, NoteForm, ReplyForm, ReturnTimeForm, WriteOffForm
from s2s_workflow.models import NoteOfVisit, SupportProject, TimeSheetLine, Visit
from s2s_workflow.parties import schools_acted_for
from s2s_workflow.steps.base import Doing, Step, StepForm, party
from s2s_workflow.time_approval import may_decide_on_time
from s2s_workflow.visit_notes import may_write_note

LEADER = "deployment__leader__user"


def visits_in(project: SupportProject) -> QuerySet[Visit]:
    return Visit.objects.filter(deployment__project=project).select_related(LEADER, "deployment__supporting_school")


def _notes(project: SupportProject) -> QuerySet[NoteOfVisit]:
    return NoteOfVisit.objects.filter(visit__deployment__project=project).select_related(f"visit__{LEADER}", "noted_by")


def _lines(project: SupportProject) -> QuerySet[TimeSheetLine]:
    return TimeSheetLine.objects.filter(visit__deployment__project=project).select_related(
        f"visit__{LEADER}", "visit__deployment__supporting_school", "visit__note"
    )


def _led(user: User, project: SupportProject, line: TimeSheetLine, on: date) -> bool:
    return line.visit.deployment.leader.user_id == user.pk


def _replies(user: User, project: SupportProject, note: NoteOfVisit, on: date) -> bool:
    return project.case.supported_school_id in schools_acted_for(user, on, Power.BOOK)


def _approves(user: User, project: SupportProject, line: TimeSheetLine, on: date) -> bool:
    return may_decide_on_time(user, project, line, on)


def _about_visit(project: SupportProject, visit: Visit) -> dict[str, Any]:
    """Which of the leader's visits it is."""
    held = list(visit.deployment.visits.exclude(state=VisitState.CANCELLED).values_list("pk", flat=True))
    return {"visit": visit, "number": held.index(visit.pk) + 1 if visit.pk in held else None, "of": len(held)}


def _about_line(project: SupportProject, line: TimeSheetLine) -> dict[str, Any]:
    return {"visit": line.visit, "line": line}


def _write(doing: Doing) -> object:
    texts = {name: doing.data[name] for name in ("action_taken", "impact", "next_steps", "evidence")}
    return write_note(visit=doing.target, **texts, by=doing.user, at=doing.at)


def _approve(doing: Doing) -> object:
    return decide_time(line=doing.target, approve=True, by=doing.user, at=doing.at)


def _return(doing: Doing) -> object:
    return decide_time(line=doing.target, approve=False, by=doing.user, at=doing.at, reason=doing.data["reason"])


def _correct(doing: Doing) -> object:
    data = doing.data
    return resubmit_time(line=doing.target, half_days=data["half_days"], by=doing.user, at=doing.at, reason=data["reason"])


def _waits(project: SupportProject, line: TimeSheetLine) -> bool:
    return line.state == TimeState.SUBMITTED


STEPS = [
    Step(
        slug="write-note",
        tab="visits",
        label=_("Write the note of the visit"),
        button=_("Send to school and lead"),
        done=_("The note was sent to the school and the alliance, and the time for approval."),
        act=_write,
        who=may_write_note,
        form=NoteForm,
        stages=DELIVERING,
        targets=visits_in,
        ready=lambda project, visit: visit.state == VisitState.PLANNED and visit.visit_date <= timezone.localdate(),
        context=_about_visit,
        template="s2s_workflow/visit_step.html",
    ),
    Step(
        slug="reply-to-note",
        tab="visits",
        label=_("Reply to the note"),
        done=_("Your reply was sent to the leader and the alliance."),
        act=lambda doing: reply_to_note(note=doing.target, text=doing.data["text"], by=doing.user, at=doing.at),
        who=_replies,
        form=ReplyForm,
        targets=_notes,
        ready=lambda project, note: note.replied_at is None,
        context=lambda project, note: {"visit": note.visit, "note": note},
        template="s2s_workflow/visit_step.html",
    ),
    Step(
        slug="approve-time",
        tab="visits",
        label=_("Approve the time"),
        done=_("The time was approved."),
        act=_approve,
        who=_approves,
        form=StepForm,
        targets=_lines,
        ready=_waits,
        context=_about_line,
        template="s2s_workflow/visit_step.html",
    ),
    Step(
        slug="return-time",
        tab="visits",
        label=_("Send the time back"),
        done=_("The time went back to the leader, with your reason."),
        act=_return,
        who=_approves,
        form=ReturnTimeForm,
        targets=_lines,
        ready=_waits,
        context=_about_line,
        template="s2s_workflow/visit_step.html",
    ),
    Step(
        slug="correct-time",
        tab="visits",
        label=_("Correct the time"),
        button=_("Send it in again"),
        done=_("The time was sent in for approval again."),
        act=_correct,
        who=_led,
        form=CorrectTimeForm,
        targets=_lines,
        ready=lambda project, line: line.state == TimeState.RETURNED,
        initial=lambda project, line: {"half_days": line.half_days},
        context=_about_line,
        template="s2s_workflow/visit_step.html",
    ),
    Step(
        slug="write-off-time",
        tab="visits",
        label=_("Write this time off"),
        done=_("The time was written off."),
        explanation=_("For time that nobody will approve or correct any more. It is not paid and not invoiced, and cannot be taken back."),
        act=lambda doing: write_off_time(line=doing.target, reason=doing.data["reason"], by=doing.user, at=doing.at),
        who=party(Party.STAFF),
        form=WriteOffForm,
        targets=_lines,
        ready=lambda project, line: line.state in UNDECIDED,
        context=_about_line,
        template="s2s_workflow/visit_step.html",
        is_danger=True,
    ),
]
