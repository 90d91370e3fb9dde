"""The support project: what triage adds to a case, under the same reference."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.enums import Power
from alliance.models import SchoolRole, User
from cases.models import Case
from common.fields import done_by_somebody, person_field
from common.history import History
from s2s_workflow.enums import ON_THE_TEAM, DeploymentState, Stage, VisitState

TEXT = 5000
"""The longest text of one answer, in characters."""


class SupportProject(models.Model):
    """
    One project, one-to-one with its case. `stage` is written by `move_project` alone.

    `team_accepted` is the supported head's word (W5); `fast_tracked` and `ratified` belong together (W9). `exit_on` and
    `exit_steps` are set while an end is proposed or agreed to (D4); `refund_due` is then in pounds. `amending` is set while an amendment
    of the agreement is drawn up or signed; `amending_draft` is the key of the plan's draft at its start, so that a change is known.
    """

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="support_project", verbose_name=_("case"))
    stage = models.CharField(_("stage"), max_length=30, choices=Stage.choices, default=Stage.SUBMITTED)
    stage_since = models.DateTimeField(_("in this stage since"))
    needs = models.TextField(_("confirmed needs"), blank=True, max_length=TEXT)
    needs_confirmed_at = models.DateTimeField(_("needs confirmed"), null=True, blank=True)
    needs_confirmed_by = person_field(_("needs confirmed by"))
    costs_presented_at = models.DateTimeField(_("costs presented"), null=True, blank=True)
    costs_presented_by = person_field(_("costs presented by"))
    payer_name = models.CharField(_("who pays"), max_length=200, blank=True, help_text=_("Empty when the supported school pays."))
    team_accepted_at = models.DateTimeField(_("team accepted"), null=True, blank=True)
    team_accepted_by = person_field(_("team accepted by"))
    fast_tracked_at = models.DateTimeField(_("fast track started"), null=True, blank=True)
    fast_tracked_by = person_field(_("fast track started by"))
    ratified_at = models.DateTimeField(_("ratified by the working group"), null=True, blank=True)
    ratified_by = person_field(_("ratification recorded by"))
    exit_on = models.DateField(_("last day"), null=True, blank=True)
    exit_steps = models.TextField(_("steps to the end"), blank=True, max_length=TEXT)
    refund_due = models.DecimalField(_("unspent costs to refund, in pounds"), max_digits=10, decimal_places=2, null=True, blank=True)
    refunded_at = models.DateTimeField(_("refunded"), null=True, blank=True)
    refunded_by = person_field(_("refund recorded by"))
    amending_at = models.DateTimeField(_("amendment begun"), null=True, blank=True)
    amending_by = person_field(_("amendment begun by"))
    amending_reason = models.TextField(_("why it is amended"), blank=True, max_length=TEXT)
    amending_draft = models.PositiveBigIntegerField(_("draft of the plan before"), null=True, blank=True)
    story = models.OneToOneField(
        "website.StoryPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("story")
    )

    history = History()

    class Meta:
        verbose_name = _("support project")
        verbose_name_plural = _("support projects")
        ordering = ["-stage_since", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="project_stage_is_known"),
            *(
                done_by_somebody(f"project_{what}_at_and_by", what)
                for what in ("needs_confirmed", "costs_presented", "team_accepted", "fast_tracked", "ratified", "refunded", "amending")
            ),
            models.CheckConstraint(condition=Q(amending_at=None) | ~Q(amending_reason=""), name="project_amendment_says_why"),
            models.CheckConstraint(condition=Q(ratified_at=None) | Q(fast_tracked_at__isnull=False), name="only_a_fast_track_is_ratified"),
            models.CheckConstraint(condition=Q(refund_due=None) | Q(refund_due__gte=0), name="refund_is_not_negative"),
        ]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def rules(self) -> dict[str, Any]:
        """How the case's protocol version says that it runs."""
        version = self.case.protocol_version
        return version.rules if version else {}

    @property
    def end_is_agreed(self) -> bool:
        """Whether the last day holds: until both sides agreed to it, it is proposed (D4)."""
        return self.exit_on is not None and self.stage not in (Stage.ACTIVE, Stage.MID_TERM_REVIEW)

    def team(self) -> list[Any]:
        """The deployments that count: proposed, released, approved or completed; the named lead first. Without those who join later."""
        return [deployment for deployment in self._all_deployments() if deployment.state in ON_THE_TEAM and not deployment.joins_later]

    def joining(self) -> list[Any]:
        """The deployments that count once the amendment that names them is signed by all."""
        return [deployment for deployment in self._all_deployments() if deployment.state in ON_THE_TEAM and deployment.joins_later]

    def left_early(self) -> list[Any]:
        """The deployments that were ended before the work was done."""
        return [one for one in self._all_deployments() if one.state == DeploymentState.ENDED and not one.joins_later]

    def gave_and_left(self) -> list[Any]:
        """Those of them who gave time: it stays in the costs, and they do not come back by an amendment."""
        gave = set(self.deployments.filter(visits__state=VisitState.NOTED).values_list("pk", flat=True))
        return [one for one in self.left_early() if one.pk in gave]

    def _all_deployments(self) -> list[Any]:
        """One query, kept until `forget_team`."""
        if not hasattr(self, "_deployments"):
            rows = self.deployments.select_related("leader__user", "supporting_school")
            self._deployments = list(rows.order_by("-is_named_lead", "pk"))
        return self._deployments

    def forget_team(self) -> None:
        """Read the deployments anew when they are next asked for."""
        if hasattr(self, "_deployments"):
            del self._deployments

    def barred_people(self) -> frozenset[Any]:
        """Keys of all who ever declared a tie to the school (W3): it is not taken back. One query, kept."""
        if not hasattr(self, "_barred"):
            self._barred = frozenset(self.case.conflict_declarations.filter(has_conflict=True).values_list("declared_by", flat=True))
        return self._barred

    def is_barred_to(self, user: Any) -> bool:
        """Whether the person ever declared a tie to the school."""
        return user.pk in self.barred_people()

    def people_who_approve_time(self, on: date) -> dict[str, frozenset[Any]]:
        """Keys of those who approve time on a day at each school that released a leader (D3). One query, kept."""
        if not hasattr(self, "_approvers"):
            schools = self.deployments.order_by().values("supporting_school")
            roles = SchoolRole.objects.live(on).filter(school__in=schools, user__is_active=True).select_related("kind")
            found: dict[str, set[Any]] = {}
            for role in roles:
                if Power.APPROVE_TIME in role.kind.powers:
                    found.setdefault(role.school_id, set()).add(role.user_id)
            self._approvers = {school: frozenset(people) for school, people in found.items()}
        return self._approvers

    def named_lead(self) -> Any:
        """The deployment of the named lead, or None."""
        return next((deployment for deployment in self.team() if deployment.is_named_lead), None)


class ConflictDeclaration(models.Model):
    """What somebody declared about ties to the school before handling or reviewing its case; somebody tied may not."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="conflict_declarations", verbose_name=_("case"))
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("declared by"))
    declared_at = models.DateTimeField(_("declared"))
    has_conflict = models.BooleanField(_("has a conflict of interest"))
    details = models.TextField(_("details"), blank=True, max_length=1000)

    history = History()

    class Meta:
        verbose_name = _("declaration of interests")
        verbose_name_plural = _("declarations of interests")
        ordering = ["-declared_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(has_conflict=False) | ~Q(details=""),
                name="conflict_is_described",
                violation_error_message=_("Say what the conflict of interest is."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.declared_by}, {self.case.reference}"
