"""
Nobody approves their own evaluation, nor one of their school's, by any route (promise 3); those who may, do by portal and admin alike.

Each route is tried by each person who may not; the row stays not live and the project where it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.models import Revision, TaskState

from alliance.models import User
from alliance.roles import Role
from common.actions import Refusal
from common.form_keys import new_form_key
from common.moderation import CommentMissing, MayNotDecide, NotApproved, decide_on_document
from s2s_workflow import document_receivers
from s2s_workflow.actions.write_evaluation import Judged, write_evaluation
from s2s_workflow.enums import GroupSubject, Judgement, Stage
from s2s_workflow.models import Evaluation, SupportProject
from s2s_workflow.policies import NotReady
from tests.factories.pages import make_home
from tests.factories.people import make_head, make_user
from tests.factories.projects import FULL, LATER, Cast, at_stage
from website.scheduled import NotDone, publish_scheduled

pytestmark = pytest.mark.django_db
ADMIN = Evaluation.snippet_viewset.url_namespace


# --- Who may not ----------------------------------------------------------------------------------


def the_author(cast: Cast) -> User:
    """The head, who holds the reviewers' role besides."""
    cast.head.groups.add(Group.objects.get(name=Role.REVIEWER.group_name))
    return cast.head


def a_colleague_at_the_supported_school(cast: Cast) -> User:
    return _reviewer_at(cast.school)


def a_colleague_at_a_supporting_school(cast: Cast) -> User:
    return _reviewer_at(cast.supporting_school)


def _reviewer_at(school: Any) -> User:
    user = make_head(school, kind="business-manager")
    user.groups.add(Group.objects.get(name=Role.REVIEWER.group_name))
    return user


def a_superuser_who_wrote_it(cast: Cast) -> User:
    user = make_user(is_superuser=True, is_staff=True)
    evaluation = cast.fresh().evaluation
    Revision.objects.filter(pk=evaluation.latest_revision_id).update(user=user)
    return user


def a_leader_of_the_team(cast: Cast) -> User:
    cast.leader.user.groups.add(Group.objects.get(name=Role.REVIEWER.group_name))
    user: User = cast.leader.user
    return user


PEOPLE = [
    the_author, a_colleague_at_the_supported_school, a_colleague_at_a_supporting_school, a_superuser_who_wrote_it, a_leader_of_the_team,
]  # fmt: skip

# --- The routes -----------------------------------------------------------------------------------


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk), backend="alliance.backends.AllianceBackend")
    return client


def address(page: str, *args: Any) -> str:
    return reverse(f"{ADMIN}:{page}", args=args)


def state_of(evaluation: Evaluation) -> TaskState:
    state: TaskState = Evaluation.objects.get(pk=evaluation.pk).current_workflow_task_state
    return state


def portal_step(user: User, evaluation: Evaluation) -> None:
    data = {"form_key": new_form_key(), "decision": "approve", "comment": "", "seen": evaluation.latest_revision_id}
    client_of(user).post(f"/portal/support/{evaluation.project.case.reference}/do/decide-evaluation/", data)


def the_action(user: User, evaluation: Evaluation) -> None:
    decide_on_document(document=evaluation, approve=True, by=user, at=LATER)


def task_action_in_the_admin(user: User, evaluation: Evaluation) -> None:
    client_of(user).post(address("workflow_action", evaluation.pk, "approve", state_of(evaluation).pk))


def task_action_in_a_modal(user: User, evaluation: Evaluation) -> None:
    url = address("workflow_action", evaluation.pk, "approve", state_of(evaluation).pk)
    client_of(user).post(url, {"comment": "Good"}, headers={"x-requested-with": "XMLHttpRequest"})


def task_action_at_another_documents_address(user: User, evaluation: Evaluation) -> None:
    """The address names an evaluation on which the person may decide, the task is that of the one on which they may not."""
    other = at_stage(Stage.EVALUATION_REVIEW)
    theirs = other.fresh().evaluation
    client_of(user).post(address("workflow_action", theirs.pk, "approve", state_of(evaluation).pk))
    assert not Evaluation.objects.get(pk=theirs.pk).live


def task_action_at_a_report_s_address(user: User, evaluation: Evaluation) -> None:
    """Another model's address, whose object is none."""
    url = reverse("wagtailsnippets_s2s_workflow_duediligencereport:workflow_action", args=[1, "approve", state_of(evaluation).pk])
    client_of(user).post(url)


def decision_in_the_edit_form(user: User, evaluation: Evaluation) -> None:
    data = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    client_of(user).post(address("edit", evaluation.pk), data)


def publish_in_the_edit_form(user: User, evaluation: Evaluation) -> None:
    client_of(user).post(address("edit", evaluation.pk), {"achievements": "Mine", "action-publish": "Publish"})


def revert_and_publish(user: User, evaluation: Evaluation) -> None:
    client, revision = client_of(user), Revision.objects.for_instance(evaluation).order_by("pk").first()
    client.get(address("revisions_revert", evaluation.pk, revision.pk))
    client.post(address("edit", evaluation.pk), {"revision": revision.pk, "action-publish": "Publish"})
    revision.publish(user=user)


