"""What is next on a support case, and whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_noop as N_

from alliance.enums import Power
from alliance.roles import Role, has_role
from cases.enums import CaseKind, Side
from cases.models import Case
from cases.turns import TurnWanted, promised_by
from s2s_workflow.delivery_turns import delivery_turns
from s2s_workflow.enums import SIGNED, DeploymentState, GroupSubject, ReadinessSide, Stage
from s2s_workflow.models import Deployment, SupportProject
from s2s_workflow.opinions import REFUSED_TURN, fast_track_is_refused, fast_track_is_stuck, subjects_before_the_group, verdict_on
from s2s_workflow.parties import STAFF_ROLES, open_agreement, schools_in
from s2s_workflow.readiness import asked_of, sides_in
from s2s_workflow.terms import plan_is_changed
from s2s_workflow.turn_parts import head_turn, lead_turn


def turns_of(case: Case, **kwargs: Any) -> list[TurnWanted]:
    """A support request nobody triaged wants triage, in place of the core's “take it on”; a project what its stage asks for."""
    if case.kind != CaseKind.SUPPORT:
        return []
    project = SupportProject.objects.select_related("case__supported_school", "case__protocol_version").filter(case=case).first()
    if project is None:
        due = promised_by("FIRST_ANSWER", case.opened_at)
        return [TurnWanted("take-on", Side.ALLIANCE, N_("Take the request into triage"), due_on=due, tab="triage")]
    stage = Stage(project.stage)
    return [
        *_interests_of_the_owner(case),
        *STAGES.get(stage, _nothing)(project),
        *_of_the_working_group(project),
        *(_of_the_amendment(project) if project.amending_at else ()),
        *(delivery_turns(project) if stage in SIGNED else ()),
    ]


def _interests_of_the_owner(case: Case) -> Iterator[TurnWanted]:
    """Whoever is given a case that somebody else took is asked about interests as well (W3), while they look after cases."""
    if case.owner and has_role(case.owner, *STAFF_ROLES) and not case.conflict_declarations.filter(declared_by=case.owner_id).exists():
        sentence = N_("Say whether you have a conflict of interest with the school")
        yield TurnWanted(f"interests-{case.owner_id}", Side.ALLIANCE, sentence, tab="triage")


def _nothing(project: SupportProject) -> Iterator[TurnWanted]:
    yield from ()


def _staff(key: str, sentence: str, tab: str) -> Callable[[SupportProject], Iterator[TurnWanted]]:
    def wanted(project: SupportProject) -> Iterator[TurnWanted]:
        yield TurnWanted(key, Side.ALLIANCE, sentence, tab=tab)

    return wanted


def _due_diligence(project: SupportProject) -> Iterator[TurnWanted]:
    report = getattr(project, "due_diligence", None)
    if report is not None and report.workflow_in_progress:
        sentence = N_("Read the due diligence report and decide on it")
        yield TurnWanted("report-review", Side.ROLE, sentence, role=Role.S2S_LEAD, tab="documents")
    else:
        yield TurnWanted("report", Side.ALLIANCE, N_("Write the due diligence report"), tab="documents")


def _people_asked(deployments: Iterable[Deployment]) -> Iterator[TurnWanted]:
    """The release of a leader, then its approval."""
    for deployment in deployments:
        values = {"leader": str(deployment.leader)}
        if deployment.state == DeploymentState.PROPOSED:
            sentence = N_("Say whether you release %(leader)s")
            school = deployment.supporting_school
            yield TurnWanted(f"release-{deployment.pk}", Side.SCHOOL, sentence, values, school=school, power=Power.RELEASE, tab="team")
        elif deployment.state == DeploymentState.RELEASED:
            yield TurnWanted(f"approve-{deployment.pk}", Side.ALLIANCE, N_("Approve the deployment of %(leader)s"), values, tab="team")


def _brokering(project: SupportProject) -> Iterator[TurnWanted]:
    yield from _people_asked(project.team())
    if project.costs_presented_at and not project.team_accepted_at:
        yield from head_turn(project, "accept-team", ACCEPT, "team")
    else:
        yield TurnWanted("broker", Side.ALLIANCE, N_("Put the team together"), tab="team")


