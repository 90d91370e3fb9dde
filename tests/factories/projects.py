"""Support projects, brought to a stage by the very actions that people take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

import time_machine

from alliance.models import School, User
from alliance.roles import Role
from cases.models import ProtocolVersion
from common.moderation import decide_on_document
from finance.actions.issue_invoice import issue_invoice
from finance.actions.mark_paid import mark_paid
from finance.enums import InvoiceStatus, VatTreatment
from finance.models import Invoice, RateCard
from s2s_workflow.actions.accept_team import accept_team
from s2s_workflow.actions.agree_exit import agree_exit
from s2s_workflow.actions.agree_mid_term_review import agree_mid_term_review
from s2s_workflow.actions.approve_deployment import approve_deployment
from s2s_workflow.actions.close_project import close_project
from s2s_workflow.actions.confirm_needs import confirm_needs
from s2s_workflow.actions.decide_review import Outcome, decide_review
from s2s_workflow.actions.decide_time import decide_time
from s2s_workflow.actions.disseminate import disseminate
from s2s_workflow.actions.freeze_agreement import freeze_agreement
from s2s_workflow.actions.give_opinion import give_opinion
from s2s_workflow.actions.invoice_time import invoice_time
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.actions.name_lead import name_lead
from s2s_workflow.actions.plan_exit import plan_exit
from s2s_workflow.actions.plan_visit import plan_visit
from s2s_workflow.actions.present_costs import present_costs
from s2s_workflow.actions.propose_deployment import propose_deployment
from s2s_workflow.actions.record_initial_meeting import record_initial_meeting
from s2s_workflow.actions.release_leader import release_leader
from s2s_workflow.actions.sign_agreement import sign_agreement
from s2s_workflow.actions.submit_evaluation import submit_evaluation
from s2s_workflow.actions.submit_plan import submit_plan
from s2s_workflow.actions.submit_report import submit_report
from s2s_workflow.actions.take_into_triage import take_into_triage
from s2s_workflow.actions.write_evaluation import Judged, write_evaluation
from s2s_workflow.actions.write_mid_term_review import write_mid_term_review
from s2s_workflow.actions.write_note import write_note
from s2s_workflow.actions.write_plan import Objective, write_plan
from s2s_workflow.actions.write_report import write_report
from s2s_workflow.arrangements import fingerprint_of, fingerprint_of_exit
from s2s_workflow.enums import DeploymentState, GroupSubject, Judgement, MidTermDecision, Stage
from s2s_workflow.models import AgreementClause, AgreementParty, Deployment, SupportProject, TimeSheetLine, Visit
from s2s_workflow.models.team import AGENDA
from tests.conftest import NOON
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.cases import make_case
from tests.factories.finance import make_rate
from tests.factories.kept import kept
from tests.factories.people import make_head, make_school, make_user

SHORT = {"money_route": "ALLIANCE_INVOICES"}
"""The rules of a protocol without due diligence and working group."""
FULL = {"due_diligence": True, "working_group": True, "audit_visit": False, "money_route": "ALLIANCE_INVOICES"}
VISIT_ON = NOON.date() + timedelta(days=14)
LATER = NOON + timedelta(days=15)
"""The day after the visit."""


def make_version(rules: dict[str, Any]) -> ProtocolVersion:
    key = "full" if rules.get("working_group") else "short"
    number = ProtocolVersion.objects.filter(protocol_key=key).count() + 1
    return ProtocolVersion.objects.create(
        protocol_key=key, number=number, title=f"Protocol {key}", content={}, rules=rules, sha256="0" * 64, published_at=NOON
    )


@dataclass
class Cast:
    """Everybody with a part in one project, and what they do, step by step. Steps are in the order of the stages."""

    rules: dict[str, Any] = field(default_factory=lambda: SHORT)
    lead: User = field(default_factory=lambda: make_user(Role.S2S_LEAD))
    half_days: int = 4
    other_heads: list[tuple[School, User]] = field(default_factory=list)
    """Heads of supporting schools that come to the team later."""

    @cached_property
    def broker(self) -> User:
        return make_user(Role.BROKER)

    @cached_property
    def finance(self) -> User:
        return make_user(Role.FINANCE)

    @cached_property
    def reviewer(self) -> User:
        return make_user(Role.REVIEWER)

    @cached_property
    def group(self) -> list[User]:
        return [make_user(Role.WORKING_GROUP) for _number in range(2)]

    @cached_property
    def school(self) -> School:
        return make_school(phase="PRIMARY")

    @cached_property
    def head(self) -> User:
        return make_head(self.school)

    @cached_property
    def supporting_school(self) -> School:
        return make_school(phase="PRIMARY")

    @cached_property
    def supporting_head(self) -> User:
        return make_head(self.supporting_school)

    @cached_property
    def leader(self) -> Any:
        return SystemLeaderFactory(user=make_user(), supporting_school=self.supporting_school)

    @cached_property
    def project(self) -> SupportProject:
        case = make_case(school=self.school, protocol_version=make_version(self.rules))
        project = take_into_triage(case=case, has_conflict=False, by=self.broker, at=NOON)
        assert project
        return project

    def fresh(self) -> SupportProject:
        return SupportProject.objects.select_related("case__protocol_version", "case__supported_school").get(pk=self.project.pk)

    @property
    def deployment(self) -> Deployment:
        return self.fresh().deployments.get(leader=self.leader)

    @property
    def visit(self) -> Visit:
        return Visit.objects.get(deployment=self.deployment)

    # Steps

    def start_due_diligence(self) -> None:
        move_project(project=self.project, to=Stage.DUE_DILIGENCE, by=self.broker, at=NOON)

    def write_report(self) -> None:
        texts = {name: f"What we know of {name}." for name in ("findings", "tried_already", "inspection_risk", "recommendation")}
        write_report(project=self.project, **texts, by=self.broker, at=NOON)

    def submit_report(self) -> None:
        self.write_report()
        submit_report(project=self.project, by=self.broker, at=NOON)

    def give_views(self, subject: GroupSubject, *, supports: bool = True) -> None:
        for member in self.group:
            give_opinion(project=self.fresh(), subject=subject, supports=supports, rationale="As we read it.", by=member, at=NOON)

    def recommend(self) -> None:
        self.give_views(GroupSubject.REVIEW)
        decide_review(project=self.fresh(), outcome=Outcome.SUPPORT, reason="It is the most effective.", by=self.group[0], at=NOON)

    def start_brokering(self) -> None:
        if self.rules.get("due_diligence"):
            self.start_due_diligence()
            self.submit_report()
            self.recommend()
        else:
            move_project(project=self.project, to=Stage.BROKERING, by=self.broker, at=NOON)

    def propose_team(self) -> None:
        confirm_needs(project=self.fresh(), needs="Reading in Year 3.", by=self.broker, at=NOON)
        propose_deployment(
            project=self.fresh(), leader=self.leader, remit="Coaches the reading lead.", half_days=self.half_days, starts_on=VISIT_ON,
            ends_on=VISIT_ON + timedelta(days=60), is_named_lead=True, by=self.broker, at=NOON,
        )  # fmt: skip

    def put_team_together(self) -> None:
        self.propose_team()
        release_leader(deployment=self.deployment, releases=True, by=self.supporting_head, at=NOON)
        approve_deployment(deployment=self.deployment, by=self.broker, at=NOON)
        plan_visit(deployment=self.deployment, visit_date=VISIT_ON, half="AM", by=self.broker, at=NOON)
        if not RateCard.objects.filter(designation="", live=True).exists():
            make_rate(300, 150, 255, 127, designation="")
        present_costs(project=self.fresh(), by=self.broker, at=NOON)
        self.accept()

    def another_lead(self) -> User:
        """A leader of a third school joined the team, and leads it now."""
        leader: Any = SystemLeaderFactory(user=make_user(), supporting_school=make_school())
        other = Deployment.objects.create(
            project=self.fresh(), leader=leader, supporting_school=leader.supporting_school, remit="Maths.", half_days=2, starts_on=VISIT_ON,
            ends_on=self.deployment.ends_on, state=DeploymentState.APPROVED, proposed_at=NOON, released_at=NOON, released_by=self.broker,
            approved_at=NOON, approved_by=self.broker,
        )  # fmt: skip
        name_lead(deployment=other, by=self.broker, at=LATER)
        user: User = leader.user
        return user

    def accept(self) -> None:
        accept_team(project=self.fresh(), seen=fingerprint_of(self.fresh()), by=self.head, at=NOON)

    def agree_team(self) -> None:
        self.put_team_together()
        move_project(project=self.fresh(), to=Stage.TEAM_AGREED, by=self.broker, at=NOON)

    def hold_meeting(self) -> None:
        answers = {key: f"{label}: settled." for key, label in AGENDA.items()}
        record_initial_meeting(
            project=self.fresh(), held_on=NOON.date(), attendees="Both heads", answers=answers, by=self.leader.user, at=NOON
        )

    def write_plan(self) -> None:
        objectives = [Objective("Read better", "Reading age", "7.2", "8.0", "Reading lead", date(2027, 3, 26))]
        write_plan(
            project=self.fresh(), objectives=objectives, schedule="Every two weeks.", exit_arrangements="A month’s notice.",
            by=self.leader.user, at=NOON,
        )  # fmt: skip

    def draft_agreement(self) -> None:
        AgreementClause.objects.get_or_create(title="Confidentiality", defaults={"text": "What is shared stays between the parties."})
        self.write_plan()
        move_project(project=self.fresh(), to=Stage.AGREEMENT_DRAFTED, by=self.broker, at=NOON)

    def agree_plan(self) -> None:
        submit_plan(project=self.fresh(), by=self.leader.user, at=NOON)
        if self.rules.get("working_group"):
            self.give_views(GroupSubject.PLAN)
        by = self.group[0] if self.rules.get("working_group") else self.lead
        decide_on_document(document=self.fresh().plan, approve=True, by=by, at=NOON)

    def freeze(self) -> None:
        self.agree_plan()
        freeze_agreement(project=self.fresh(), by=self.broker, at=NOON)

    def freeze_again(self) -> None:
        """After a change was asked for; the plan is still agreed."""
        freeze_agreement(project=self.fresh(), by=self.broker, at=NOON)

    def slots(self) -> list[tuple[AgreementParty, User]]:
        """The slots of the open agreement with who fills each."""
        signers = {"SUPPORTED_HEAD": self.head, "SUPPORTING_HEAD": self.supporting_head, "S2S_LEAD": self.lead}
        open_ = {"agreement__voided_at": None, "agreement__completed_at": None}
        parties = AgreementParty.objects.filter(agreement__project=self.project, **open_).select_related("agreement", "school")
        heads = dict(self.other_heads)
        return [(party, heads.get(party.school) or signers[party.kind]) for party in parties.order_by("pk")]

    def sign(self, party: AgreementParty, by: User) -> None:
        sign_agreement(party=party, typed_name=by.get_full_name(), sha256=party.agreement.sha256, by=by, at=NOON)

    def sign_all(self) -> None:
        for party, signer in self.slots():
            self.sign(party, signer)

    def note_visit(self) -> None:
        evidence = {block.id: "Reading ages rose." for block in self.fresh().plan.objectives}
        write_note(
            visit=self.visit, action_taken="Watched lessons.", impact="Calmer start.", next_steps="Model a lesson.", evidence=evidence,
            by=self.leader.user, at=LATER,
        )  # fmt: skip

    def approve_time(self) -> None:
        line = TimeSheetLine.objects.get(visit=self.visit)
        decide_time(line=line, approve=True, by=self.supporting_head, at=LATER)

    def invoice(self) -> None:
        invoice_time(project=self.fresh(), by=self.finance, at=LATER)

    def settle(self) -> None:
        for invoice in Invoice.objects.filter(case_reference=self.project.case.reference, status=InvoiceStatus.DRAFT):
            issued = issue_invoice(
                invoice=invoice, vat_treatment=VatTreatment.OUTSIDE_SCOPE, vat_percent=Decimal(0), by=self.finance, at=LATER
            )
            mark_paid(invoice=issued, paid_on=LATER.date(), by=self.finance, at=LATER)

    def review_mid_term(self, decision: MidTermDecision = MidTermDecision.CONTINUE) -> None:
        write_mid_term_review(
            project=self.fresh(), held_on=LATER.date(), is_working="Yes.", is_appropriate="Yes.", next_steps="Go on.", decision=decision,
            exit_on=LATER.date() + timedelta(days=30), exit_steps="Hand over.", by=self.leader.user, at=LATER,
        )  # fmt: skip

    def agree_mid_term(self) -> None:
        agree_mid_term_review(project=self.fresh(), by=self.head, at=LATER)

    def exit(self) -> None:
        plan_exit(project=self.fresh(), exit_on=LATER.date(), exit_steps="Hand over.", by=self.leader.user, at=LATER)
        self.agree_exit()

    def agree_exit(self) -> None:
        seen = fingerprint_of_exit(self.fresh())
        agree_exit(project=self.fresh(), seen=seen, by=self.head, at=LATER, reason="Staff changed.")

    def end_delivery(self) -> None:
        self.note_visit()
        move_project(project=self.fresh(), to=Stage.FINAL_REVIEW_DUE, by=self.leader.user, at=LATER)

    def write_evaluation(self) -> None:
        judgements = [Judged(block.id, Judgement.MET, "Reading ages rose.") for block in self.fresh().plan.objectives]
        names = ("impact_on_supporting", "sustained_by", "achievements", "challenges", "next_steps")
        texts = {name: f"What we say of {name}." for name in names}
        write_evaluation(project=self.fresh(), judgements=judgements, **texts, by=self.head, at=LATER)

    def submit_evaluation(self) -> None:
        self.write_evaluation()
        submit_evaluation(project=self.fresh(), by=self.head, at=LATER)

    def return_evaluation(self) -> None:
        decide_on_document(document=self.fresh().evaluation, approve=False, reason="Say more.", by=self.reviewer, at=LATER)

    def approve_evaluation(self) -> None:
        if self.rules.get("working_group"):
            self.give_views(GroupSubject.EVALUATION)
        decide_on_document(document=self.fresh().evaluation, approve=True, by=self.reviewer, at=LATER)

    def disseminate(self) -> None:
        disseminate(project=self.fresh(), by=self.lead, at=LATER)

    def close(self) -> None:
        self.approve_time()
        self.invoice()
        self.settle()
        close_project(project=self.fresh(), reason="All is done.", by=self.lead, at=LATER)


MAIN_LINE: list[tuple[Stage, Callable[[Cast], None]]] = [
    (Stage.BROKERING, Cast.start_brokering),
    (Stage.TEAM_AGREED, Cast.agree_team),
    (Stage.INITIAL_MEETING_HELD, Cast.hold_meeting),
    (Stage.AGREEMENT_DRAFTED, Cast.draft_agreement),
    (Stage.AWAITING_SIGNATURE, Cast.freeze),
    (Stage.ACTIVE, Cast.sign_all),
    (Stage.FINAL_REVIEW_DUE, Cast.end_delivery),
    (Stage.EVALUATION_REVIEW, Cast.submit_evaluation),
    (Stage.APPROVED, Cast.approve_evaluation),
    (Stage.DISSEMINATED, Cast.disseminate),
    (Stage.CLOSED, Cast.close),
]
"""The way of most projects, stage by stage."""


def reach(cast: Cast, stage: Stage) -> SupportProject:
    """Bring the cast's project to a stage of the main line, from wherever it stands."""
    stages = [reached for reached, _step in MAIN_LINE]
    now = Stage(cast.fresh().stage)
    done = stages.index(now) + 1 if now in stages else 0
    for reached, step in MAIN_LINE[done : stages.index(stage) + 1]:
        step(cast)
        assert cast.fresh().stage == reached
    return cast.fresh()


@kept
def at_stage(stage: Stage, **values: Any) -> Cast:
    """At noon: a cast, made with these values, whose project was brought to a stage of the main line."""
    with time_machine.travel(NOON):
        cast = Cast(**values)
        reach(cast, stage)
    return cast


@kept
def with_leader_proposed() -> Cast:
    """At noon: a cast whose project is in brokering, with one leader proposed as the named lead."""
    with time_machine.travel(NOON):
        cast = Cast()
        cast.start_brokering()
        cast.propose_team()
    return cast
