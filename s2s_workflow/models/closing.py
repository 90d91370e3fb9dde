"""After the evaluation: who was sent it, and who lets it be told as a story (E3, E5)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from alliance.models import School, User
from common.fields import done_by_somebody, person_field
from common.history import History
from s2s_workflow.models.projects import SupportProject


class Dissemination(models.Model):
    """One person who was sent the approved evaluation (E3): the log of who got it, and when."""

    project = models.ForeignKey(SupportProject, on_delete=models.PROTECT, related_name="disseminations", verbose_name=_("project"))
    recipient = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("sent to"))
    sent_at = models.DateTimeField(_("sent"))
    sent_by = person_field(_("sent by"))

    history = History()

    class Meta:
        verbose_name = _("dissemination")
        verbose_name_plural = _("disseminations")
        ordering = ["project", "recipient__last_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "recipient"], name="sent_once_to_each"),
            done_by_somebody("dissemination_sent_at_and_by", "sent"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}, {self.project.case.reference}"


class StoryConsent(models.Model):
    """One school's yes or no to telling the work as a story (E5); a later answer takes the place of an earlier one."""

    project = models.ForeignKey(SupportProject, on_delete=models.PROTECT, related_name="story_consents", verbose_name=_("project"))
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", verbose_name=_("school"))
    consents = models.BooleanField(_("agrees"))
    given_at = models.DateTimeField(_("answered"))
    given_by = person_field(_("answered by"))

    history = History()

    class Meta:
        verbose_name = _("consent to a story")
        verbose_name_plural = _("consents to stories")
        ordering = ["project", "school"]
        constraints = [
            models.UniqueConstraint(fields=["project", "school"], name="one_answer_per_school"),
            done_by_somebody("story_consent_given_at_and_by", "given"),
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.project.case.reference}"
