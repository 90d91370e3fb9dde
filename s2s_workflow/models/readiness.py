"""The readiness conversation of a project (P5): what both sides were asked, and what each answered."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.actions import Refusal
from common.fields import done_by_somebody, person_field
from common.history import History
from s2s_workflow.enums import ReadinessSide
from s2s_workflow.models.projects import SupportProject


class AlreadySubmitted(Refusal):
    """The side has submitted its answers: they stay as they are."""


class ReadinessConversation(models.Model):
    """
    Both sides of one project. `asked` is the wording in every language (`website.readiness.Asked`), frozen when the first answer was saved.

    While `opened_at` is empty nobody sees another side's answers, whoever they are. It is set as the second side submits.
    """

    project = models.OneToOneField(
        SupportProject, primary_key=True, on_delete=models.PROTECT, related_name="readiness", verbose_name=_("project")
    )
    asked = models.JSONField(_("what was asked"))
    asked_at = models.DateTimeField(_("asked"))
    opened_at = models.DateTimeField(_("answers opened to both sides"), null=True, blank=True)

    history = History()

    class Meta:
        verbose_name = _("readiness conversation")
        verbose_name_plural = _("readiness conversations")
        ordering = ["-asked_at", "pk"]

    def __str__(self) -> str:
        return str(self.project)

    @property
    def is_open(self) -> bool:
        """Whether both sides see both."""
        return self.opened_at is not None


class ReadinessAnswers(models.Model):
    """
    One side's answers: key of the theme → `place` (`website.readiness.Place`, or empty) and `words`.

    What is answered stands in no field history: the history says who saved and submitted when. `version` counts the saves.
    """

    conversation = models.ForeignKey(
        ReadinessConversation, on_delete=models.PROTECT, related_name="sides", verbose_name=_("readiness conversation")
    )
    side = models.CharField(_("side"), max_length=20, choices=ReadinessSide.choices)
    answers = models.JSONField(_("answers"), default=dict)
    version = models.PositiveIntegerField(_("version"), default=0)
    saved_at = models.DateTimeField(_("saved"))
    saved_by = person_field(_("saved by"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    submitted_by = person_field(_("submitted by"))

    history = History(excluded_fields=["answers"])

    class Meta:
        verbose_name = _("readiness answers")
        verbose_name_plural = _("readiness answers")
        ordering = ["conversation", "side"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "side"], name="one_set_of_readiness_answers_per_side"),
            models.CheckConstraint(condition=Q(side__in=ReadinessSide.values), name="readiness_side_is_known"),
            done_by_somebody("readiness_submitted_at_and_by", "submitted"),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}, {self.conversation}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raise `AlreadySubmitted` for a change of what was submitted."""
        if self.pk and type(self)._default_manager.filter(pk=self.pk, submitted_at__isnull=False).exists():
            raise AlreadySubmitted(_("Your side has submitted its answers already. They stay as they are."))
        super().save(*args, **kwargs)
