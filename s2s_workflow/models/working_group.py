"""What the members of the working group think."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.models import User
from common.history import History
from s2s_workflow.enums import GroupSubject
from s2s_workflow.models.projects import TEXT, SupportProject


class GroupOpinion(models.Model):
    """
    One member's view on one subject in one round; a member with a conflict says so and takes no part (W3).

    A subject that comes back starts a new `round`, so that earlier views stay on record.
    """

    project = models.ForeignKey(SupportProject, on_delete=models.PROTECT, related_name="opinions", verbose_name=_("project"))
    subject = models.CharField(_("on"), max_length=20, choices=GroupSubject.choices)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    member = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("member"))
    has_conflict = models.BooleanField(_("has a conflict of interest"), default=False)
    supports = models.BooleanField(_("supports it"), null=True, blank=True)
    rationale = models.TextField(_("why"), max_length=TEXT)
    given_at = models.DateTimeField(_("given"))

    history = History()

    class Meta:
        verbose_name = _("view of the working group")
        verbose_name_plural = _("views of the working group")
        ordering = ["project", "subject", "round", "given_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "subject", "round", "member"], name="one_view_per_member_and_round"),
            models.CheckConstraint(
                condition=Q(has_conflict=True, supports=None) | Q(has_conflict=False, supports__isnull=False),
                name="a_view_or_a_conflict",
                violation_error_message=_("Say what you think, or that you have a conflict of interest."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.project.case.reference}: {self.get_subject_display()}"
