"""Private files that belong to a case (R6)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import Direction
from cases.models.cases import Case
from cases.models.messages import Message
from common.history import History
from common.models import PrivateFile


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def for_requester(self) -> Self:
        """Without those of internal notes."""
        return self.exclude(message__direction=Direction.INTERNAL)


class Attachment(models.Model):
    """A file on a case; without a message it came with the request."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments", verbose_name=_("case"))
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments", verbose_name=_("message")
    )
    private_file = models.OneToOneField(PrivateFile, on_delete=models.PROTECT, related_name="attachment", verbose_name=_("file"))

    history = History()
    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.private_file)
