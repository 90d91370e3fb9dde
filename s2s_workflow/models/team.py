"""Who works with the school, and the meeting that starts it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance.enums import Designation
from alliance.models import School, SystemLeader
from common.fields import done_by_somebody, person_field
from common.history import History
from s2s_workflow.enums import ON_THE_TEAM, DeploymentState
from s2s_workflow.models.projects import TEXT, SupportProject


class Deployment(models.Model):
    """
    One leader's part in a project (W5): role and remit, dates, and how many half days at most.

    `supporting_school` employed the leader when they were proposed: it releases them, approves their time and is paid, also
    when the leader works elsewhere by then. `designation` is what the need or the rate line asks for, empty where none is asked
    (W5). The supporting head releases, the broker approves; `ended` is for a leader who drops out.

    `joins_later`, `next_half_days` and `next_ends_on` are what an amendment of the agreement will bring: a leader who is not on the
    team before all have signed it, and other days than those in force. Empty where nothing changes.
    """

    project = models.ForeignKey(SupportProject, on_delete=models.PROTECT, related_name="deployments", verbose_name=_("project"))
    leader = models.ForeignKey(SystemLeader, on_delete=models.PROTECT, related_name="deployments", verbose_name=_("leader"))
    supporting_school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="deployments", verbose_name=_("supporting school"))
    is_named_lead = models.BooleanField(_("is the named lead"), default=False)
    designation = models.CharField(_("designation asked for"), max_length=10, choices=Designation.choices, blank=True)
    remit = models.TextField(_("role and remit"), max_length=TEXT)
    half_days = models.PositiveSmallIntegerField(_("half days"), help_text=_("A full day is two."))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    joins_later = models.BooleanField(_("joins with an amendment"), default=False)
    next_half_days = models.PositiveSmallIntegerField(_("half days from the amendment on"), null=True, blank=True)
    next_ends_on = models.DateField(_("last day from the amendment on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=DeploymentState.choices, default=DeploymentState.PROPOSED)
    proposed_at = models.DateTimeField(_("proposed"))
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    released_by = person_field(_("released by"))
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_by = person_field(_("approved by"))
    ended_at = models.DateTimeField(_("over"), null=True, blank=True)
    ended_by = person_field(_("ended by"))

    history = History()

    class Meta:
        verbose_name = _("deployment")
        verbose_name_plural = _("deployments")
        ordering = ["-proposed_at", "-pk"]
        permissions = [("moderate_deployment", "Can approve and end deployments")]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "leader"], condition=Q(state__in=ON_THE_TEAM), name="one_deployment_per_leader_and_project"
            ),
            models.UniqueConstraint(
                fields=["project"], condition=Q(is_named_lead=True, state__in=ON_THE_TEAM), name="one_named_lead_per_project"
            ),
            models.CheckConstraint(condition=Q(half_days__gt=0), name="deployment_has_half_days"),
            models.CheckConstraint(condition=Q(next_half_days=None) | Q(next_half_days__gt=0), name="deployment_keeps_half_days"),
            models.CheckConstraint(
                condition=Q(next_ends_on=None) | Q(next_ends_on__gte=F("starts_on")),
                name="deployment_still_ends_after_it_starts",
                violation_error_message=_("The last day cannot be before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="deployment_ends_after_it_starts",
                violation_error_message=_("The last day cannot be before the first day."),
            ),
            models.CheckConstraint(
                condition=~Q(state=DeploymentState.APPROVED) | Q(approved_at__isnull=False), name="approved_deployment_says_when"
            ),
            *(done_by_somebody(f"deployment_{what}_at_and_by", what) for what in ("released", "approved", "ended")),
        ]

    def __str__(self) -> str:
        return f"{self.leader}, {self.project.case.reference}"


AGENDA = {
    "focus": _("Focus and key personnel"),
    "outcomes": _("Expected outcomes"),
    "funding": _("Funding"),
    "visits": _("Length, frequency and timing of visits"),
    "access": _("Access and release time"),
    "expectations": _("Protocols and professional expectations"),
}
"""What the initial meeting settles (W6), in order."""


class InitialMeeting(models.Model):
    """The meeting at which both sides settle how they work together (W6). `answers` has a text for each key of `AGENDA`."""

    project = models.OneToOneField(SupportProject, on_delete=models.PROTECT, related_name="initial_meeting", verbose_name=_("project"))
    held_on = models.DateField(_("held on"))
    attendees = models.TextField(_("who took part"), max_length=1000)
    answers = models.JSONField(_("what was settled"))
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = person_field(_("recorded by"))

    history = History()

    class Meta:
        verbose_name = _("initial meeting")
        verbose_name_plural = _("initial meetings")
        ordering = ["-held_on", "pk"]
        constraints = [done_by_somebody("initial_meeting_recorded_at_and_by", "recorded")]

    def __str__(self) -> str:
        return str(self.project)

    @property
    def agenda(self) -> list[tuple[Any, str]]:
        """Each point of the agenda with what was settled."""
        return [(label, self.answers.get(key, "")) for key, label in AGENDA.items()]
