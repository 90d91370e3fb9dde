"""Stored choices of support projects."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import PublicStatus
from website.readiness import LEADER, SCHOOL


class Stage(models.TextChoices):
    """Where a project is, in the alliance's words. Requesters read `PUBLIC_STATUS` instead."""

    SUBMITTED = "SUBMITTED", _("Submitted")
    TRIAGE = "TRIAGE", _("In triage")
    MORE_INFORMATION = "MORE_INFORMATION", _("Waiting for information")
    DUE_DILIGENCE = "DUE_DILIGENCE", _("Due diligence")
    WORKING_GROUP_REVIEW = "WORKING_GROUP_REVIEW", _("Working group review")
    BROKERING = "BROKERING", _("Brokering")
    TEAM_AGREED = "TEAM_AGREED", _("Team agreed")
    INITIAL_MEETING_HELD = "INITIAL_MEETING_HELD", _("Initial meeting held")
    AGREEMENT_DRAFTED = "AGREEMENT_DRAFTED", _("Agreement drafted")
    AWAITING_SIGNATURE = "AWAITING_SIGNATURE", _("Awaiting signature")
    ACTIVE = "ACTIVE", _("Under way")
    MID_TERM_REVIEW = "MID_TERM_REVIEW", _("Mid-term review")
    EXITING = "EXITING", _("Exiting")
    FINAL_REVIEW_DUE = "FINAL_REVIEW_DUE", _("Final review due")
    EVALUATION_REVIEW = "EVALUATION_REVIEW", _("Evaluation under review")
    CHANGES_REQUESTED = "CHANGES_REQUESTED", _("Changes to the evaluation requested")
    APPROVED = "APPROVED", _("Evaluation approved")
    DISSEMINATED = "DISSEMINATED", _("Disseminated")
    CLOSED = "CLOSED", _("Closed")
    DECLINED = "DECLINED", _("Declined")
    REFERRED = "REFERRED", _("Referred")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


BEFORE_ACTIVE = (
    Stage.TRIAGE,
    Stage.MORE_INFORMATION,
    Stage.DUE_DILIGENCE,
    Stage.WORKING_GROUP_REVIEW,
    Stage.BROKERING,
    Stage.TEAM_AGREED,
    Stage.INITIAL_MEETING_HELD,
    Stage.AGREEMENT_DRAFTED,
    Stage.AWAITING_SIGNATURE,
)
BEFORE_SIGNED = (Stage.BROKERING, Stage.TEAM_AGREED, Stage.INITIAL_MEETING_HELD, Stage.AGREEMENT_DRAFTED, Stage.AWAITING_SIGNATURE)
"""Brokered, and not started."""
ARRANGED_AT = (Stage.BROKERING, Stage.TEAM_AGREED, Stage.INITIAL_MEETING_HELD, Stage.AGREEMENT_DRAFTED)
"""Team, timetable and costs can change, and the school accepts them again, before the text that it signs is frozen (W4, W5)."""
DELIVERING = (Stage.ACTIVE, Stage.MID_TERM_REVIEW, Stage.EXITING)
"""Leaders work in the school."""

AMENDED_AT = (Stage.ACTIVE, Stage.MID_TERM_REVIEW)
"""An amendment of the agreement is drawn up and signed while the work goes on: it is no stage of its own (D4)."""

AFTER_DELIVERY = (
    Stage.FINAL_REVIEW_DUE,
    Stage.EVALUATION_REVIEW,
    Stage.CHANGES_REQUESTED,
    Stage.APPROVED,
    Stage.DISSEMINATED,
)
"""What was given is known, and what is to be refunded with it."""
SIGNED = (*DELIVERING, *AFTER_DELIVERY)
"""From the last signature until the project is closed: there is time, and money, to see to."""
ENDED = (Stage.CLOSED, Stage.DECLINED, Stage.REFERRED, Stage.WITHDRAWN)

PUBLIC_STATUS = {
    Stage.SUBMITTED: PublicStatus.RECEIVED,
    Stage.TRIAGE: PublicStatus.LOOKING,
    Stage.MORE_INFORMATION: PublicStatus.QUESTION,
    Stage.DUE_DILIGENCE: PublicStatus.LOOKING,
    Stage.WORKING_GROUP_REVIEW: PublicStatus.LOOKING,
    Stage.BROKERING: PublicStatus.ARRANGING,
    Stage.TEAM_AGREED: PublicStatus.ARRANGING,
    Stage.INITIAL_MEETING_HELD: PublicStatus.AGREEING,
    Stage.AGREEMENT_DRAFTED: PublicStatus.AGREEING,
    Stage.AWAITING_SIGNATURE: PublicStatus.AGREEING,
    Stage.ACTIVE: PublicStatus.UNDER_WAY,
    Stage.MID_TERM_REVIEW: PublicStatus.UNDER_WAY,
    Stage.EXITING: PublicStatus.UNDER_WAY,
    Stage.FINAL_REVIEW_DUE: PublicStatus.REVIEWING,
    Stage.EVALUATION_REVIEW: PublicStatus.REVIEWING,
    Stage.CHANGES_REQUESTED: PublicStatus.REVIEWING,
    Stage.APPROVED: PublicStatus.REVIEWING,
    Stage.DISSEMINATED: PublicStatus.REVIEWING,
    Stage.CLOSED: PublicStatus.COMPLETED,
    Stage.DECLINED: PublicStatus.DECLINED,
    Stage.REFERRED: PublicStatus.REFERRED,
    Stage.WITHDRAWN: PublicStatus.WITHDRAWN,
}


