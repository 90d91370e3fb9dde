"""The working group: each member's view, what the group decides on a request, and ratifying a fast track."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from alliance.models import User
from s2s_workflow.actions.decide_review import Outcome, decide_review
from s2s_workflow.actions.give_opinion import give_opinion
from s2s_workflow.actions.put_fast_track_again import put_fast_track_again
from s2s_workflow.actions.ratify_fast_track import ratify_fast_track
from s2s_workflow.actions.take_no_part import take_no_part
from s2s_workflow.enums import GroupSubject, Party, Stage
from s2s_workflow.forms.group import CONFLICT, SUPPORT, AgainForm, ConflictForm, RatifyForm, ReviewDecisionForm, ViewForm
from s2s_workflow.models import SupportProject
from s2s_workflow.models.documents import people_tied_to
from s2s_workflow.opinions import DOCUMENTS, fast_track_is_refused, is_before_the_group, verdict_on
from s2s_workflow.permissions import belongs_to
from s2s_workflow.steps.base import Doing, Step, party
from s2s_workflow.steps.documents import seen, what_is_under_review

VIEW_STEPS = {
    GroupSubject.REVIEW: ("view-on-review", _("Give your view on the request")),
    GroupSubject.FAST_TRACK: ("view-on-fast-track", _("Give your view on the fast track")),
    GroupSubject.PLAN: ("view-on-plan", _("Give your view on the action plan")),
    GroupSubject.EVALUATION: ("view-on-evaluation", _("Give your view on the evaluation")),
}
"""Slug and label of the step by subject."""


def _is_asked(subject: GroupSubject) -> Callable[[SupportProject, Any], bool]:
    return lambda project, target: is_before_the_group(project, subject)


def _give_view(subject: GroupSubject) -> Callable[[Doing], object]:
    def act(doing: Doing) -> object:
        view = doing.data["view"]
        supports = None if view == CONFLICT else view == SUPPORT
        return give_opinion(
            project=doing.project, subject=subject, supports=supports, rationale=doing.data["rationale"], by=doing.user, at=doing.at
        )

    return act


def _is_tied(user: User, project: SupportProject) -> bool:
    """Of one of the project's schools: they take no part, so they do not read what it is about."""
    return user.pk in people_tied_to(project)


def _view_step(subject: GroupSubject) -> Step:
    slug, label = VIEW_STEPS[subject]
    more: dict[str, Any] = {"context": what_is_under_review(DOCUMENTS[subject])} if subject in DOCUMENTS else {}
    return Step(
        slug=slug, tab="group", label=label, done=_("Your answer was recorded."), act=_give_view(subject), who=party(Party.WORKING_GROUP),
        form=ViewForm, ready=_is_asked(subject), kept_from=_is_tied, template="s2s_workflow/steps/with_text.html",
        button=_("Record my answer"),
        explanation=_("You see what the other members think once you have said what you think. It stays on record and cannot be changed."),
        **more,
    )  # fmt: skip


def _gave_a_view(user: User, project: SupportProject, target: Any, on: date) -> bool:
    """Whoever gave none yet says so in the place of one."""
    return belongs_to(user, Party.WORKING_GROUP, project, on) and project.opinions.filter(member=user, has_conflict=False).exists()


def _is_quorate(project: SupportProject, target: Any) -> bool:
    return project.stage == Stage.WORKING_GROUP_REVIEW and verdict_on(project, GroupSubject.REVIEW).missing_for_quorum() is None


def _may_be_ratified(project: SupportProject, target: Any) -> bool:
    return is_before_the_group(project, GroupSubject.FAST_TRACK) and verdict_on(project, GroupSubject.FAST_TRACK).missing_for_yes() is None


def _decide_review(doing: Doing) -> object:
    data = doing.data
    return decide_review(
        project=doing.project, outcome=Outcome(data["outcome"]), reason=data["reason"], by=doing.user, at=doing.at, seen=data["seen"]
    )


STEPS = [
    *(_view_step(subject) for subject in GroupSubject),
    Step(
        slug="decide-review", tab="group", label=_("Record what the working group decided"), done=_("The decision was recorded."),
        act=_decide_review, who=party(Party.WORKING_GROUP), form=ReviewDecisionForm, stages=(Stage.WORKING_GROUP_REVIEW,),
        ready=_is_quorate, kept_from=_is_tied, initial=seen("due_diligence"), context=what_is_under_review("due_diligence"),
        template="s2s_workflow/steps/with_text.html",
        button=_("Record the decision"), explanation=_("Enough members have given their view. A recommendation needs most of them."),
    ),
    Step(
        slug="ratify-fast-track", tab="group", label=_("Ratify the fast track"), done=_("The fast track was ratified."),
        act=lambda doing: ratify_fast_track(project=doing.project, reason=doing.data["reason"], by=doing.user, at=doing.at),
        who=party(Party.WORKING_GROUP), form=RatifyForm, ready=_may_be_ratified,
        explanation=_("Most of the members who gave their view support it. Nobody signs before it is ratified."),
    ),
    Step(
        slug="put-fast-track-again", tab="group", label=_("Put the fast track to the working group again"), button=_("Put it again"),
        done=_("The working group is asked for its views again."),
        act=lambda doing: put_fast_track_again(project=doing.project, reason=doing.data["reason"], by=doing.user, at=doing.at),
        who=party(Party.S2S_LEAD), form=AgainForm, ready=lambda project, target: fast_track_is_refused(project),
        explanation=_("Most of the working group do not support it. Nobody signs before it is ratified; the request can be ended instead."),
    ),
    Step(
        slug="take-no-part", tab="group", label=_("I have a conflict of interest after all"), done=_("Thank you. It was recorded."),
        act=lambda doing: take_no_part(project=doing.project, details=doing.data["details"], by=doing.user, at=doing.at),
        who=_gave_a_view, form=ConflictForm, button=_("Take no part any more"), is_danger=True,
        ready=lambda project, target: project.case.is_open,
        explanation=_("The views you gave stay on record and count no more. As a member of the group you then no longer see this case."),
    ),
]  # fmt: skip
