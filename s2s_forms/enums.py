"""Stored choices of protocols and requests."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LONG_TEXT = 5000
"""Characters of a longer answer."""


class Timing(models.TextChoices):
    """When support is needed."""

    URGENT = "URGENT", _("Urgently: within two weeks")
    TERM = "TERM", _("This term")
    LATER = "LATER", _("Next term or later")


class StepIcon(models.TextChoices):
    """The picture beside a step of the timeline."""

    ASK = "ask", _("Asking")
    LISTEN = "listen", _("Listening")
    SEARCH = "search", _("Looking into it")
    TEAM = "team", _("People")
    MEET = "meet", _("Meeting")
    SIGN = "sign", _("Signing")
    WORK = "work", _("Working together")
    REVIEW = "review", _("Reviewing")
    STORY = "story", _("Telling")
    FLAG = "flag", _("Concern")
    MONEY = "money", _("Money")
