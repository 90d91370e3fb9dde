"""Stored choices of health check days."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alliance.enums import Designation
from diary.enums import Half


class SeriesState(models.TextChoices):
    """Where a booking of one or more days stands. Before it is sent it is a `BookingDraft`."""

    REQUESTED = "REQUESTED", _("Requested")
    MATCHING = "MATCHING", _("Finding leaders")
    QUOTED = "QUOTED", _("Quote sent")
    CONFIRMED = "CONFIRMED", _("Confirmed")
    IN_PROGRESS = "IN_PROGRESS", _("In progress")
    COMPLETED = "COMPLETED", _("Completed")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    DECLINED = "DECLINED", _("Declined")
    EXPIRED = "EXPIRED", _("Quote expired")
    CANCELLED = "CANCELLED", _("Cancelled")


class DayState(models.TextChoices):
    PROPOSED = "PROPOSED", _("Proposed")
    HELD = "HELD", _("Held")
    CONFIRMED = "CONFIRMED", _("Confirmed")
    READY = "READY", _("Ready")
    IN_PROGRESS = "IN_PROGRESS", _("In progress")
    DELIVERED = "DELIVERED", _("Delivered")
    SIGNED_OFF = "SIGNED_OFF", _("Signed off")
    NOT_SIGNED = "NOT_SIGNED", _("Not signed by the school")
    ENDED_EARLY = "ENDED_EARLY", _("Ended without a signed record")
    CANCELLED = "CANCELLED", _("Cancelled")
    RESCHEDULED = "RESCHEDULED", _("Moved to another day")
    NO_SHOW_SCHOOL = "NO_SHOW_SCHOOL", _("The school was not there")
    NO_SHOW_LEADER = "NO_SHOW_LEADER", _("The leader did not come")
    SKIPPED = "SKIPPED", _("Left out")


class DayPart(models.TextChoices):
    FULL = "FULL", _("Full day")
    AM = "AM", _("Morning")
    PM = "PM", _("Afternoon")

    @property
    def halves(self) -> tuple[Half, ...]:
        return tuple(Half) if self is DayPart.FULL else (Half(self.value),)

    @property
    def half_days(self) -> int:
        return len(self.halves)


class DayUse(models.TextChoices):
    """How the school wishes to use a day (H3)."""

    DATA_REVIEW = "DATA_REVIEW", _("Collective data review")
    TEACHING_REVIEW = "TEACHING_REVIEW", _("Teaching and learning review")
    OTHER = "OTHER", _("Something else")


class Cause(models.TextChoices):
    """Whose doing it was that a day did not happen. Nothing is charged for what the alliance or the leader caused."""

    SCHOOL = "SCHOOL", _("The school")
    ALLIANCE = "ALLIANCE", _("The alliance")
    LEADER = "LEADER", _("The leader")


class Verdict(models.TextChoices):
    """What the leader found of a judgement or need that the school stated (H5)."""

    REAFFIRMED = "REAFFIRMED", _("Reaffirmed")
    PARTLY = "PARTLY", _("Partly reaffirmed")
    NOT_REAFFIRMED = "NOT_REAFFIRMED", _("Not reaffirmed")
    NOT_LOOKED_AT = "NOT_LOOKED_AT", _("Not looked at")


class Met(models.TextChoices):
    """Whether an outcome that was agreed beforehand was met."""

    MET = "MET", _("Met")
    PARTLY = "PARTLY", _("Partly met")
    NOT_MET = "NOT_MET", _("Not met")


class Audience(models.TextChoices):
    """Whom the school may show its record to, besides its own people."""

    ALLIANCE = "ALLIANCE", _("The S2S leads and brokers of the alliance")
    LEADERS = "LEADERS", _("The leaders who conducted the day")


class Repeat(models.TextChoices):
    """How further dates follow from the first."""

    NONE = "NONE", _("I give each date myself")
    WEEKLY = "WEEKLY", _("Every week")
    FORTNIGHTLY = "FORTNIGHTLY", _("Every two weeks")
    FOUR_WEEKLY = "FOUR_WEEKLY", _("Every four weeks")
    HALF_TERMLY = "HALF_TERMLY", _("Every seven weeks, about once a half term")

    @property
    def weeks(self) -> int:
        return {"WEEKLY": 1, "FORTNIGHTLY": 2, "FOUR_WEEKLY": 4, "HALF_TERMLY": 7}.get(self.value, 0)


CONDUCTING = (Designation.LLE, Designation.SLE, Designation.NLE)
"""Designations that conduct health check days (H2)."""

BEFORE_BOOKED = (SeriesState.REQUESTED, SeriesState.MATCHING, SeriesState.QUOTED, SeriesState.EXPIRED)
"""Nothing is owed yet: the school may withdraw, the alliance may decline."""
BOOKED = (SeriesState.CONFIRMED, SeriesState.IN_PROGRESS)

WANTED = (DayState.PROPOSED, DayState.HELD)
"""Days that a quote is to be made for."""
COMING = (DayState.CONFIRMED, DayState.READY)
"""Booked days that have not begun: they can be moved, cancelled, and given another leader."""
DELIVERED = (DayState.DELIVERED, DayState.SIGNED_OFF, DayState.NOT_SIGNED)
"""Days that were held and whose leader signed the record."""
BEGUN = (DayState.IN_PROGRESS, *DELIVERED, DayState.ENDED_EARLY)
GONE = (DayState.CANCELLED, DayState.RESCHEDULED, DayState.SKIPPED)
"""Days that will not be, and whose halves nobody has."""
TAKES_NO_DATE = (DayState.PROPOSED, *GONE)
"""Days for which nobody is held or booked: they keep no other day of the school from their date."""
OVER = (
    DayState.SIGNED_OFF, DayState.NOT_SIGNED, DayState.ENDED_EARLY, DayState.NO_SHOW_SCHOOL, DayState.NO_SHOW_LEADER, *GONE,
)  # fmt: skip
"""Days with nothing left to do, but perhaps to offer another date in their place."""
NOT_HELD = (*GONE, DayState.NO_SHOW_LEADER)
"""Days that nobody gave and nobody owes."""
MISSED = (DayState.CANCELLED, DayState.NO_SHOW_LEADER)
OTHERS = (Cause.ALLIANCE, Cause.LEADER)
"""Who is not the school: for what they caused that was missed, the school is offered another date."""
