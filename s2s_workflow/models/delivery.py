"""The work itself: visits, notes, time, the mid-term review, concerns (D rows)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.fields import done_by_somebody, person_field
from common.history import History
from s2s_workflow.enums import UNDECIDED, MidTermDecision, TimeState, VisitState
from s2s_workflow.models.projects import TEXT, SupportProject
from s2s_workflow.models.team import Deployment


class Visit(models.Model):
    """One visit of one leader. Its half days stand in the diary; `half` is AM, PM, or empty for a full day."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="visits", verbose_name=_("deployment"))
    visit_date = models.DateField(_("date"))
    half = models.CharField(_("half"), max_length=2, blank=True, choices=[("AM", _("Morning")), ("PM", _("Afternoon"))])
    focus = models.CharField(_("focus"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=VisitState.choices, default=VisitState.PLANNED)

    history = History()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["visit_date", "half", "pk"]
        constraints = [models.CheckConstraint(condition=Q(state__in=VisitState.values), name="visit_state_is_known")]

    def __str__(self) -> str:
        return f"{self.deployment}, {self.visit_date:%d %B %Y}"

    @property
    def half_days(self) -> int:
        return 1 if self.half else 2

    @property
    def diary_reference(self) -> str:
        """What the diary calls it."""
        return f"{self.deployment.project.case.reference}/{self.pk}"


class NoteOfVisit(models.Model):
    """What was done, what came of it, what is next (D1). `evidence` has a text per id of an objective in the plan."""

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="note", verbose_name=_("visit"))
    action_taken = models.TextField(_("action taken"), max_length=TEXT)
    impact = models.TextField(_("review of impact"), max_length=TEXT)
    next_steps = models.TextField(_("next steps"), max_length=TEXT)
    evidence = models.JSONField(_("evidence against objectives"), default=dict, blank=True)
    noted_at = models.DateTimeField(_("written"))
    noted_by = person_field(_("written by"))
    reply = models.TextField(_("reply of the school"), blank=True, max_length=TEXT)
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)
    replied_by = person_field(_("replied by"))

    history = History()

    class Meta:
        verbose_name = _("note of visit")
        verbose_name_plural = _("notes of visits")
        ordering = ["-noted_at", "-pk"]
        constraints = [
            done_by_somebody("note_noted_at_and_by", "noted"),
            done_by_somebody("note_replied_at_and_by", "replied"),
            models.CheckConstraint(
                condition=Q(replied_at=None, reply="") | (Q(replied_at__isnull=False) & ~Q(reply="")), name="a_reply_has_text"
            ),
        ]

    def __str__(self) -> str:
        return str(self.visit)

    @property
    def is_by_its_leader(self) -> bool:
        """Nobody wrote it in the leader's place."""
        return bool(self.noted_by_id == self.visit.deployment.leader.user_id)


class TimeSheetLine(models.Model):
    """
    The half days of one visit, for the supporting head to approve (D3). Both amounts are in pounds, from the quote.

    Time that nobody will approve or correct any more is written off by alliance staff, and billed to nobody.
    """

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="time", verbose_name=_("visit"))
    half_days = models.PositiveSmallIntegerField(_("half days"))
    charge = models.DecimalField(_("charge, in pounds"), max_digits=10, decimal_places=2)
    supporting_share = models.DecimalField(_("supporting school’s share, in pounds"), max_digits=10, decimal_places=2)
    state = models.CharField(_("state"), max_length=20, choices=TimeState.choices, default=TimeState.SUBMITTED)
    submitted_at = models.DateTimeField(_("submitted"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = person_field(_("decided by"))

    history = History()

    class Meta:
        verbose_name = _("time-sheet line")
        verbose_name_plural = _("time-sheet lines")
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(half_days__gt=0), name="time_has_half_days"),
            models.CheckConstraint(
                condition=Q(charge__gt=0, supporting_share__gt=0, supporting_share__lte=F("charge")), name="time_is_priced"
            ),
            done_by_somebody("time_decided_at_and_by", "decided"),
            models.CheckConstraint(
                condition=Q(state__in=UNDECIDED) | Q(decided_at__isnull=False),
                name="decided_time_says_when",
            ),
        ]

    def __str__(self) -> str:
        return str(self.visit)


