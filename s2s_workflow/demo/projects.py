"""The demo's projects: each is walked to its stage by the actions that people take, on days relative to today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from alliance.enums import Designation
from alliance.models import SystemLeader
from cases.models import Case, ProtocolVersion
from common.demo import World
from common.moderation import decide_on_document
from diary.enums import Half
from diary.queries import free_halves
from s2s_workflow.actions.accept_team import accept_team
from s2s_workflow.actions.approve_deployment import approve_deployment
from s2s_workflow.actions.choose_protocol import choose_protocol
from s2s_workflow.actions.confirm_needs import confirm_needs
from s2s_workflow.actions.consent_to_story import consent_to_story
from s2s_workflow.actions.decide_review import Outcome, decide_review
from s2s_workflow.actions.decide_time import decide_time
from s2s_workflow.actions.disseminate import disseminate
from s2s_workflow.actions.freeze_agreement import freeze_agreement
from s2s_workflow.actions.give_opinion import give_opinion
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.actions.plan_visit import plan_visit
from s2s_workflow.actions.present_costs import present_costs
from s2s_workflow.actions.propose_deployment import propose_deployment
from s2s_workflow.actions.record_initial_meeting import record_initial_meeting
from s2s_workflow.actions.release_leader import release_leader
from s2s_workflow.actions.reply_to_note import reply_to_note
from s2s_workflow.actions.save_readiness_answers import save_readiness_answers
from s2s_workflow.actions.sign_agreement import sign_agreement
from s2s_workflow.actions.submit_evaluation import submit_evaluation
from s2s_workflow.actions.submit_plan import submit_plan
from s2s_workflow.actions.submit_readiness_answers import submit_readiness_answers
from s2s_workflow.actions.submit_report import submit_report
from s2s_workflow.actions.take_into_triage import take_into_triage
from s2s_workflow.actions.write_evaluation import Judged, write_evaluation
from s2s_workflow.actions.write_note import write_note
from s2s_workflow.actions.write_plan import Objective, write_plan
from s2s_workflow.actions.write_report import write_report
from s2s_workflow.arrangements import fingerprint_of
from s2s_workflow.demo import wording
from s2s_workflow.enums import GroupSubject, Judgement, PartyKind, ReadinessSide, Stage
from s2s_workflow.models import AgreementClause, AgreementParty, NoteOfVisit, SupportProject, TimeSheetLine, Visit
from s2s_workflow.readiness import asked_of, own_answers, questions_of
from s2s_workflow.readiness import fingerprint_of as fingerprint_of_readiness
from website.readiness import Place

SATURDAY = 5


def load_clauses() -> None:
    for order, (title, text) in enumerate(wording.CLAUSES):
        AgreementClause.objects.create(title=title, text=text, order=order)


@dataclass
class DemoProject:
    """One case with the people who work on it: `head` is the supported head, the team comes from one supporting school."""

    world: World
    case: Case
    head: Any

    def __post_init__(self) -> None:
        people = self.world.people
        self.broker, self.lead = people["broker"], people["lead"]
        self.supporting_head = people["supportinghead"]
        self.leaders = [self.world.leaders["leader"], self.world.leaders["leader2"]]
        self.at = self.case.opened_at + timedelta(hours=4)
        take_into_triage(case=self.case, has_conflict=False, by=self.broker, at=self.at)

    @property
    def project(self) -> SupportProject:
        return SupportProject.objects.select_related("case__protocol_version", "case__supported_school").get(pk=self.case.pk)

    def later(self, *, days: int = 1) -> datetime:
        """Some days on: what comes next happens then."""
        self.at += timedelta(days=days)
        return self.at

    def follow(self, protocol_key: str) -> None:
        version = ProtocolVersion.objects.filter(protocol_key=protocol_key).order_by("-number").first()
        if version is not None:
            reason = "Several leaders are needed, and an inspection is near."
            choose_protocol(project=self.project, version=version, by=self.broker, at=self.at, reason=reason)

    def put_to_group(self) -> None:
        move_project(project=self.project, to=Stage.DUE_DILIGENCE, by=self.broker, at=self.later())
        write_report(project=self.project, **wording.REPORT, by=self.broker, at=self.later())
        submit_report(project=self.project, by=self.broker, at=self.at)

    def recommend(self) -> None:
        self.give_views(GroupSubject.REVIEW, wording.VIEW)
        decide_review(project=self.project, outcome=Outcome.SUPPORT, reason=wording.RATIONALE, by=self.world.people["group"], at=self.at)

    def give_views(self, subject: GroupSubject, rationale: str) -> None:
        """Of both members, a day apart."""
        for key in ("group", "group2"):
            member = self.world.people[key]
            give_opinion(project=self.project, subject=subject, supports=True, rationale=rationale, by=member, at=self.later())

    def start_brokering(self) -> None:
        move_project(project=self.project, to=Stage.BROKERING, by=self.broker, at=self.later())

    def propose_team(self, *, first: date) -> None:
        """The national leader leads the team, the specialist leader coaches."""
        confirm_needs(project=self.project, needs=wording.NEEDS, by=self.broker, at=self.later())
        parts = ((self.leaders[0], Designation.NLE, wording.LEAD_REMIT, 4), (self.leaders[1], Designation.SLE, wording.COACH_REMIT, 8))
        for number, (leader, designation, remit, half_days) in enumerate(parts):
            propose_deployment(
                project=self.project,
                leader=leader,
                designation=designation,
                remit=remit,
                half_days=half_days,
                starts_on=first,
                ends_on=first + timedelta(days=84),
                is_named_lead=number == 0,
                by=self.broker,
                at=self.at,
            )

    def release_first(self) -> None:
        """The lead of the team is released and approved; whether the second leader is waits for their head."""
        lead, _second = self.project.team()
        release_leader(deployment=lead, releases=True, by=self.supporting_head, at=self.later())
        approve_deployment(deployment=lead, by=self.broker, at=self.at)

    def agree_team(self, *, visits: list[date]) -> None:
        for deployment in self.project.team():
            release_leader(deployment=deployment, releases=True, by=self.supporting_head, at=self.later())
            approve_deployment(deployment=deployment, by=self.broker, at=self.at)
        lead, coach = self.project.team()
        for number, day in enumerate(visits):
            deployment, half = (coach, lead)[number == 0], (Half.PM, Half.AM)[number % 2]
            day = next_free(deployment.leader, day, half, at=self.world.now)
            plan_visit(deployment=deployment, visit_date=day, half=half, by=self.broker, at=self.at)
        present_costs(project=self.project, by=self.broker, at=self.later())
        accept_team(project=self.project, seen=fingerprint_of(self.project), by=self.head, at=self.later())
        move_project(project=self.project, to=Stage.TEAM_AGREED, by=self.broker, at=self.at)

    def answer_readiness(self, side: ReadinessSide) -> None:
        """The head for the school, the lead of the team for the leaders."""
        by = self.head if side == ReadinessSide.SCHOOL else self.leaders[0].user
        at, said = self.later(), wording.READINESS[side.asked_as]
        questions = questions_of(self.project).themes
        answers = {
            theme["key"]: dict(zip(("place", "words"), said.get(theme["key"], (Place.PARTLY, "")), strict=True)) for theme in questions
        }
        for act, more in ((save_readiness_answers, {"answers": answers}), (submit_readiness_answers, {})):
            seen = fingerprint_of_readiness(asked_of(self.project), own_answers(self.project, side))
            act(project=self.project, side=side, seen=seen, by=by, at=at, **more)

    def draft_agreement(self) -> None:
        lead = self.leaders[0].user
        at = self.later()
        record_initial_meeting(
            project=self.project,
            held_on=at.date(),
            attendees="Both heads, the reading lead, the two leaders",
            answers=wording.MEETING,
            by=lead,
            at=at,
        )
        due = at.date() + timedelta(days=120)
        objectives = [Objective(*words, due_on=due) for words in wording.OBJECTIVES]
        write_plan(
            project=self.project, objectives=objectives, schedule=wording.SCHEDULE, exit_arrangements=wording.EXIT, by=lead, at=self.later()
        )
        move_project(project=self.project, to=Stage.AGREEMENT_DRAFTED, by=self.broker, at=self.at)
        submit_plan(project=self.project, by=lead, at=self.at)
        if self.project.rules.get("working_group"):
            self.give_views(GroupSubject.PLAN, wording.VIEW_ON_PLAN)
        decides = self.world.people["group"] if self.project.rules.get("working_group") else self.lead
        decide_on_document(document=self.project.plan, approve=True, by=decides, at=self.later())
        freeze_agreement(project=self.project, by=self.broker, at=self.at)

    def sign(self, *kinds: PartyKind) -> None:
        signers = {PartyKind.SUPPORTED_HEAD: self.head, PartyKind.SUPPORTING_HEAD: self.supporting_head, PartyKind.S2S_LEAD: self.lead}
        for party in AgreementParty.objects.filter(agreement__project=self.case.pk, kind__in=kinds).select_related("agreement"):
            signer = signers[PartyKind(party.kind)]
            sign_agreement(party=party, typed_name=signer.get_full_name(), sha256=party.agreement.sha256, by=signer, at=self.later())

    def note_visits(self, *, approved: bool = True) -> None:
        """Write up every visit that lies behind; the school answers the first note."""
        visits = Visit.objects.filter(deployment__project=self.case.pk, visit_date__lt=self.world.today).select_related(
            "deployment__leader"
        )
        for number, visit in enumerate(visits.order_by("visit_date", "pk")):
            at = self.world.now.replace(hour=16) - (self.world.today - visit.visit_date) + timedelta(0)
            keys = [block.id for block in self.project.plan.objectives]
            evidence = {keys[number % len(keys)]: wording.EVIDENCE[number % len(wording.EVIDENCE)]}
            write_note(visit=visit, **wording.NOTES[number % len(wording.NOTES)], evidence=evidence, by=visit.deployment.leader.user, at=at)
            if approved:
                decide_time(line=TimeSheetLine.objects.get(visit=visit), approve=True, by=self.supporting_head, at=at + timedelta(days=1))
        note = NoteOfVisit.objects.filter(visit__deployment__project=self.case.pk).order_by("noted_at").first()
        if note:
            text = "Thank you. The teachers found the planning together most useful."
            reply_to_note(note=note, text=text, by=self.head, at=note.noted_at + timedelta(days=1))

    def evaluate(self) -> None:
        at = self.world.now - timedelta(days=4)
        move_project(project=self.project, to=Stage.FINAL_REVIEW_DUE, by=self.leaders[0].user, at=at)
        blocks = list(self.project.plan.objectives)
        judgements = [
            Judged(block.id, (Judgement.MET, Judgement.PARTLY_MET)[number % 2], wording.EVIDENCE[number % 2])
            for number, block in enumerate(blocks)
        ]
        write_evaluation(project=self.project, judgements=judgements, **wording.EVALUATION, by=self.head, at=at)
        submit_evaluation(project=self.project, by=self.head, at=at + timedelta(days=1))

    def approve_and_tell(self) -> None:
        at = self.world.now - timedelta(days=2)
        decide_on_document(document=self.project.evaluation, approve=True, by=self.world.people["reviewer"], at=at)
        for school, head in (
            (self.case.supported_school, self.head),
            (self.leaders[0].supporting_school, self.supporting_head),
        ):
            if school is not None:
                consent_to_story(project=self.project, school=school, consents=True, by=head, at=at)
        disseminate(project=self.project, by=self.lead, at=at + timedelta(hours=3))


def weekday_before(world: World, days: int) -> date:
    """A working weekday about so many days ago."""
    day = world.today - timedelta(days=days)
    while day.weekday() >= SATURDAY:
        day -= timedelta(days=1)
    return day


def weekday_after(world: World, days: int) -> date:
    day = world.today + timedelta(days=days)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day


def next_free(leader: SystemLeader, day: date, half: Half, *, at: datetime) -> date:
    """The day, or the next weekday on which the leader is free for this half."""
    while day.weekday() >= SATURDAY or (day, half) not in free_halves(leader, [day], at=at):
        day += timedelta(days=1)
    return day
