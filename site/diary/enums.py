"""Stored choices of the diary."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Half(models.TextChoices):
    """In the order of the day, which is the order of the alphabet: rows sort as the day goes."""

    AM = "AM", _("Morning")
    PM = "PM", _("Afternoon")


class SourceKind(models.TextChoices):
    """What a half day is taken for. The reference beside it is that app's own; the diary never looks it up."""

    VISIT = "VISIT", _("Visit")
    DEPLOYMENT = "DEPLOYMENT", _("Deployment")
    HEALTH_CHECK = "HEALTH_CHECK", _("Health check day")
    LEAVE = "LEAVE", _("Leave")

    @property
    def uses_allowance(self) -> bool:
        """Leave is the leader's own time; everything else is time that the supporting school gives."""
        return self is not SourceKind.LEAVE
