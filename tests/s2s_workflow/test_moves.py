"""The table of moves: listed moves work for those listed, everything else is refused and changes nothing."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from alliance.roles import Role
from cases.actions.answer_question import answer_question
from cases.actions.ask_question import ask_question
from cases.actions.assign_owner import assign_owner
from cases.actions.close_case import close_case
from cases.actions.settle_question import settle_question
from cases.actions.withdraw_case import withdraw_case
from cases.enums import CaseKind, PublicStatus
from cases.policies import CaseIsClosed
from common.actions import Actor, Refusal
from common.moderation import NotUnderReview, decide_on_document
from diary.models import HalfDay
from finance.actions.discard_invoice import discard_invoice
from finance.enums import InvoiceStatus
from finance.models import Invoice
from s2s_workflow.actions.confirm_needs import confirm_needs
from s2s_workflow.actions.end_deployment import LeadIsNeeded, end_deployment
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.actions.plan_exit import plan_exit
from s2s_workflow.actions.plan_visit import plan_visit
from s2s_workflow.actions.present_costs import present_costs
from s2s_workflow.actions.record_refund import record_refund
from s2s_workflow.actions.release_leader import release_leader
from s2s_workflow.actions.submit_plan import submit_plan
from s2s_workflow.actions.take_into_triage import AlreadyInTriage, NotASupportCase, take_into_triage
from s2s_workflow.enums import DeploymentState, Stage, VisitState
from s2s_workflow.models import ConflictDeclaration, Signature, SupportProject
from s2s_workflow.policies import NotNow, NotReady, OwnerHasConflict
from tests.conftest import NOON
from tests.factories.cases import make_case
from tests.factories.finance import make_rate
from tests.factories.people import make_user
from tests.factories.projects import LATER, VISIT_ON, Cast, at_stage, with_leader_proposed

pytestmark = pytest.mark.django_db
HOLDER = Actor.link_holder("Sam Requester")


@pytest.fixture
def lead():
    return make_user(Role.S2S_LEAD)


@pytest.fixture
def project(lead) -> SupportProject:
    return take_into_triage(case=make_case(), has_conflict=False, by=lead, at=NOON)


def state(project: SupportProject) -> tuple[str, str, int, int]:
    project = SupportProject.objects.select_related("case").get(pk=project.pk)
    return project.stage, project.case.public_status, project.case.events.count(), project.history.count()


def test_a_broker_takes_into_triage_but_does_not_decline():
    broker = make_user(Role.BROKER)
    project = take_into_triage(case=make_case(), has_conflict=False, by=broker, at=NOON)

    with pytest.raises(PermissionDenied):
        move_project(project=project, to=Stage.DECLINED, by=broker, at=NOON, reason="No.")
    with pytest.raises(PermissionDenied):
        close_case(case=project.case, status=PublicStatus.DECLINED, reason="No.", by=broker, at=NOON)

    project.case.refresh_from_db()
    assert state(project)[:2] == (Stage.TRIAGE, PublicStatus.LOOKING)
    assert project.case.closed_at is None


def test_take_into_triage_makes_the_taker_the_owner_and_declares_no_conflict(lead):
    case = make_case()

    project = take_into_triage(case=case, has_conflict=False, by=lead, at=NOON)

    case.refresh_from_db()
    assert (project.stage, case.owner, case.public_status) == (Stage.TRIAGE, lead, PublicStatus.LOOKING)
    assert ConflictDeclaration.objects.get(case=case).has_conflict is False
    assert [str(turn) for turn in case.turns.open()] == ["Decide what happens with the request"]


def test_take_into_triage_with_a_conflict_leaves_the_request_to_somebody_else(lead):
    case = make_case()

    project = take_into_triage(case=case, has_conflict=True, details="My sister works there.", by=lead, at=NOON)

    case.refresh_from_db()
    assert (project, case.owner, SupportProject.objects.count()) == (None, None, 0)
    assert ConflictDeclaration.objects.get(case=case).details == "My sister works there."


def test_take_into_triage_refuses_a_conflict_without_details(lead):
    case = make_case()

    with pytest.raises(ValidationError):
        take_into_triage(case=case, has_conflict=True, by=lead, at=NOON)

    assert ConflictDeclaration.objects.count() == 0


def test_take_into_triage_happens_once(lead, project):
    with pytest.raises(AlreadyInTriage):
        take_into_triage(case=project.case, has_conflict=False, by=lead, at=NOON)


def test_take_into_triage_is_for_support_only(lead):
    with pytest.raises(NotASupportCase):
        take_into_triage(case=make_case(kind=CaseKind.HEALTH_CHECK), has_conflict=False, by=lead, at=NOON)


def test_a_question_and_its_answer_move_the_project_there_and_back(lead, project):
    question = ask_question(case=project.case, text="How many?", by=lead, at=NOON)
    assert state(project)[:2] == (Stage.MORE_INFORMATION, PublicStatus.QUESTION)

    answer_question(question=question, text="Two", by=HOLDER, at=NOON)

    assert state(project)[:2] == (Stage.TRIAGE, PublicStatus.LOOKING)


def test_the_project_waits_until_every_question_is_answered_or_settled(lead, project):
    first = ask_question(case=project.case, text="How many?", by=lead, at=NOON)
    second = ask_question(case=project.case, text="Since when?", by=lead, at=NOON)

    answer_question(question=first, text="Two", by=HOLDER, at=NOON)
    assert state(project)[0] == Stage.MORE_INFORMATION
    settle_question(question=second, by=lead, at=NOON)

    assert state(project)[0] == Stage.TRIAGE


def test_more_information_needs_an_open_question(lead, project):
    before = state(project)

    with pytest.raises(NotReady, match="No question was asked"):
        move_project(project=project, to=Stage.MORE_INFORMATION, by=lead, at=NOON)

    assert state(project) == before


@pytest.mark.parametrize(("status", "stage"), [(PublicStatus.DECLINED, Stage.DECLINED), (PublicStatus.REFERRED, Stage.REFERRED)])
def test_ending_the_case_ends_the_project_with_the_reason(lead, project, status, stage):
    close_case(case=project.case, status=status, reason="Somebody else is nearer.", by=lead, at=NOON)

    assert state(project)[:2] == (stage, status)
    assert project.history.first().history_change_reason == "Somebody else is nearer."


def test_a_project_that_waits_for_an_answer_can_be_declined(lead, project):
    """A question left open does not keep the lead from ending the request."""
    ask_question(case=project.case, text="How many?", by=lead, at=NOON)

    close_case(case=project.case, status=PublicStatus.DECLINED, reason="No.", by=lead, at=NOON)

    assert state(project)[:2] == (Stage.DECLINED, PublicStatus.DECLINED)


def test_a_case_in_triage_is_not_completed(lead, project):
    """The table has no such move; the whole action fails, the case included."""
    with pytest.raises(Refusal):
        close_case(case=project.case, status=PublicStatus.COMPLETED, reason="Done.", by=lead, at=NOON)

    project.case.refresh_from_db()
    assert (state(project)[0], project.case.closed_at) == (Stage.TRIAGE, None)


def test_somebody_with_a_conflict_gets_the_case_by_no_way(lead):
    other, case = make_user(Role.S2S_LEAD), make_case()
    take_into_triage(case=case, has_conflict=True, details="My sister works there.", by=lead, at=NOON)

    for act, refusal in (
        (lambda: take_into_triage(case=case, has_conflict=False, by=lead, at=NOON), OwnerHasConflict),
        (lambda: assign_owner(case=case, owner=lead, by=other, at=NOON), OwnerHasConflict),
        (lambda: assign_owner(case=case, owner=lead, by=lead, at=NOON), PermissionDenied),
        (lambda: assign_owner(case=case, owner=make_user(Role.BROKER), by=lead, at=NOON), PermissionDenied),
    ):
        with pytest.raises(refusal):
            act()

    case.refresh_from_db()
    assert case.owner is None


def test_the_requester_withdraws_at_any_stage_before_the_end(lead):
    for ask in (False, True):
        project = take_into_triage(case=make_case(), has_conflict=False, by=lead, at=NOON)
        if ask:
            ask_question(case=project.case, text="?", by=lead, at=NOON)
        withdraw_case(case=project.case, reason="We found help.", by=HOLDER, at=NOON)
        assert state(project)[:2] == (Stage.WITHDRAWN, PublicStatus.WITHDRAWN)
        with pytest.raises(CaseIsClosed):
            withdraw_case(case=project.case, reason="Again.", by=HOLDER, at=NOON)


def test_a_withdrawn_project_gives_its_half_days_back():
    cast = at_stage(Stage.AWAITING_SIGNATURE)
    assert HalfDay.objects.filter(leader=cast.leader).count() == 1

    withdraw_case(case=cast.fresh().case, reason="We found help.", by=HOLDER, at=NOON)

    assert (HalfDay.objects.filter(leader=cast.leader).count(), cast.visit.state) == (0, VisitState.CANCELLED)


def test_staff_with_a_declared_conflict_do_nothing_more_on_the_project():
    cast = Cast()
    cast.start_brokering()
    ConflictDeclaration.objects.create(
        case=cast.project.case, declared_by=cast.lead, declared_at=NOON, has_conflict=True, details="My sister works there."
    )

    with pytest.raises(PermissionDenied):
        confirm_needs(project=cast.fresh(), needs="Reading.", by=cast.lead, at=NOON)

    assert cast.fresh().needs == ""


def test_what_is_open_ends_with_a_withdrawn_project():
    cast = at_stage(Stage.AGREEMENT_DRAFTED)
    submit_plan(project=cast.fresh(), by=cast.leader.user, at=NOON)

    withdraw_case(case=cast.fresh().case, reason="We found help.", by=HOLDER, at=NOON)

    assert (cast.fresh().plan.current_workflow_state, cast.deployment.state) == (None, DeploymentState.ENDED)
    with pytest.raises(NotUnderReview):
        decide_on_document(document=cast.fresh().plan, approve=True, by=cast.lead, at=NOON)


def test_nobody_signs_for_a_withdrawn_project():
    cast = at_stage(Stage.AWAITING_SIGNATURE)
    party, signer = cast.slots()[0]
    withdraw_case(case=cast.fresh().case, reason="We found help.", by=HOLDER, at=NOON)

    with pytest.raises(NotNow):
        cast.sign(party, signer)

    assert Signature.objects.count() == 0


def test_a_leader_who_is_not_released_takes_costs_and_visits_with_them():
    cast = with_leader_proposed()
    visit = plan_visit(deployment=cast.deployment, visit_date=VISIT_ON, half="AM", by=cast.broker, at=NOON)
    make_rate(300, 150, 255, 127, designation="")
    present_costs(project=cast.fresh(), by=cast.broker, at=NOON)

    release_leader(deployment=cast.deployment, releases=False, reason="We need them.", by=cast.supporting_head, at=NOON)

    visit.refresh_from_db()
    assert (visit.state, HalfDay.objects.count(), cast.fresh().costs_presented_at) == (VisitState.CANCELLED, 0, None)


def test_a_lead_is_replaced_before_they_leave_work_that_is_under_way():
    cast = at_stage(Stage.ACTIVE)

    with pytest.raises(LeadIsNeeded):
        end_deployment(deployment=cast.deployment, reason="Ill.", by=cast.broker, at=NOON)

    assert cast.deployment.state == DeploymentState.APPROVED


def test_an_exit_that_was_not_taken_leaves_nothing_to_refund():
    cast = at_stage(Stage.ACTIVE)
    plan_exit(project=cast.fresh(), exit_on=LATER.date(), exit_steps="Hand over.", by=cast.leader.user, at=LATER)

    cast.end_delivery()

    assert (cast.fresh().exit_on, cast.fresh().refund_due) == (None, 0)


def test_what_was_paid_in_advance_and_not_given_is_refunded_at_the_end():
    cast = at_stage(Stage.ACTIVE, rules={"money_route": "IN_ADVANCE"})
    with pytest.raises(NotNow):
        record_refund(project=cast.fresh(), by=cast.finance, at=LATER)

    cast.end_delivery()

    assert cast.fresh().refund_due == 450  # four half days were quoted at £150, one was given
    cast.approve_time()
    record_refund(project=cast.fresh(), by=cast.finance, at=LATER)


def test_time_on_a_draft_that_was_thrown_away_is_invoiced_again():
    cast = at_stage(Stage.FINAL_REVIEW_DUE)
    cast.approve_time()
    cast.invoice()
    for invoice in Invoice.objects.all():
        discard_invoice(invoice=invoice, reason="Wrong payer.", by=cast.finance, at=LATER)

    cast.invoice()

    assert Invoice.objects.filter(status=InvoiceStatus.DRAFT).count() == 2
