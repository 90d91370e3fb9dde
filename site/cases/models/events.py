"""What happened on a case, in words: what people read. Auditors read the field history."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliance.models import User
from cases.models.cases import Case
from common.in_words import for_reader


class EventIsWritten(Exception):
    """Events are written once; nobody changes or deletes them."""


class CaseEventQuerySet(models.QuerySet["CaseEvent"]):
    def public(self) -> Self:
        return self.filter(is_public=True)


class CaseEvent(models.Model):
    """
    One thing that happened: an English sentence and what to put into it, so that it reads in the reader's language.
    Days and labels among the values are put into it in that language too.

    `is_public` events also stand on the requester's follow page.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events", verbose_name=_("case"))
    happened_at = models.DateTimeField(_("when"))
    actor_name = models.CharField(_("who"), max_length=250)
    actor = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sentence = models.CharField(_("what"), max_length=300)
    values = models.JSONField(default=dict)
    reason = models.TextField(_("reason"), blank=True)
    is_public = models.BooleanField(_("shown to the requester"), default=False)

    objects = CaseEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-happened_at", "-pk"]
        indexes = [models.Index(fields=["case", "-happened_at"], name="events_of_case")]

    def __str__(self) -> str:
        return gettext(self.sentence) % for_reader(self.values)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise EventIsWritten
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise EventIsWritten
