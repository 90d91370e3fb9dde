"""What support will cost, as it was shown: versions that never change."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alliance.models import SystemLeader
from common.history import History
from finance.models.cancellation import CancellationPolicy
from finance.models.frozen import Frozen
from finance.models.rates import MembershipDiscountRate, RateCard
from finance.money import NOTHING

NEVER_CHANGED = _("A quote is never changed. Make a new version.")
NEVER_DELETED = _("A quote is never deleted. Make a new version.")


class Quote(Frozen):
    """
    One version of what a piece of work costs, in pounds. `inputs` are what it was made from, frozen (H6, W4).

    The work is named by text, so that finance knows no app above it. `made_by` names whoever made it.
    """

    never_changed = NEVER_CHANGED
    never_deleted = NEVER_DELETED

    source_kind = models.CharField(_("quoted for"), max_length=40)
    source_reference = models.CharField(_("reference"), max_length=60)
    version = models.PositiveIntegerField(_("version"))
    made_at = models.DateTimeField(_("made"))
    made_by = models.TextField(_("made by"))
    total = models.DecimalField(_("total"), max_digits=10, decimal_places=2, help_text=_("Pounds, before VAT."))
    supporting_total = models.DecimalField(
        _("supporting schools’ share"), max_digits=10, decimal_places=2, help_text=_("Pounds, before VAT.")
    )
    cancellation_policy = models.ForeignKey(
        CancellationPolicy,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="quotes",
        verbose_name=_("cancellation policy"),
        help_text=_("What is charged if the work is cancelled. Without one, nothing is."),
    )
    inputs = models.JSONField(_("made from"))

    history = History()

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["source_kind", "source_reference", "version"], name="one_quote_per_version"),
            models.CheckConstraint(condition=~Q(source_kind="") & ~Q(source_reference=""), name="quote_has_a_source"),
            models.CheckConstraint(condition=Q(version__gt=0), name="quote_versions_start_at_one"),
            models.CheckConstraint(condition=Q(supporting_total__gte=0, supporting_total__lte=F("total")), name="quote_covers_the_shares"),
        ]

    def __str__(self) -> str:
        return f"{self.source_reference}, {_('version')} {self.version}"


class QuoteLine(Frozen):
    """
    One leader's time, or a piece of it. Whole days and an odd half are priced apart: `half_days` is never divided.

    `designation` is what it was priced by, as it was then. An override has its reason. Both sides are above zero (W4)
    unless the support is reciprocal (P4), and then both are zero.
    """

    never_changed = NEVER_CHANGED
    never_deleted = NEVER_DELETED

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="lines", verbose_name=_("quote"))
    position = models.PositiveSmallIntegerField(_("position"))
    description = models.CharField(_("description"), max_length=300)
    leader = models.ForeignKey(
        SystemLeader, null=True, blank=True, on_delete=models.PROTECT, related_name="quote_lines", verbose_name=_("leader")
    )
    designation = models.CharField(_("designation"), max_length=10, blank=True)
    served_on = models.DateField(_("rate as of"))
    half_days = models.PositiveSmallIntegerField(_("half days"))
    rate_card = models.ForeignKey(
        RateCard, null=True, blank=True, on_delete=models.PROTECT, related_name="quote_lines", verbose_name=_("rate")
    )
    discount_rate = models.ForeignKey(
        MembershipDiscountRate,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="quote_lines",
        verbose_name=_("membership discount"),
    )
    discount = models.DecimalField(
        _("discount"), max_digits=10, decimal_places=2, default=NOTHING, help_text=_("Pounds, taken off the charge already.")
    )
    charge = models.DecimalField(_("charge"), max_digits=10, decimal_places=2, help_text=_("Pounds, before VAT."))
    supporting_share = models.DecimalField(
        _("supporting school’s share"), max_digits=10, decimal_places=2, help_text=_("Pounds, before VAT.")
    )
    is_reciprocal = models.BooleanField(_("reciprocal"), default=False)
    override_reason = models.CharField(_("why not at the rate"), max_length=300, blank=True)

    history = History()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("line of a quote")
        verbose_name_plural = _("lines of quotes")
        ordering = ["quote", "position"]
        constraints = [
            models.UniqueConstraint(fields=["quote", "position"], name="one_quote_line_per_position"),
            models.CheckConstraint(condition=Q(half_days__gt=0), name="quote_line_has_time"),
            models.CheckConstraint(
                condition=Q(is_reciprocal=True, charge=0, supporting_share=0)
                | Q(is_reciprocal=False, charge__gt=0, supporting_share__gt=0, supporting_share__lte=F("charge")),
                name="quote_line_is_priced_on_both_sides_or_reciprocal",
            ),
            models.CheckConstraint(
                condition=Q(is_reciprocal=True) | Q(rate_card__isnull=False) | ~Q(override_reason=""),
                name="quote_line_has_a_rate_or_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(discount_rate=None, discount=0) | Q(discount_rate__isnull=False, discount__gte=0, override_reason=""),
                name="quote_line_has_one_discount_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote}: {self.description}"

    @property
    def full_charge(self) -> Any:
        """What a school that is no member would pay, in pounds."""
        return self.charge + self.discount

    @property
    def brokerage(self) -> Any:
        """What the alliance keeps, in pounds."""
        return self.charge - self.supporting_share
