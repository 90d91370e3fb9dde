"""Stored choices of cases."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseKind(models.TextChoices):
    SUPPORT = "SUPPORT", _("School to school support")
    HEALTH_CHECK = "HEALTH_CHECK", _("Health check days")


class SupportKind(models.TextChoices):
    """The kinds of support (P4)."""

    DEPLOYMENT = "DEPLOYMENT", _("Deployment of a system leader")
    PEER = "PEER", _("Peer to peer: joint practice development")
    SPONSORSHIP = "SPONSORSHIP", _("Sponsorship")


class PublicStatus(models.TextChoices):
    """Where a case is, in the requester's words (R4). Plugins map their own stages to these."""

    RECEIVED = "RECEIVED", _("We have your request")
    LOOKING = "LOOKING", _("We are looking at it")
    QUESTION = "QUESTION", _("We asked you a question")
    ARRANGING = "ARRANGING", _("We are putting a team together")
    AGREEING = "AGREEING", _("The agreement is being signed")
    QUOTED = "QUOTED", _("We sent you a quote")
    BOOKED = "BOOKED", _("Your days are booked")
    UNDER_WAY = "UNDER_WAY", _("The work is under way")
    REVIEWING = "REVIEWING", _("The work is being reviewed")
    COMPLETED = "COMPLETED", _("Completed")
    DECLINED = "DECLINED", _("We cannot help with this one")
    REFERRED = "REFERRED", _("We passed it to somebody better placed")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")

    @property
    def for_staff(self) -> str:
        """The same state in the alliance's words."""
        return str(STAFF_WORDS[self])


STAFF_WORDS = {
    PublicStatus.RECEIVED: _("New"),
    PublicStatus.LOOKING: _("Being looked at"),
    PublicStatus.QUESTION: _("Waiting for an answer"),
    PublicStatus.ARRANGING: _("Brokering"),
    PublicStatus.AGREEING: _("Agreement"),
    PublicStatus.QUOTED: _("Quote sent"),
    PublicStatus.BOOKED: _("Booked"),
    PublicStatus.UNDER_WAY: _("Under way"),
    PublicStatus.REVIEWING: _("In review"),
    PublicStatus.COMPLETED: _("Completed"),
    PublicStatus.DECLINED: _("Declined"),
    PublicStatus.REFERRED: _("Referred"),
    PublicStatus.WITHDRAWN: _("Withdrawn"),
}
FINAL = {PublicStatus.COMPLETED, PublicStatus.DECLINED, PublicStatus.REFERRED, PublicStatus.WITHDRAWN}


class Direction(models.TextChoices):
    FROM_ALLIANCE = "FROM_ALLIANCE", _("From the alliance")
    TO_ALLIANCE = "TO_ALLIANCE", _("To the alliance")
    INTERNAL = "INTERNAL", _("Internal note")


class Side(models.TextChoices):
    """Whose turn it is."""

    ALLIANCE = "ALLIANCE", _("The alliance")
    REQUESTER = "REQUESTER", _("The requester")
    SUPPORTED_SCHOOL = "SUPPORTED_SCHOOL", _("The supported school")
    PERSON = "PERSON", _("One person")
    SCHOOL = "SCHOOL", _("A school")
    ROLE = "ROLE", _("Members of the alliance")
