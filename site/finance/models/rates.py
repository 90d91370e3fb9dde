"""What a leader's time costs, and how much less members pay, from when on."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from alliance.enums import Designation
from alliance.models import MembershipTier
from common.moderation import DocumentHistory
from finance.enums import Service
from finance.models.effective import EffectiveDated, EffectiveDatedQuerySet, constraints_of


class RateCard(EffectiveDated):
    """
    The rates of one designation, or of leaders without one, from a day on until the next (H7, D3).

    All in pounds. `full_day` and `half_day` are what the supported school is charged, `supporting_…` the share of it
    that the leader's own school gets; the difference is the alliance's brokerage.
    """

    PLACE = ("designation",)
    FROZEN = ("designation", "effective_from", "full_day", "half_day", "supporting_full_day", "supporting_half_day", "supersedes", "live")
    corrects_its_own_kind = _("A rate corrects one of the same designation.")

    designation = models.CharField(
        _("designation"),
        max_length=10,
        choices=Designation.choices,
        blank=True,
        help_text=_("Leave empty for leaders without a designation."),
    )
    full_day = models.DecimalField(_("charge for a full day"), max_digits=10, decimal_places=2, help_text=_("Pounds."))
    half_day = models.DecimalField(_("charge for a half day"), max_digits=10, decimal_places=2, help_text=_("Pounds."))
    supporting_full_day = models.DecimalField(
        _("supporting school’s share of a full day"), max_digits=10, decimal_places=2, help_text=_("Pounds. The rest is brokerage.")
    )
    supporting_half_day = models.DecimalField(
        _("supporting school’s share of a half day"), max_digits=10, decimal_places=2, help_text=_("Pounds. The rest is brokerage.")
    )

    history = DocumentHistory()
    objects = EffectiveDatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("rate")
        verbose_name_plural = _("rates")
        ordering = ["designation", "-effective_from", "-pk"]
        constraints = [
            *constraints_of(("designation",), noun="rate"),
            models.CheckConstraint(condition=Q(designation="") | Q(designation__in=Designation.values), name="rate_designation_is_known"),
            models.CheckConstraint(
                condition=Q(full_day__gt=0, half_day__gt=0, supporting_full_day__gt=0, supporting_half_day__gt=0),
                name="rate_is_above_zero",
                violation_error_message=_("No school gives support free: every rate and share is above zero."),
            ),
            models.CheckConstraint(
                condition=Q(supporting_full_day__lte=F("full_day"), supporting_half_day__lte=F("half_day")),
                name="rate_covers_the_share",
                violation_error_message=_("The supporting school’s share cannot be more than the charge."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.designation_in_words}, {date_format(self.effective_from, 'j F Y')}"

    @property
    def designation_in_words(self) -> str:
        return str(self.get_designation_display() or _("No designation"))

    @property
    def brokerage_full_day(self) -> Decimal:
        """What the alliance keeps of a full day, in pounds."""
        return self.full_day - self.supporting_full_day

    @property
    def brokerage_half_day(self) -> Decimal:
        """What the alliance keeps of a half day, in pounds."""
        return self.half_day - self.supporting_half_day

    def charge_for(self, half_days: int) -> Decimal:
        """Pounds for so many half days: whole days at the day's rate, an odd half at the half day's."""
        return half_days // 2 * self.full_day + half_days % 2 * self.half_day

    def share_for(self, half_days: int) -> Decimal:
        """The supporting school's pounds for so many half days, counted alike."""
        return half_days // 2 * self.supporting_full_day + half_days % 2 * self.supporting_half_day


class MembershipDiscountRate(EffectiveDated):
    """How many per cent less schools of a membership tier pay for a service, from a day on until the next (H1, H7)."""

    PLACE = ("tier", "service")
    FROZEN = ("tier", "service", "effective_from", "percent", "supersedes", "live")
    corrects_its_own_kind = _("A discount corrects one of the same tier and service.")

    tier = models.ForeignKey(MembershipTier, on_delete=models.PROTECT, related_name="+", verbose_name=_("membership tier"))
    service = models.CharField(_("service"), max_length=20, choices=Service.choices, default=Service.HEALTH_CHECK)
    percent = models.DecimalField(
        _("discount"),
        max_digits=4,
        decimal_places=2,
        help_text=_("Per cent of the charge. 0 ends a discount from that day on."),
    )

    history = DocumentHistory()
    objects = EffectiveDatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership discount rate")
        verbose_name_plural = _("membership discount rates")
        ordering = ["tier__order", "service", "-effective_from", "-pk"]
        constraints = [
            *constraints_of(("tier", "service"), noun="discount"),
            models.CheckConstraint(condition=Q(service__in=Service.values), name="discount_service_is_known"),
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lt=100),
                name="discount_leaves_something_to_pay",
                violation_error_message=_("A discount is at least 0 and less than 100 per cent: no school gives support free."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tier}, {self.get_service_display()}, {date_format(self.effective_from, 'j F Y')}"