def schedule_in_the_edit_form(user: User, evaluation: Evaluation) -> None:
    data = {"go_live_at": "2020-01-01 09:00", "action-publish": "Publish"}
    client_of(user).post(address("edit", evaluation.pk), data)
    publish_scheduled(timezone.now())


def scheduled_publishing(user: User, evaluation: Evaluation) -> None:
    """As if somebody had written the schedule into the database; the job tells afterwards what was refused."""
    past = timezone.now() - timedelta(days=1)
    Evaluation.objects.filter(pk=evaluation.pk).update(go_live_at=past)
    Revision.objects.filter(pk=evaluation.latest_revision_id).update(approved_go_live_at=past, user=user)
    with pytest.raises(NotDone, match="NotApproved"):
        publish_scheduled(timezone.now())


def bulk_actions(user: User, evaluation: Evaluation) -> None:
    for name in ("publish", "delete"):
        try:
            url = reverse("wagtail_bulk_action", args=["s2s_workflow", "evaluation", name])
        except NoReverseMatch:
            continue
        client_of(user).post(f"{url}?id={evaluation.pk}")


def publish_in_a_shell(user: User, evaluation: Evaluation) -> None:
    evaluation.latest_revision.publish(user=user)


def publish_in_a_shell_without_a_name(user: User, evaluation: Evaluation) -> None:
    evaluation.latest_revision.publish(skip_permission_checks=True)


def approve_the_task_in_a_shell(user: User, evaluation: Evaluation) -> None:
    state_of(evaluation).approve(user=user)


def approve_the_task_in_a_shell_without_a_name(user: User, evaluation: Evaluation) -> None:
    state_of(evaluation).approve()


def finish_the_workflow_in_a_shell(user: User, evaluation: Evaluation) -> None:
    evaluation.current_workflow_state.finish(user=user)


ROUTES = [
    portal_step, the_action, task_action_in_the_admin, task_action_in_a_modal, task_action_at_another_documents_address,
    task_action_at_a_report_s_address, decision_in_the_edit_form, publish_in_the_edit_form, revert_and_publish, schedule_in_the_edit_form,
    scheduled_publishing, bulk_actions, publish_in_a_shell, publish_in_a_shell_without_a_name, approve_the_task_in_a_shell,
    approve_the_task_in_a_shell_without_a_name, finish_the_workflow_in_a_shell,
]  # fmt: skip
RAISE = {
    the_action: MayNotDecide, revert_and_publish: NotApproved, publish_in_a_shell: NotApproved,
    publish_in_a_shell_without_a_name: NotApproved, approve_the_task_in_a_shell: MayNotDecide,
    approve_the_task_in_a_shell_without_a_name: NotApproved, finish_the_workflow_in_a_shell: NotApproved,
}  # fmt: skip
"""What is refused in code raises; what is refused on a page says so on the page."""


def facts(evaluation: Evaluation) -> tuple[Any, ...]:
    """What stays as it was."""
    evaluation = Evaluation.objects.select_related("project").get(pk=evaluation.pk)
    revisions = Revision.objects.for_instance(evaluation).count()
    return evaluation.live, evaluation.achievements, evaluation.project.stage, evaluation.workflow_in_progress, revisions


def make_once() -> Cast:
    """The evaluation came back once and is under review again: there are two revisions."""
    make_home()
    cast = at_stage(Stage.EVALUATION_REVIEW)
    cast.return_evaluation()
    cast.submit_evaluation()
    return cast


@pytest.fixture
def reviewed(made: Cast) -> Cast:
    return made


@pytest.mark.parametrize("who", PEOPLE, ids=lambda who: who.__name__)
def test_nobody_approves_their_own_evaluation_or_one_of_their_schools(reviewed: Cast, who: Callable[[Cast], User]) -> None:
    user = who(reviewed)
    found = {}
    for route in ROUTES:
        evaluation = Evaluation.objects.select_related("project__case").get(project=reviewed.project)
        before = facts(evaluation)
        assert before[0] is False
        try:
            route(user, evaluation)
            raised: type | None = None
        except (PermissionDenied, Refusal) as refusal:
            raised = type(refusal)
        if (facts(evaluation), raised) != (before, RAISE.get(route)):
            found[route.__name__] = (facts(evaluation), raised)
        Evaluation.objects.filter(pk=evaluation.pk).update(go_live_at=None)
        Revision.objects.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)

    assert found == {}


def test_nobody_cancels_unpublishes_or_deletes_it_in_the_admin_either(reviewed: Cast) -> None:
    evaluation = reviewed.fresh().evaluation
    before = facts(evaluation)
    for user in (reviewed.reviewer, make_user(is_superuser=True, is_staff=True)):
        client = client_of(user)
        client.post(address("edit", evaluation.pk), {"action-cancel-workflow": "Cancel"})
        client.post(address("unpublish", evaluation.pk))
        client.post(f"{reverse('wagtail_bulk_action', args=['s2s_workflow', 'evaluation', 'delete'])}?id={evaluation.pk}")

    assert facts(evaluation) == before


