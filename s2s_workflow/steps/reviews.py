"""Midway: the mid-term review, and concerns (D4, D5)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from s2s_workflow.actions.agree_mid_term_review import agree_mid_term_review
from s2s_workflow.actions.raise_concern import raise_concern
from s2s_workflow.actions.resolve_concern import resolve_concern
from s2s_workflow.actions.send_back_mid_term_review import send_back_mid_term_review
from s2s_workflow.actions.settle_mid_term_review import settle_mid_term_review
from s2s_workflow.actions.write_mid_term_review import write_mid_term_review
from s2s_workflow.enums import DELIVERING, MidTermDecision, Party, Stage
from s2s_workflow.exits import comes_first
from s2s_workflow.forms.reviews import (
    AgreeForm,
    ConcernForm,
    MidTermForm,
    ResolutionForm,
    SendBackForm,
    SettleForm,
)
from s2s_workflow.models import Concern, SupportProject
from s2s_workflow.steps.base import Doing, Step, party


def _write(doing: Doing) -> object:
    names = ("held_on", "is_working", "is_appropriate", "next_steps", "decision", "exit_on", "exit_steps")
    return write_mid_term_review(project=doing.project, **{name: doing.data[name] for name in names}, by=doing.user, at=doing.at)


def _resolve(doing: Doing) -> object:
    return resolve_concern(concern=doing.target, resolution=doing.data["resolution"], by=doing.user, at=doing.at)


def _the_review(project: SupportProject, target: Any) -> dict[str, Any]:
    return {"review": project.mid_term_reviews.waiting().first()}


def _waiting_review(project: SupportProject, target: Any) -> dict[str, Any]:
    review = project.mid_term_reviews.waiting().first()
    ends = review is not None and review.decision == MidTermDecision.EXIT
    return {"review": review, "comes_first": comes_first(project, timezone.localdate()) if ends else None}


def _seen(project: SupportProject, target: Any) -> dict[str, Any]:
    review = project.mid_term_reviews.waiting().first()
    return {"seen": review.pk if review else 0}


def _concerns(project: SupportProject) -> QuerySet[Concern]:
    return project.concerns.select_related("raised_by")


STEPS = [
    Step(
        slug="write-mid-term-review",
        tab="reviews",
        label=_("Write the mid-term review"),
        done=_("The review was sent to the head of the school, who says whether they agree."),
        act=_write,
        who=party(Party.NAMED_LEAD),
        form=MidTermForm,
        stages=(Stage.ACTIVE,),
        explanation=_("Hold it with the school, against the action plan. Visits go on meanwhile."),
    ),
    Step(
        slug="agree-mid-term-review",
        tab="reviews",
        label=_("Agree to the mid-term review"),
        button=_("Agree"),
        done=_("Thank you. The review is agreed."),
        act=lambda doing: agree_mid_term_review(project=doing.project, by=doing.user, at=doing.at, seen=doing.data["seen"]),
        who=party(Party.SUPPORTED_HEAD),
        form=AgreeForm,
        stages=(Stage.MID_TERM_REVIEW,),
        initial=_seen,
        context=_waiting_review,
        explanation=_("If you do not agree, send the review back and say why: the lead of the team then writes it anew."),
        template="s2s_workflow/mid_term_step.html",
    ),
    Step(
        slug="send-back-mid-term-review",
        tab="reviews",
        label=_("Send the mid-term review back"),
        button=_("Send it back"),
        done=_("The review was sent back, to be written anew."),
        act=lambda doing: send_back_mid_term_review(project=doing.project, by=doing.user, at=doing.at, reason=doing.data["reason"]),
        who=party(Party.NAMED_LEAD_OR_SUPPORTED_HEAD),
        form=SendBackForm,
        stages=(Stage.MID_TERM_REVIEW,),
        context=_the_review,
        explanation=_("The lead of the team writes it anew. Visits go on meanwhile; what the review proposes does not come about."),
        template="s2s_workflow/mid_term_step.html",
    ),
    Step(
        slug="settle-mid-term-review",
        tab="reviews",
        label=_("Settle a dispute about the mid-term review"),
        button=_("The work goes on as agreed"),
        done=_("Both sides were told. The work goes on as agreed."),
        act=lambda doing: settle_mid_term_review(project=doing.project, by=doing.user, at=doing.at, reason=doing.data["reason"]),
        who=party(Party.S2S_LEAD),
        form=SettleForm,
        stages=(Stage.MID_TERM_REVIEW,),
        context=_the_review,
        explanation=_(
            "If both sides do not come to terms: the work goes on as it was agreed, without what the review proposes. To end it instead, "
            "settle this first and then propose an end."
        ),
        template="s2s_workflow/mid_term_step.html",
    ),
    Step(
        slug="raise-concern",
        tab="reviews",
        label=_("Raise a concern"),
        done=_("The alliance and the head of the school were told."),
        act=lambda doing: raise_concern(project=doing.project, text=doing.data["text"], by=doing.user, at=doing.at),
        who=party(Party.NAMED_LEAD_OR_STAFF),
        form=ConcernForm,
        stages=(*DELIVERING, Stage.FINAL_REVIEW_DUE),
        explanation=_("Visits go on. The project is not closed while a concern is open."),
    ),
    Step(
        slug="resolve-concern",
        tab="reviews",
        label=_("Say how it was resolved"),
        done=_("The concern is resolved."),
        act=_resolve,
        who=party(Party.STAFF),
        form=ResolutionForm,
        targets=_concerns,
        ready=lambda project, concern: concern.resolved_at is None,
        context=lambda project, concern: {"concern": concern},
        template="s2s_workflow/concern_step.html",
    ),
]
