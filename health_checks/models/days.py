"""One health check day, and who conducts it."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from alliance.models import School, SystemLeader, User
from common.fields import done_by_somebody, person_field
from common.history import History
from diary.models import WhichHalf
from finance.models import QuoteLine
from health_checks.enums import BEGUN, GONE, MISSED, OTHERS, TAKES_NO_DATE, Cause, DayPart, DayState, DayUse
from health_checks.models.parts import TEXT
from health_checks.models.series import Series

ONE_DAY_A_DATE = "one_health_check_day_per_school_and_date"


class DayQuerySet(models.QuerySet["Day"]):
    def wanted(self) -> Self:
        """Days that still are to be, or were."""
        return self.exclude(state__in=GONE)

    def takes_its_date(self) -> Self:
        """Days for which somebody is held or booked. What is only asked for, perhaps by somebody unverified, keeps nobody from a date."""
        return self.exclude(state__in=TAKES_NO_DATE)

    def in_the_way_of(self, user: User, school: School) -> Self:
        """Days of a school that keep somebody from asking for their dates: those that take them, and what they asked for themselves."""
        return self.filter(school=school).filter(~Q(state__in=TAKES_NO_DATE) | Q(series__requested_by=user, state=DayState.PROPOSED))

    def owed_another_date(self) -> Self:
        """Days missed by the doing of the alliance or a leader, until another date is agreed or nobody wants one."""
        return self.filter(state__in=MISSED, caused_by__in=OTHERS, successor=None, no_other_day_at=None)


class Day(models.Model):
    """
    One day or half day of a series. `state` is written by `moves.move_day` alone.

    A day that is moved is `RESCHEDULED` and has one successor, which `replaces` it and keeps its place in people's calendars
    (`calendar_uid`; `sequence` counts its changes). One that the alliance or a leader missed stays what it is, and may have one too.
    `least_percent` is what cancelling would have cost when it was moved, so that moving a day is no way round the fee.
    `brief_agreed_at` is set while both sides agree to the latest brief: the database lets
    no day begin without it, or before it (H4). `school` is that of the case, so that the database lets a school have one day on a date.
    Fee and price are in pounds.
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="days", verbose_name=_("booking"))
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", verbose_name=_("school"))
    date = models.DateField(_("date"))
    part = models.CharField(_("time"), max_length=4, choices=DayPart.choices)
    use = models.CharField(_("use"), max_length=20, choices=DayUse.choices)
    other_use = models.CharField(_("what else"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=DayState.choices, default=DayState.PROPOSED)
    note = models.TextField(_("why it is so"), blank=True, max_length=TEXT)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successor", verbose_name=_("moved from")
    )
    shown_line = models.ForeignKey(
        QuoteLine, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("price shown")
    )
    calendar_uid = models.UUIDField(default=uuid.uuid4, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    brief_agreed_at = models.DateTimeField(_("brief agreed by both sides"), null=True, blank=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    started_by = person_field(_("started by"))
    ended_at = models.DateTimeField(_("ended without being held"), null=True, blank=True)
    caused_by = models.CharField(_("caused by"), max_length=10, blank=True, choices=Cause.choices)
    least_percent = models.PositiveSmallIntegerField(_("least fee carried over"), default=0, help_text=_("Per cent of the price."))
    fee_percent = models.PositiveSmallIntegerField(_("fee"), null=True, blank=True, help_text=_("Per cent of the price."))
    fee = models.DecimalField(_("fee, in pounds"), max_digits=10, decimal_places=2, null=True, blank=True)
    fee_reason = models.TextField(_("why the fee was decided so"), blank=True, max_length=TEXT)
    waived_at = models.DateTimeField(_("fee waived"), null=True, blank=True)
    waived_by = person_field(_("waived by"))
    waiver_reason = models.TextField(_("why it was waived"), blank=True, max_length=TEXT)
    no_other_day_at = models.DateTimeField(_("no other day wanted"), null=True, blank=True)
    no_other_day_by = person_field(_("no other day wanted by"))
    no_other_day_reason = models.TextField(_("why no other day is wanted"), blank=True, max_length=TEXT)

    history = History()
    objects = DayQuerySet.as_manager()

    class Meta:
        verbose_name = _("health check day")
        verbose_name_plural = _("health check days")
        ordering = ["date", "part", "pk"]
        permissions = [("moderate_day", "Can give a day another leader, move it and cancel it")]
        indexes = [models.Index(fields=["date", "state"], name="health_check_days_by_date")]
        constraints = [
            models.UniqueConstraint(fields=["school", "date"], condition=~Q(state__in=TAKES_NO_DATE), name=ONE_DAY_A_DATE),
            models.CheckConstraint(condition=Q(state__in=DayState.values), name="day_state_is_known"),
            models.CheckConstraint(condition=Q(part__in=DayPart.values), name="day_part_is_known"),
            models.CheckConstraint(condition=Q(use__in=DayUse.values), name="day_use_is_known"),
            models.CheckConstraint(condition=~Q(use=DayUse.OTHER) | ~Q(other_use=""), name="another_use_is_said"),
            models.CheckConstraint(condition=Q(replaces=None) | ~Q(replaces=F("id")), name="a_day_does_not_replace_itself"),
            done_by_somebody("day_started_at_and_by", "started"),
            done_by_somebody("day_waived_at_and_by", "waived"),
            models.CheckConstraint(condition=Q(waived_at=None) | ~Q(waiver_reason=""), name="a_waiver_has_a_reason"),
            done_by_somebody("day_no_other_day_at_and_by", "no_other_day"),
            models.CheckConstraint(condition=Q(no_other_day_at=None) | ~Q(no_other_day_reason=""), name="no_other_day_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(state=DayState.ENDED_EARLY) | (Q(fee__isnull=False) & ~Q(fee_reason="")),
                name="the_fee_of_an_ended_day_is_decided",
            ),
            models.CheckConstraint(
                condition=Q(fee=None, fee_percent=None) | Q(fee__gte=0, fee_percent__gte=0, fee_percent__lte=100, ended_at__isnull=False),
                name="day_fee_is_a_share_of_a_day_that_was_not_held",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=BEGUN)
                | Q(started_at__isnull=False, brief_agreed_at__isnull=False, brief_agreed_at__lte=F("started_at")),
                name="no_day_begins_before_its_brief_is_agreed",
            ),
            models.CheckConstraint(
                condition=~Q(state=DayState.READY) | Q(brief_agreed_at__isnull=False), name="a_ready_day_has_an_agreed_brief"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series.case.reference}, {date_format(self.date, 'j F Y')}"

    @property
    def half_days(self) -> int:
        return DayPart(self.part).half_days

    @property
    def halves(self) -> list[WhichHalf]:
        """What the day takes of a leader's diary."""
        return [(self.date, half) for half in DayPart(self.part).halves]

    @property
    def use_in_words(self) -> str:
        return self.other_use if self.use == DayUse.OTHER else str(DayUse(self.use).label)

    @property
    def diary_reference(self) -> str:
        """What the diary calls it."""
        return f"{self.series.case.reference}/{self.pk}"

    @property
    def is_owed_another_date(self) -> bool:
        """What `owed_another_date` finds; of a day read with its `successor`, without a query."""
        is_missed = self.state in MISSED and self.caused_by in OTHERS and self.no_other_day_at is None
        return is_missed and not hasattr(self, "successor")

    @property
    def fee_due(self) -> Decimal:
        """Pounds that are owed for a day that was not held; nothing once waived."""
        return Decimal("0.00") if self.waived_at or self.fee is None else self.fee


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def standing(self) -> Self:
        """Those who conduct a day, or are to."""
        return self.filter(ended_at=None)

    def coming(self) -> Self:
        """Those of them who have not said that they cannot."""
        return self.standing().filter(cannot_come_at=None)


class Assignment(models.Model):
    """
    One leader on one day. Designation and school are as they were when the leader was proposed.

    `quote_line` is the priced line of the quote that was sent last. A leader who leaves the day is `ended`, with the reason; one who
    cannot come stays on it until somebody else does. A substitute for a day that had begun `finishes_for` the leader who began it: the
    half days and the pay are that leader's and their school's.
    """

    day = models.ForeignKey(Day, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("day"))
    leader = models.ForeignKey(SystemLeader, on_delete=models.PROTECT, related_name="health_check_days", verbose_name=_("leader"))
    designation = models.CharField(_("designation"), max_length=10)
    supporting_school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", verbose_name=_("supporting school"))
    quote_line = models.ForeignKey(
        QuoteLine, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("priced line")
    )
    finishes_for = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("finishes the record for")
    )
    proposed_at = models.DateTimeField(_("proposed"))
    proposed_by = person_field(_("proposed by"))
    cannot_come_at = models.DateTimeField(_("cannot come"), null=True, blank=True)
    cannot_come_by = person_field(_("that they cannot come, said by"))
    cannot_come_reason = models.TextField(_("why they cannot come"), blank=True, max_length=TEXT)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = person_field(_("ended by"))
    reason = models.TextField(_("why it ended"), blank=True, max_length=TEXT)

    history = History()
    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("leader of a health check day")
        verbose_name_plural = _("leaders of health check days")
        ordering = ["day", "proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "leader"], condition=Q(ended_at=None), name="one_standing_assignment_per_leader_and_day"
            ),
            done_by_somebody("assignment_proposed_at_and_by", "proposed"),
            done_by_somebody("assignment_cannot_come_at_and_by", "cannot_come"),
        ]

    def __str__(self) -> str:
        return f"{self.leader}, {self.day}"

    @property
    def given(self) -> Assignment:
        """Whose half days the day took: the leader's own, or those of whom they stand in for."""
        return self.finishes_for or self
