"""A mid-term review that the head does not agree to keeps the project nowhere: it comes back, or the S2S lead settles it (D4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from alliance.models import User
from alliance.roles import Role
from cases.models import CaseEvent, Turn
from outbox.models import OutboxMessage
from s2s_workflow.actions.agree_mid_term_review import ReviewReplaced, agree_mid_term_review
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.actions.send_back_mid_term_review import send_back_mid_term_review
from s2s_workflow.actions.settle_mid_term_review import settle_mid_term_review
from s2s_workflow.enums import MidTermDecision, Stage
from s2s_workflow.guards import mid_term_review_was_held
from s2s_workflow.models import Deployment, MidTermReview
from s2s_workflow.policies import NotNow, NotReady
from tests.factories.people import make_head, make_user
from tests.factories.projects import LATER, VISIT_ON, Cast, at_stage
from tests.s2s_workflow.steps import Portal

pytestmark = pytest.mark.django_db
WAITS = "The mid-term review still waits for the head of the supported school."


def make_once() -> Cast:
    """The named lead wrote the review, and the head has it."""
    cast = at_stage(Stage.ACTIVE)
    cast.review_mid_term()
    return cast


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


def send_back(cast: Cast, by: User | None = None, reason: str = "The targets are not ours.") -> None:
    send_back_mid_term_review(project=cast.fresh(), by=by or cast.head, at=LATER, reason=reason)


def settle(cast: Cast, by: User | None = None, reason: str = "Half of it is done.") -> None:
    settle_mid_term_review(project=cast.fresh(), by=by or cast.lead, at=LATER, reason=reason)


def keys_of(user: User) -> set[str]:
    return set(Turn.objects.of(user, on=LATER.date()).values_list("key", flat=True))


def facts(cast: Cast) -> tuple[Any, ...]:
    project = cast.fresh()
    review = MidTermReview.objects.get(project=project)
    return project.stage, review.sent_back_at, review.is_settled, project.history.count(), CaseEvent.objects.count(), project.exit_on


# --- Sent back ------------------------------------------------------------------------------------


def the_head(cast: Cast) -> User:
    return cast.head


def the_named_lead(cast: Cast) -> User:
    user: User = cast.leader.user
    return user


@pytest.mark.parametrize("who", [the_head, the_named_lead], ids=lambda who: who.__name__)
def test_a_review_that_is_sent_back_is_written_anew_and_agreed(cast: Cast, who: Callable[[Cast], User]) -> None:
    send_back(cast, by=who(cast))
    after = (cast.fresh().stage, keys_of(cast.leader.user) & {"mid-term-again"}, keys_of(cast.head) & {"mid-term"})
    cast.review_mid_term()
    again = (cast.fresh().stage, keys_of(cast.leader.user) & {"mid-term-again"}, keys_of(cast.head) & {"mid-term"})
    cast.agree_mid_term()

    assert after == (Stage.ACTIVE, {"mid-term-again"}, set())
    assert again == (Stage.MID_TERM_REVIEW, set(), {"mid-term"})
    first, second = MidTermReview.objects.order_by("pk")
    assert (first.sent_back_by, first.sent_back_reason, first.agreed_at) == (who(cast), "The targets are not ours.", None)
    assert (second.agreed_by, cast.fresh().stage) == (cast.head, Stage.ACTIVE)


def test_sending_back_says_why_to_everybody_whom_it_concerns(cast: Cast) -> None:
    send_back(cast)

    event = CaseEvent.objects.get(sentence="The mid-term review was sent back, to be written anew.")
    told = set(OutboxMessage.objects.filter(details__sentence__icontains="mid-term review").values_list("recipient_email", flat=True))
    assert (event.reason, event.is_public) == ("The targets are not ours.", True)
    assert {cast.leader.user.email, cast.broker.email} <= told
    assert cast.fresh().history.first().history_change_reason == "The targets are not ours."


def test_an_end_that_was_proposed_is_proposed_no_more() -> None:
    cast = at_stage(Stage.ACTIVE)
    cast.review_mid_term(MidTermDecision.EXIT)
    proposed = cast.fresh().exit_on

    send_back(cast)

    project = cast.fresh()
    assert (proposed is not None, project.exit_on, project.exit_steps, project.refund_due) == (True, None, "", None)
    assert "exit" not in keys_of(cast.head)


def test_a_review_that_was_sent_back_does_not_count_as_held(cast: Cast) -> None:
    Deployment.objects.update(ends_on=VISIT_ON + timedelta(weeks=20))
    send_back(cast)

    assert mid_term_review_was_held(cast.fresh()) == "The mid-term review was not held."


# --- Settled --------------------------------------------------------------------------------------


@pytest.mark.parametrize("decision", list(MidTermDecision))
def test_the_s2s_lead_settles_a_dispute_and_the_work_goes_on_as_agreed(decision: MidTermDecision) -> None:
    cast = at_stage(Stage.ACTIVE)
    Deployment.objects.update(ends_on=VISIT_ON + timedelta(weeks=20))
    cast.review_mid_term(decision)

    settle(cast)

    project, review = cast.fresh(), MidTermReview.objects.get(project=cast.project)
    assert (project.stage, project.exit_on, review.agreed_at, review.is_settled) == (Stage.ACTIVE, None, None, True)
    assert mid_term_review_was_held(project) is None
    assert keys_of(cast.leader.user) & {"mid-term-again"} == set()
    assert CaseEvent.objects.get(sentence="The S2S lead decided that the work goes on as agreed.").reason == "Half of it is done."


def test_a_settled_project_reaches_its_end(cast: Cast) -> None:
    Deployment.objects.update(ends_on=VISIT_ON + timedelta(weeks=20))
    settle(cast)

    cast.end_delivery()

    assert cast.fresh().stage == Stage.FINAL_REVIEW_DUE


# --- Refused --------------------------------------------------------------------------------------


def test_only_those_who_may_send_back_or_settle_and_only_with_a_reason(cast: Cast) -> None:
    before = facts(cast)
    others = [cast.broker, cast.supporting_head, make_head(cast.school, kind="chair-of-governors"), make_user(Role.WORKING_GROUP)]

    for user in (*others, cast.lead):
        with pytest.raises(PermissionDenied):
            send_back(cast, by=user)
    for user in (*others, cast.head, cast.leader.user):
        with pytest.raises(PermissionDenied):
            settle(cast, by=user)
    for act in (send_back, settle):
        with pytest.raises(ValidationError):
            act(cast, reason=" ")

    assert facts(cast) == before


@pytest.mark.parametrize("act", [send_back, settle], ids=lambda act: act.__name__)
def test_what_does_not_wait_is_neither_sent_back_nor_settled(act: Callable[[Cast], None]) -> None:
    cast = at_stage(Stage.ACTIVE)

    with pytest.raises(NotNow):
        act(cast)
    assert cast.fresh().stage == Stage.ACTIVE


@pytest.mark.parametrize("who", ["head", "lead", "leader"])
def test_the_bare_move_is_refused_while_the_review_waits(cast: Cast, who: str) -> None:
    """`head` may make two of the moves; the one she is told of is the first."""
    before, user = facts(cast), cast.leader.user if who == "leader" else getattr(cast, who)
    agrees_first = "The head of the supported school has not agreed to the mid-term review yet."

    with pytest.raises(NotReady) as refused:
        move_project(project=cast.fresh(), to=Stage.ACTIVE, by=user, at=LATER, reason="Because.")

    assert (str(refused.value), facts(cast)) == (agrees_first if who == "head" else WAITS, before)


def test_an_agreement_is_to_the_review_that_was_read(cast: Cast) -> None:
    read = MidTermReview.objects.get().pk
    send_back(cast, by=cast.leader.user)
    cast.review_mid_term()

    with pytest.raises(ReviewReplaced):
        agree_mid_term_review(project=cast.fresh(), by=cast.head, at=LATER, seen=read)
    assert cast.fresh().stage == Stage.MID_TERM_REVIEW


@pytest.mark.parametrize(
    "values", [{"sent_back_reason": ""}, {"agreed_at": LATER}, {"sent_back_by": None}, {"sent_back_at": None, "is_settled": True}]
)
def test_the_database_keeps_what_was_sent_back_whole(cast: Cast, values: dict[str, Any]) -> None:
    send_back(cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        MidTermReview.objects.update(**values)


# --- In the portal --------------------------------------------------------------------------------


def test_head_sends_it_back_in_the_portal_and_the_page_tells_both_sides(cast: Cast) -> None:
    head = Portal(cast.head, cast.project)
    offered = head.offers("reviews")
    without = head.post("send-back-mid-term-review", reason="")
    head.post("send-back-mid-term-review", reason="The targets are <b>not</b> ours.")

    pages = [Portal(user, cast.project).words("reviews") for user in (cast.head, cast.leader.user, cast.lead)]
    assert offered >= {"agree-mid-term-review", "send-back-mid-term-review"}
    assert "settle-mid-term-review" not in offered
    assert "reason" in without.context["form"].errors
    assert ["The targets are &lt;b&gt;not&lt;/b&gt; ours." in page and "Sent back" in page for page in pages] == [True, True, True]
    assert "write-mid-term-review" in Portal(cast.leader.user, cast.project).offers("reviews")


def test_s2s_lead_settles_it_in_the_portal(cast: Cast) -> None:
    lead = Portal(cast.lead, cast.project)
    offered = lead.offers("reviews")

    lead.post("settle-mid-term-review", reason="Half of it is done.")

    assert offered & {"settle-mid-term-review", "send-back-mid-term-review"} == {"settle-mid-term-review"}
    assert "Half of it is done." in Portal(cast.head, cast.project).words("reviews")
    assert cast.fresh().stage == Stage.ACTIVE


def test_agreeing_in_the_portal_to_a_review_that_was_replaced_says_so(cast: Cast) -> None:
    head = Portal(cast.head, cast.project)
    read = head.get("agree-mid-term-review").context["form"].initial["seen"]
    send_back(cast, by=cast.leader.user)
    cast.review_mid_term()

    head.post("agree-mid-term-review", seen=read)
    page = head.words("reviews")

    assert ("The review was written anew since you opened this page." in page, cast.fresh().stage) == (True, Stage.MID_TERM_REVIEW)
