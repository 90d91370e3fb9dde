from datetime import datetime

from django.utils import timezone

from alliance.models import User
from cases.events import N_, record_event
from common.actions import By, action
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.agreement_text import assemble_text
from s2s_workflow.enums import Party, Stage
from s2s_workflow.guards import (
    costs_are_presented,
    every_day_is_priced,
    fast_track_is_ratified,
    head_accepts_the_team,
    plan_is_agreed,
    something_is_paid,
)
from s2s_workflow.in_force import frozen_plan
from s2s_workflow.models import Agreement, AgreementParty, SupportProject
from s2s_workflow.models.agreements import hash_of
from s2s_workflow.money import quote_drafted
from s2s_workflow.parties import wanted_parties
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import NotReady, check_stage_is, lock_project
from s2s_workflow.telling import people_who_sign, tell
from s2s_workflow.terms import plan_to_sign

BEFORE_FREEZING = (
    costs_are_presented,
    head_accepts_the_team,
    plan_is_agreed,
    fast_track_is_ratified,
    every_day_is_priced,
    something_is_paid,
)


@action
def freeze_agreement(*, project: SupportProject, by: By, at: datetime) -> Agreement:
    """
    Freeze the text of the agreement as its next version, with a slot for each party, and ask them to sign (W8).

    The project moves to *awaiting signature*. Raises `PermissionDenied` unless by alliance staff, `NotNow`, and `NotReady`.
    """
    project = lock_project(project)
    user = check_user_is(by, Party.STAFF, project, timezone.localdate(at))
    check_stage_is(project, Stage.AGREEMENT_DRAFTED)
    if missing := [sentence for guard in BEFORE_FREEZING if (sentence := guard(project))]:
        raise NotReady(" ".join(missing))
    agreement = freeze_text(project, by=user, at=at)
    move_project(project=project, to=Stage.AWAITING_SIGNATURE, by=by, at=at)
    ask_for_signatures(project, at=at)
    return agreement


def freeze_text(project: SupportProject, *, by: User, at: datetime, amends: Agreement | None = None) -> Agreement:
    """The next version of the text with a slot for each party, and what it is in force with. Part of an action."""
    plan = plan_to_sign(project)
    if plan is None:
        raise ValueError("A text is frozen after its plan was agreed.")
    version = project.agreements.count() + 1
    text = assemble_text(project, version=version, on=timezone.localdate(at))
    agreement = Agreement.objects.create(
        project=project,
        version=version,
        text=text,
        sha256=hash_of(text),
        quote=quote_drafted(project),
        plan=frozen_plan(plan),
        amends=amends,
        reason=project.amending_reason if amends else "",
        frozen_at=at,
        frozen_by=by,
    )
    for kind, school in wanted_parties(project):
        AgreementParty.objects.create(agreement=agreement, kind=kind, school=school)
    record_event(project.case, N_("Version %(version)s of the agreement is ready to sign."), by=by, at=at, public=True, version=version)
    return agreement


def ask_for_signatures(project: SupportProject, *, at: datetime) -> None:
    tell(project, people_who_sign(project, timezone.localdate(at)), N_("An agreement waits for your signature."), at=at)
