"""The working group in the portal: each member's own view first, then the others', then what the group decides."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from alliance.models import SchoolRole, SchoolRoleKind, User
from alliance.roles import Role
from cases.models import Case
from s2s_workflow.enums import GroupSubject, Stage
from s2s_workflow.models import ConflictDeclaration, GroupOpinion
from s2s_workflow.opinions import verdict_on
from tests.conftest import NOON
from tests.factories.kept import kept
from tests.factories.people import make_head, make_user
from tests.factories.projects import FULL, SHORT, Cast, at_stage
from tests.s2s_workflow.steps import Portal

pytestmark = pytest.mark.django_db
CANARY = "CANARY-VIEW"
FOR, AGAINST, TIED = ({"view": view, "rationale": CANARY} for view in ("support", "against", "conflict"))


@pytest.fixture
@kept
def before_the_group() -> Cast:
    cast = Cast(rules=FULL)
    cast.start_due_diligence()
    cast.submit_report()
    return cast


def portal(cast: Cast, user: object) -> Portal:
    return Portal(user, cast.project)  # type: ignore[arg-type]


def test_a_member_sees_others_views_after_giving_an_own_one(before_the_group):
    cast = before_the_group
    first, second = cast.group
    portal(cast, first).post("view-on-review", **FOR)

    before = portal(cast, second).words("group")
    portal(cast, second).post("view-on-review", view="against", rationale="Too early.")
    after = portal(cast, second).words("group")

    assert ("You see what the others think once" in before, CANARY in before, CANARY in after) == (True, False, True)
    assert CANARY in portal(cast, cast.lead).words("group")


def test_a_member_gives_one_view_a_round(before_the_group):
    member = portal(before_the_group, before_the_group.group[0])
    offered = member.offers("group")
    member.post("view-on-review", **FOR)

    again = member.post("view-on-review", **AGAINST)

    assert ("view-on-review" in offered, "view-on-review" in member.offers("group")) == (True, False)
    assert "You have given your view already." in again.content.decode()
    assert GroupOpinion.objects.get().supports is True


def test_a_member_with_a_conflict_takes_no_part_and_sees_the_case_no_more(before_the_group):
    member = portal(before_the_group, before_the_group.group[0])

    response = member.post("view-on-review", **TIED)

    assert (response.status_code, response["Location"], member.tab("group").status_code) == (302, "/portal/", 404)
    assert ConflictDeclaration.objects.filter(declared_by=before_the_group.group[0], has_conflict=True).exists()


def test_somebody_of_a_school_of_the_project_gives_no_view(before_the_group):
    tied = make_head(before_the_group.school, kind="chair-of-governors")
    tied.groups.set(before_the_group.group[0].groups.all())

    page = portal(before_the_group, tied).post("view-on-review", **FOR).content.decode()

    assert ("You belong to one of the schools of this project" in page, GroupOpinion.objects.exists()) == (True, False)


def test_a_view_needs_its_reason(before_the_group):
    page = portal(before_the_group, before_the_group.group[0]).post("view-on-review", view="support", rationale=" ").content.decode()

    assert ("Say why" in page, GroupOpinion.objects.exists()) == (True, False)


@pytest.mark.parametrize(("outcome", "stage"), [("SUPPORT", Stage.BROKERING), ("RETURN", Stage.DUE_DILIGENCE), ("DECLINE", Stage.DECLINED)])
def test_a_member_records_what_the_group_decided(before_the_group, outcome, stage):
    cast = before_the_group
    member = portal(cast, cast.group[0])
    early = member.offers("group")
    cast.give_views(GroupSubject.REVIEW)

    seen = cast.fresh().due_diligence.latest_revision_id
    response = member.post("decide-review", outcome=outcome, reason="As we read it.", seen=seen)

    assert ("decide-review" in early, response.status_code, cast.fresh().stage) == (False, 302, stage)
    assert cast.fresh().due_diligence.live is (outcome == "SUPPORT")
    assert member.client.get(response["Location"]).status_code == 200


def test_more_due_diligence_is_not_asked_for_where_there_is_none():
    cast = Cast(rules={**SHORT, "working_group": True})
    portal(cast, cast.broker).post("start-group-review")
    cast.give_views(GroupSubject.REVIEW)

    member = portal(cast, cast.group[0])
    page = member.get("decide-review").content.decode()
    member.post("decide-review", outcome="RETURN", reason="More.", seen=0)

    assert ('value="RETURN"' in page, cast.fresh().stage) == (False, Stage.WORKING_GROUP_REVIEW)


def test_a_fast_track_is_ratified_by_the_group():
    cast = Cast(rules=FULL)
    portal(cast, cast.lead).post("fast-track", reason="An inspection next week.")
    assert "view-on-fast-track" in portal(cast, cast.group[0]).offers("group")
    cast.give_views(GroupSubject.FAST_TRACK)

    portal(cast, cast.group[0]).post("ratify-fast-track", reason="It was urgent.")

    assert cast.fresh().ratified_at is not None


@pytest.mark.parametrize("slug", ["view-on-review", "decide-review", "ratify-fast-track"])
def test_the_group_s_steps_are_its_members_alone(before_the_group, slug):
    cast = before_the_group
    others = [cast.lead, cast.broker, cast.head]

    assert [portal(cast, user).get(slug).status_code for user in others] == [403, 403, 403]
    assert portal(cast, make_user(Role.EDITOR)).get(slug).status_code == 404


def test_the_tab_is_for_staff_and_the_group():
    cast = at_stage(Stage.TEAM_AGREED, rules=FULL)
    readers = {"lead": cast.lead, "group": cast.group[0], "head": cast.head, "leader": cast.leader.user, "supporting": cast.supporting_head}

    assert {who for who, user in readers.items() if portal(cast, user).tab("group").status_code == 200} == {"lead", "group"}


# --- Members who belong to a school of the project


REPORT = "What we know of findings."


def as_member(cast: Cast, user: User) -> User:
    user.groups.set(cast.group[0].groups.all())
    return User.objects.get(pk=user.pk)


def colleague(cast: Cast) -> User:
    """Sees the case through the school: may book for it."""
    return make_head(cast.school, kind="nominated-lead")


def former_colleague(cast: Cast) -> User:
    """Left the school after the case was opened, and sees it by no role there any more."""
    return make_head(cast.school, kind="nominated-lead", ends_on=NOON.date())


@pytest.mark.parametrize("who", [colleague, former_colleague])
def test_a_member_of_the_project_s_school_reads_nothing_that_is_before_the_group(before_the_group, who):
    cast = before_the_group
    portal(cast, cast.group[0]).post("view-on-review", **FOR)
    with time_machine.travel(NOON + timedelta(days=1)):
        tied, member = portal(cast, as_member(cast, who(cast))), portal(cast, cast.group[1])
        step, read = (one.get("view-on-review").content.decode() for one in (tied, member))

        assert (tied.tab("group").status_code, member.tab("group").status_code) == (404, 200)
        assert (REPORT in tied.words("documents"), REPORT in member.words("documents")) == (False, True)
        assert (REPORT in step, REPORT in read) == (False, True)


def test_a_member_of_the_project_s_school_is_told_why_and_may_still_say_so(before_the_group):
    cast = before_the_group
    tied = portal(cast, as_member(cast, colleague(cast)))

    page = tied.get("view-on-review").content.decode()
    response = tied.post("view-on-review", **TIED)

    assert ("you take no part in this" in page, response.status_code) == (True, 302)
    assert GroupOpinion.objects.get().has_conflict


def test_the_page_that_records_the_decision_shows_a_tied_member_no_report(before_the_group):
    cast = before_the_group
    cast.give_views(GroupSubject.REVIEW)
    tied, member = portal(cast, as_member(cast, colleague(cast))), portal(cast, cast.group[0])

    shown = [REPORT in one.get("decide-review").content.decode() for one in (tied, member)]

    assert shown == [False, True]


def test_a_member_with_no_part_at_the_school_any_more_does_not_see_the_case(before_the_group):
    cast = before_the_group
    user = as_member(cast, former_colleague(cast))
    tomorrow = NOON.date() + timedelta(days=1)

    seen = [Case.objects.visible_to(one, on=tomorrow).exists() for one in (user, cast.group[0])]

    assert seen == [False, True]


def test_the_view_of_a_member_who_came_to_the_school_later_counts_no_more(before_the_group):
    cast = before_the_group
    cast.give_views(GroupSubject.REVIEW)
    before = verdict_on(cast.fresh(), GroupSubject.REVIEW).missing_for_quorum()

    kind = SchoolRoleKind.objects.get(key="nominated-lead")
    SchoolRole.objects.create(user=cast.group[0], school=cast.school, kind=kind, starts_on=NOON.date(), claimed_at=NOON)

    assert (before, verdict_on(cast.fresh(), GroupSubject.REVIEW).missing_for_quorum() is None) == (None, False)
