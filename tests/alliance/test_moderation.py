"""Pages: editors submit, reviewers publish through the stock workflow, nobody else does."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page

from alliance.roles import Role
from tests.factories.alliance import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted():
    """A draft page that an editor sent to moderation."""
    page = Page.objects.get(depth=1).add_child(instance=Page(title="A new protocol", slug="a-new-protocol", live=False))
    editor = UserFactory(roles=[Role.EDITOR])
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
    return Page.objects.get(pk=page.pk)


def test_stock_groups_are_gone_and_their_task_is_the_reviewers():
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()
    assert sorted(GroupApprovalTask.objects.get().groups.values_list("name", flat=True)) == ["Reviewer", "S2S lead"]


@pytest.mark.parametrize("role", Role)
def test_moderation_is_for_reviewers_and_the_lead(submitted, role):
    task, user = submitted.current_workflow_task, UserFactory(roles=[role])

    actions = {name for name, _label, _modal in task.get_actions(submitted, user)}

    assert ("approve" in actions) == (role in (Role.REVIEWER, Role.S2S_LEAD))


def test_approval_publishes(submitted):
    submitted.current_workflow_task_state.approve(user=UserFactory(roles=[Role.REVIEWER]))

    assert Page.objects.get(pk=submitted.pk).live


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.EDITOR, (True, False)), (Role.REVIEWER, (False, True)), (Role.S2S_LEAD, (True, True)), (Role.BROKER, (False, False))],
)
def test_who_edits_and_who_publishes_pages(role, may):
    page = Page.objects.get(depth=1).add_child(instance=Page(title="A story", slug="a-story"))

    permissions = page.permissions_for_user(UserFactory(roles=[role]))

    assert (permissions.can_edit(), permissions.can_publish()) == may