# --- Who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "route", [portal_step, the_action, task_action_in_the_admin, decision_in_the_edit_form, approve_the_task_in_a_shell]
)
def test_a_reviewer_without_ties_approves_and_the_project_moves(reviewed: Cast, route: Callable[[User, Evaluation], None]) -> None:
    route(reviewed.reviewer, reviewed.fresh().evaluation)

    project = reviewed.fresh()
    assert (project.evaluation.live, project.stage) == (True, Stage.APPROVED)


def test_reviewer_reads_it_behind_the_task_and_a_tied_one_does_not(reviewed: Cast) -> None:
    url = address("edit", reviewed.fresh().evaluation.pk)
    tied = a_colleague_at_the_supported_school(reviewed)

    assert [client_of(user).get(url).status_code for user in (reviewed.reviewer, tied)] == [200, 302]


@pytest.mark.parametrize("route", [portal_step, the_action, task_action_in_the_admin, approve_the_task_in_a_shell])
def test_when_the_project_cannot_move_nothing_is_approved(reviewed: Cast, route: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**kwargs: Any) -> None:
        raise NotReady("Not now.")

    monkeypatch.setattr(document_receivers, "move_project", fails)
    evaluation = reviewed.fresh().evaluation
    before = facts(evaluation)

    with suppress(NotReady):  # pages tell it, code raises it
        route(reviewed.reviewer, evaluation)

    assert facts(evaluation) == before


def test_a_role_taken_away_is_gone_at_the_next_request(reviewed: Cast) -> None:
    reviewer, evaluation = reviewed.reviewer, reviewed.fresh().evaluation
    portal, admin = client_of(reviewer), client_of(reviewer)
    step = f"/portal/support/{reviewed.project.case.reference}/do/decide-evaluation/"
    assert [portal.get(step).status_code, admin.get(address("edit", evaluation.pk)).status_code] == [200, 200]

    reviewer.groups.clear()
    portal.post(step, {"form_key": new_form_key(), "decision": "approve", "comment": "", "seen": evaluation.latest_revision_id})
    admin.post(address("workflow_action", evaluation.pk, "approve", state_of(evaluation).pk))

    assert (Evaluation.objects.get().live, portal.get(step).status_code) == (False, 404)


def test_somebody_outside_the_group_approves_no_task_in_a_shell(reviewed: Cast) -> None:
    with pytest.raises(MayNotDecide):
        approve_the_task_in_a_shell(make_user(Role.EDITOR), reviewed.fresh().evaluation)

    assert not Evaluation.objects.get().live


def test_a_return_needs_a_comment_and_leads_back_by_either_door(reviewed: Cast) -> None:
    with pytest.raises(CommentMissing):
        decide_on_document(document=reviewed.fresh().evaluation, approve=False, by=reviewed.reviewer, at=LATER)
    url = address("workflow_action", reviewed.fresh().evaluation.pk, "reject", state_of(reviewed.fresh().evaluation).pk)

    client_of(reviewed.reviewer).post(url, {"comment": "Say more."})

    project = reviewed.fresh()
    returned = project.evaluation.current_workflow_state.current_task_state
    assert (project.stage, returned.comment) == (Stage.CHANGES_REQUESTED, "Say more.")
    reviewed.submit_evaluation()
    assert reviewed.fresh().stage == Stage.EVALUATION_REVIEW


def test_a_text_that_changed_after_it_was_sent_in_is_not_approved(reviewed: Cast) -> None:
    project = SupportProject.objects.get(pk=reviewed.project.pk)
    project.evaluation.save_revision(user=reviewed.head)

    with pytest.raises(Refusal):
        approve_the_task_in_a_shell(reviewed.reviewer, reviewed.fresh().evaluation)

    assert (reviewed.fresh().evaluation.live, reviewed.fresh().stage) == (False, Stage.EVALUATION_REVIEW)


def test_the_working_group_is_asked_again_in_each_round() -> None:
    cast = at_stage(Stage.EVALUATION_REVIEW, rules=FULL)
    cast.give_views(GroupSubject.EVALUATION)
    cast.return_evaluation()
    judgements = [Judged(block.id, Judgement.MET, "Ages rose.") for block in cast.fresh().plan.objectives]
    names = ("impact_on_supporting", "sustained_by", "achievements", "challenges", "next_steps")
    write_evaluation(project=cast.fresh(), judgements=judgements, **dict.fromkeys(names, "Anew."), by=cast.head, at=LATER)
    cast.submit_evaluation()

    with pytest.raises(NotReady):
        decide_on_document(document=cast.fresh().evaluation, approve=True, by=cast.reviewer, at=LATER)
    assert (cast.fresh().evaluation.live, cast.fresh().stage) == (False, Stage.EVALUATION_REVIEW)
    cast.approve_evaluation()

    rounds = cast.fresh().opinions.filter(subject=GroupSubject.EVALUATION).values_list("round", flat=True)
    assert (sorted(rounds), cast.fresh().stage) == ([1, 1, 2, 2], Stage.APPROVED)