class MidTermReviewQuerySet(models.QuerySet["MidTermReview"]):
    def waiting(self) -> Self:
        """For the head’s answer; a project has one at most."""
        return self.filter(agreed_at=None, sent_back_at=None)

    def held(self) -> Self:
        """Agreed by the head, or settled by the S2S lead in a dispute."""
        return self.filter(Q(agreed_at__isnull=False) | Q(is_settled=True))

    def in_time(self) -> Self:
        """Without those that came back, the first one first."""
        return self.filter(Q(sent_back_at=None) | Q(is_settled=True)).order_by("written_at", "pk")


class MidTermReview(models.Model):
    """
    Midway, against the plan: is it working, is it right, does it go on (D4). Written by the named lead, agreed by the head.

    One that the head does not agree to, or that its writer takes back, is `sent_back` and written anew; `is_settled` when the S2S
    lead decided in a dispute that the work goes on without it.
    """

    project = models.ForeignKey(SupportProject, on_delete=models.PROTECT, related_name="mid_term_reviews", verbose_name=_("project"))
    held_on = models.DateField(_("held on"))
    is_working = models.TextField(_("is it working"), max_length=TEXT)
    is_appropriate = models.TextField(_("is it the right support"), max_length=TEXT)
    next_steps = models.TextField(_("changes and next steps"), max_length=TEXT)
    decision = models.CharField(_("proposal"), max_length=20, choices=MidTermDecision.choices)
    written_at = models.DateTimeField(_("written"))
    written_by = person_field(_("written by"))
    agreed_at = models.DateTimeField(_("agreed by the school"), null=True, blank=True)
    agreed_by = person_field(_("agreed by"))
    sent_back_at = models.DateTimeField(_("sent back"), null=True, blank=True)
    sent_back_by = person_field(_("sent back by"))
    sent_back_reason = models.TextField(_("why it was sent back"), blank=True, max_length=TEXT)
    is_settled = models.BooleanField(_("settled by the S2S lead"), default=False)

    history = History()
    objects = MidTermReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("mid-term review")
        verbose_name_plural = _("mid-term reviews")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(agreed_at=None, sent_back_at=None), name="one_mid_term_review_at_a_time"
            ),
            done_by_somebody("mid_term_written_at_and_by", "written"),
            done_by_somebody("mid_term_agreed_at_and_by", "agreed"),
            done_by_somebody("mid_term_sent_back_at_and_by", "sent_back"),
            models.CheckConstraint(condition=Q(sent_back_at=None) | Q(agreed_at=None), name="agreed_mid_term_review_is_not_sent_back"),
            models.CheckConstraint(
                condition=Q(sent_back_at=None) | ~Q(sent_back_reason=""), name="mid_term_review_is_sent_back_with_a_reason"
            ),
            models.CheckConstraint(condition=Q(is_settled=False) | Q(sent_back_at__isnull=False), name="settled_mid_term_review_says_when"),
        ]

    def __str__(self) -> str:
        return f"{self.project}, {self.held_on:%d %B %Y}"


class Concern(models.Model):
    """What worries the named lead (D5). The alliance and the supported head are told together; it blocks closing until resolved."""

    project = models.ForeignKey(SupportProject, on_delete=models.PROTECT, related_name="concerns", verbose_name=_("project"))
    text = models.TextField(_("concern"), max_length=TEXT)
    raised_at = models.DateTimeField(_("raised"))
    raised_by = person_field(_("raised by"))
    resolution = models.TextField(_("how it was resolved"), blank=True, max_length=TEXT)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = person_field(_("resolved by"))

    history = History()

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        ordering = ["-raised_at", "-pk"]
        constraints = [
            done_by_somebody("concern_raised_at_and_by", "raised"),
            done_by_somebody("concern_resolved_at_and_by", "resolved"),
            models.CheckConstraint(condition=Q(resolved_at=None) | ~Q(resolution=""), name="resolved_concern_says_how"),
        ]

    def __str__(self) -> str:
        return f"{self.project}, {self.raised_at:%d %B %Y}"
