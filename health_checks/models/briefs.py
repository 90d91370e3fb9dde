"""What is to be looked at on a day, as both sides agree it beforehand (H4)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.fields import done_by_somebody, person_field
from common.history import History
from health_checks.models.days import Day


class Brief(models.Model):
    """
    One version of a day's brief. Its content is never changed: an edit is the next version, which both sides agree to anew.

    `statements` are the school's own: `{"id", "section", "title", "judgement", "needs"}` each, the title as the section had it then.
    `activities` are texts, `outcomes` `{"id", "text"}`. Agreeing counts for this very version.
    """

    day = models.ForeignKey(Day, on_delete=models.PROTECT, related_name="briefs", verbose_name=_("day"))
    version = models.PositiveIntegerField(_("version"))
    area = models.CharField(_("area of improvement"), max_length=300, blank=True)
    statements = models.JSONField(_("own judgements and needs"), default=list, blank=True)
    activities = models.JSONField(_("activities"), default=list, blank=True)
    outcomes = models.JSONField(_("outcomes"), default=list, blank=True)
    written_at = models.DateTimeField(_("written"))
    written_by_name = models.CharField(_("written by"), max_length=200)
    school_agreed_at = models.DateTimeField(_("agreed by the school"), null=True, blank=True)
    school_agreed_by = person_field(_("agreed for the school by"))
    leader_agreed_at = models.DateTimeField(_("agreed by the leader"), null=True, blank=True)
    leader_agreed_by = person_field(_("agreed for the leaders by"))

    history = History()
    kept_from_field_history = ("statements", "activities", "outcomes")

    class Meta:
        verbose_name = _("brief")
        verbose_name_plural = _("briefs")
        ordering = ["day", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["day", "version"], name="one_brief_per_version"),
            models.CheckConstraint(condition=Q(version__gt=0), name="brief_versions_start_at_one"),
            done_by_somebody("brief_school_agreed_at_and_by", "school_agreed"),
            done_by_somebody("brief_leader_agreed_at_and_by", "leader_agreed"),
        ]

    def __str__(self) -> str:
        return f"{self.day}, {_('version')} {self.version}"

    @property
    def is_agreed(self) -> bool:
        """By both sides."""
        return self.school_agreed_at is not None and self.leader_agreed_at is not None

    @property
    def agreed_at(self) -> Any:
        """When the second side agreed; None until then."""
        return max(self.school_agreed_at, self.leader_agreed_at) if self.school_agreed_at and self.leader_agreed_at else None

    @property
    def content(self) -> dict[str, Any]:
        """What a version says, to compare it with another."""
        return {name: getattr(self, name) for name in ("area", "statements", "activities", "outcomes")}
