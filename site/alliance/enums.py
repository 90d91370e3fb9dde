"""Stored choices of the alliance."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    """Phases of education, as the national register of schools groups them."""

    NURSERY = "NURSERY", _("Nursery")
    PRIMARY = "PRIMARY", _("Primary")
    MIDDLE_PRIMARY = "MIDDLE_PRIMARY", _("Middle deemed primary")
    MIDDLE_SECONDARY = "MIDDLE_SECONDARY", _("Middle deemed secondary")
    SECONDARY = "SECONDARY", _("Secondary")
    SIXTEEN_PLUS = "SIXTEEN_PLUS", _("16 plus")
    ALL_THROUGH = "ALL_THROUGH", _("All-through")
    NOT_APPLICABLE = "NOT_APPLICABLE", _("Not applicable")


class SchoolStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    PROPOSED_TO_CLOSE = "PROPOSED_TO_CLOSE", _("Open, but proposed to close")
    PROPOSED_TO_OPEN = "PROPOSED_TO_OPEN", _("Proposed to open")
    CLOSED = "CLOSED", _("Closed")


class Power(models.TextChoices):
    """What a role at a school lets its holder do for the school."""

    SIGN = "SIGN", _("Sign agreements")
    RELEASE = "RELEASE", _("Release leaders")
    APPROVE_TIME = "APPROVE_TIME", _("Approve time sheets")
    BOOK = "BOOK", _("Request support and book days")


class Designation(models.TextChoices):
    """Designations of system leaders. A leader may hold none (an aspiring, senior or middle leader, a governor)."""

    NLE = "NLE", _("National leader of education")
    LLE = "LLE", _("Local leader of education")
    SLE = "SLE", _("Specialist leader of education")
    NLG = "NLG", _("National leader of governance")
