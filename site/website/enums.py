"""Stored choices of the website."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommentState(models.TextChoices):
    WAITING = "WAITING", _("Waits for a moderator")
    SHOWN = "SHOWN", _("Shown")
    REFUSED = "REFUSED", _("Refused")
    DELETED = "DELETED", _("Deleted by its author")