def _acceptance(project: SupportProject) -> Iterator[TurnWanted]:
    """What changed after the school accepted it is presented, and accepted, again."""
    if not project.costs_presented_at:
        yield TurnWanted("present-again", Side.ALLIANCE, N_("Present the team and its costs to the school again"), tab="team")
    elif not project.team_accepted_at:
        yield from head_turn(project, "accept-team", ACCEPT, "team")


def _readiness(project: SupportProject) -> Iterator[TurnWanted]:
    """One for each side that has not submitted (P5): for its named lead, or else another leader, and for the head. Never for staff."""
    if not asked_of(project):
        return
    submitted, sentence = sides_in(project), N_("Answer the readiness questions and submit your answers")
    leader = next((deployment.leader.user for deployment in project.team() if deployment.leader.user.is_active), None)
    if leader and ReadinessSide.LEADER not in submitted:
        yield TurnWanted("readiness-leader", Side.PERSON, sentence, person=leader, tab="readiness")
    if ReadinessSide.SCHOOL not in submitted:
        yield from head_turn(project, "readiness-school", sentence, "readiness")


def _team_agreed(project: SupportProject) -> Iterator[TurnWanted]:
    yield from _acceptance(project)
    yield from _readiness(project)
    yield from lead_turn(project, "meeting", N_("Hold the initial meeting and record it"), "project")


def _plan(project: SupportProject) -> Iterator[TurnWanted]:
    yield from _acceptance(project)
    plan = getattr(project, "plan", None)
    if plan is not None and plan.workflow_in_progress:
        yield from _plan_review(project)
    elif plan is None or not plan.live or plan.has_unpublished_changes:
        yield from lead_turn(project, "plan", N_("Write the action plan and send it in"), "documents")
    elif project.team_accepted_at:
        yield TurnWanted("agreement", Side.ALLIANCE, N_("Draw up the agreement"), tab="agreement")


def _plan_review(project: SupportProject) -> Iterator[TurnWanted]:
    """The S2S lead decides where the protocol has no working group."""
    if not project.rules.get("working_group"):
        yield TurnWanted("plan-review", Side.ROLE, N_("Read the action plan and decide on it"), role=Role.S2S_LEAD, tab="documents")


def _of_the_amendment(project: SupportProject) -> Iterator[TurnWanted]:
    """While the work goes on: the people and the plan of the next version, its text, and its signatures."""
    if open_agreement(project):
        yield from _signatures(project)
        return
    yield from _people_asked(project.joining())
    if project.plan.workflow_in_progress:
        yield from _plan_review(project)
    elif plan_is_changed(project) and project.plan.has_unpublished_changes:
        yield from lead_turn(project, "plan", N_("Write the action plan and send it in"), "documents")
    yield TurnWanted("amendment", Side.ALLIANCE, N_("Draw up the amendment of the agreement"), tab="agreement")


def _signatures(project: SupportProject) -> Iterator[TurnWanted]:
    agreement = open_agreement(project)
    parties = agreement.parties.select_related("school", "signature") if agreement else ()
    for party in parties:
        if party.is_signed:
            continue
        key, sentence = f"sign-{party.pk}", N_("Read the agreement and sign it")
        if party.school:
            yield TurnWanted(key, Side.SCHOOL, sentence, school=party.school, power=Power.SIGN, tab="agreement")
        else:
            yield TurnWanted(key, Side.ROLE, sentence, role=Role.S2S_LEAD, tab="agreement")


def _evaluation(project: SupportProject) -> Iterator[TurnWanted]:
    yield from head_turn(project, "evaluation", N_("Write the final review and send it in"), "documents")


def _evaluation_review(project: SupportProject) -> Iterator[TurnWanted]:
    waits = project.rules.get("working_group") and verdict_on(project, GroupSubject.EVALUATION).missing_for_quorum()
    if not waits:
        yield TurnWanted("review", Side.ROLE, N_("Read the evaluation and decide on it"), role=Role.REVIEWER, tab="documents")