class Party(models.TextChoices):
    """Who makes a move, or takes a step that is no move."""

    STAFF = "STAFF", _("S2S lead or broker")
    S2S_LEAD = "S2S_LEAD", _("S2S lead")
    REQUESTER = "REQUESTER", _("Requester or supported school")
    EITHER_SIDE = "EITHER_SIDE", _("S2S lead, broker, requester or supported school")
    WORKING_GROUP = "WORKING_GROUP", _("Working group")
    NAMED_LEAD = "NAMED_LEAD", _("Named lead")
    NAMED_LEAD_OR_STAFF = "NAMED_LEAD_OR_STAFF", _("Named lead, S2S lead or broker")
    SUPPORTED_HEAD = "SUPPORTED_HEAD", _("Head of the supported school")
    NAMED_LEAD_OR_SUPPORTED_HEAD = "NAMED_LEAD_OR_SUPPORTED_HEAD", _("Named lead or head of the supported school")
    SUPPORTED_HEAD_OR_S2S_LEAD = "SUPPORTED_HEAD_OR_S2S_LEAD", _("Head of the supported school; in a dispute the S2S lead")
    ANY_SIGNATORY = "ANY_SIGNATORY", _("Any party to the agreement")
    REVIEWER = "REVIEWER", _("Reviewer")
    FINANCE_OR_S2S_LEAD = "FINANCE_OR_S2S_LEAD", _("Finance or S2S lead")
    SYSTEM = "SYSTEM", _("The system, at the last signature")


class DeploymentState(models.TextChoices):
    """One leader's part: proposed, released by the supporting head, approved by the broker, then over."""

    PROPOSED = "PROPOSED", _("Proposed")
    RELEASED = "RELEASED", _("Released by the supporting school")
    APPROVED = "APPROVED", _("Approved")
    DECLINED = "DECLINED", _("Not released")
    ENDED = "ENDED", _("Ended early")
    COMPLETED = "COMPLETED", _("Completed")


ON_THE_TEAM = (DeploymentState.PROPOSED, DeploymentState.RELEASED, DeploymentState.APPROVED, DeploymentState.COMPLETED)


class GroupSubject(models.TextChoices):
    """What the working group gives its view on (W3, W7, W9, E2)."""

    REVIEW = "REVIEW", _("The request and its due diligence")
    FAST_TRACK = "FAST_TRACK", _("The fast track")
    PLAN = "PLAN", _("The action plan")
    EVALUATION = "EVALUATION", _("The evaluation")


class VisitState(models.TextChoices):
    PLANNED = "PLANNED", _("Planned")
    NOTED = "NOTED", _("Held and noted")
    CANCELLED = "CANCELLED", _("Cancelled")


class TimeState(models.TextChoices):
    """A time-sheet line on its way to the invoice (D3)."""

    SUBMITTED = "SUBMITTED", _("Waits for the supporting head")
    APPROVED = "APPROVED", _("Approved")
    RETURNED = "RETURNED", _("Returned")
    INVOICED = "INVOICED", _("Invoiced")
    WRITTEN_OFF = "WRITTEN_OFF", _("Written off")


UNDECIDED = (TimeState.SUBMITTED, TimeState.RETURNED)
"""Time that somebody still has to approve or to correct."""
NOT_GIVEN = (TimeState.RETURNED, TimeState.WRITTEN_OFF)
"""Time that costs nothing, or nothing yet."""


class MidTermDecision(models.TextChoices):
    """What the mid-term review proposes (D4)."""

    CONTINUE = "CONTINUE", _("Continue as planned")
    CHANGE = "CHANGE", _("Continue with changes")
    EXIT = "EXIT", _("Bring it to an end")


class Judgement(models.TextChoices):
    """How far an objective was met (E1)."""

    MET = "MET", _("Met")
    PARTLY_MET = "PARTLY_MET", _("Partly met")
    NOT_MET = "NOT_MET", _("Not met")


class ReadinessSide(models.TextChoices):
    """Who answers the readiness questions (P5)."""

    LEADER = "LEADER", _("The system leaders")
    SCHOOL = "SCHOOL", _("The supported school")

    @property
    def asked_as(self) -> str:
        """How the wording names the side's questions."""
        return {ReadinessSide.LEADER: LEADER, ReadinessSide.SCHOOL: SCHOOL}[self]


class PartyKind(models.TextChoices):
    """Who signs an agreement (W8)."""

    SUPPORTED_HEAD = "SUPPORTED_HEAD", _("Head of the supported school")
    SUPPORTING_HEAD = "SUPPORTING_HEAD", _("Head of a supporting school")
    S2S_LEAD = "S2S_LEAD", _("S2S lead")