def _dissemination(project: SupportProject) -> Iterator[TurnWanted]:
    yield TurnWanted("disseminate", Side.ROLE, N_("Send the evaluation to those involved"), role=Role.S2S_LEAD, tab="project")
    yield from _story(project)


def _closing(project: SupportProject) -> Iterator[TurnWanted]:
    yield TurnWanted("close", Side.ROLE, N_("Settle what is open and close the project"), role=Role.S2S_LEAD, tab="project")
    yield from _story(project)


def _story(project: SupportProject) -> Iterator[TurnWanted]:
    answered = set(project.story_consents.values_list("school", flat=True))
    for school in schools_in(project):
        if school.pk not in answered:
            sentence = N_("Say whether the work may be told as a story")
            yield TurnWanted(f"story-{school.pk}", Side.SCHOOL, sentence, school=school, power=Power.SIGN, tab="documents")


def _of_the_working_group(project: SupportProject) -> Iterator[TurnWanted]:
    """
    Views until there are enough of them; then what the group decides itself. A fast track that it refuses, or is too small for, is the
    S2S lead's.
    """
    for subject in subjects_before_the_group(project):
        if subject == GroupSubject.FAST_TRACK and fast_track_is_refused(project):
            sentence = N_("Put the fast track to the working group again, or end the request")
            yield TurnWanted(REFUSED_TURN, Side.ROLE, sentence, role=Role.S2S_LEAD, tab="group")
        elif subject == GroupSubject.FAST_TRACK and fast_track_is_stuck(project):
            sentence = N_("Find more members for the working group, which is too small to decide on the fast track, or end the request")
            yield TurnWanted("fast-track-stuck", Side.ROLE, sentence, role=Role.S2S_LEAD, tab="group")
        elif _waits_for_views(project, subject):
            yield TurnWanted(f"group-{subject}", Side.ROLE, GROUP_SENTENCES[subject], role=Role.WORKING_GROUP, tab="group")
        elif subject in GROUP_DECIDES:
            tab = "documents" if subject == GroupSubject.PLAN else "group"
            yield TurnWanted(f"group-decides-{subject}", Side.ROLE, GROUP_DECIDES[subject], role=Role.WORKING_GROUP, tab=tab)


def _waits_for_views(project: SupportProject, subject: GroupSubject) -> bool:
    verdict = verdict_on(project, subject)
    return bool(verdict.missing_for_yes() if subject == GroupSubject.FAST_TRACK else verdict.missing_for_quorum())


ACCEPT = N_("Say whether you accept the team, the timetable and the costs")
GROUP_SENTENCES = {
    GroupSubject.REVIEW: N_("Give your view on the request"),
    GroupSubject.FAST_TRACK: N_("Give your view on the fast track"),
    GroupSubject.PLAN: N_("Give your view on the action plan"),
    GroupSubject.EVALUATION: N_("Give your view on the evaluation"),
}
GROUP_DECIDES = {
    GroupSubject.REVIEW: N_("Record what the working group decided"),
    GroupSubject.FAST_TRACK: N_("Ratify the fast track"),
    GroupSubject.PLAN: N_("Read the action plan and decide on it"),
}
STAGES: dict[Stage, Callable[[SupportProject], Iterator[TurnWanted]]] = {
    Stage.TRIAGE: _staff("triage", N_("Decide what happens with the request"), "triage"),
    Stage.DUE_DILIGENCE: _due_diligence,
    Stage.BROKERING: _brokering,
    Stage.TEAM_AGREED: _team_agreed,
    Stage.INITIAL_MEETING_HELD: _plan,
    Stage.AGREEMENT_DRAFTED: _plan,
    Stage.AWAITING_SIGNATURE: _signatures,
    Stage.FINAL_REVIEW_DUE: _evaluation,
    Stage.EVALUATION_REVIEW: _evaluation_review,
    Stage.CHANGES_REQUESTED: _evaluation,
    Stage.APPROVED: _dissemination,
    Stage.DISSEMINATED: _closing,
}
