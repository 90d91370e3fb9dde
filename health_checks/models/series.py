"""A booking of one or more health check days."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.models import SystemLeader
from cases.models import Case
from common.fields import ListOfChoices, done_by_somebody, person_field
from common.history import History
from finance.models import Quote
from health_checks.enums import CONDUCTING, SeriesState
from health_checks.models.parts import TEXT

QUOTE_KIND = "HEALTH_CHECK"
"""What finance calls the work; the reference beside it is the case's."""


class Conductor(models.TextChoices):
    """Designations that may be asked for; what else leaders hold does not conduct days (H2)."""

    SLE = "SLE", _("Specialist leader of education (SLE)")
    LLE = "LLE", _("Local leader of education (LLE)")
    NLE = "NLE", _("National leader of education (NLE)")


class Series(models.Model):
    """
    One booking, one-to-one with its case. `state` is written by `moves.move_series` alone.

    `conductors` are the designations the school would have; empty when it asks for a person (`wanted_leader`) or leaves it to the
    alliance. `shown` is the quote that the school saw when it asked, `quote` the one it accepted: prices never change after that (H6).
    `quote_expires_on` is the last day on which the latest quote can be accepted.
    """

    case = models.OneToOneField(
        Case, primary_key=True, on_delete=models.PROTECT, related_name="health_check_series", verbose_name=_("case")
    )
    state = models.CharField(_("state"), max_length=20, choices=SeriesState.choices, default=SeriesState.REQUESTED)
    state_since = models.DateTimeField(_("since"))
    area = models.CharField(_("area of improvement"), max_length=300)
    statements = models.JSONField(_("own judgements and needs, as given"), default=list, blank=True)
    conductors = ListOfChoices(Conductor, verbose_name=_("who conducts"))
    wanted_leader = models.ForeignKey(
        SystemLeader, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("leader asked for")
    )
    access_notes = models.TextField(_("access and arrival"), blank=True, max_length=TEXT)
    po_number = models.CharField(_("purchase order number"), max_length=60, blank=True)
    requested_at = models.DateTimeField(_("requested"))
    requested_by = person_field(_("requested by"))
    shown = models.ForeignKey(Quote, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("price shown"))
    offered = models.ForeignKey(Quote, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("quote sent"))
    quote_expires_on = models.DateField(_("quote can be accepted until"), null=True, blank=True)
    quote = models.ForeignKey(Quote, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("quote accepted"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = person_field(_("accepted by"))
    supports_asked_at = models.DateTimeField(_("asked for more support"), null=True, blank=True)
    supports_answered_at = models.DateTimeField(_("answered about more support"), null=True, blank=True)
    supports_answered_by = person_field(_("answered about more support by"))

    history = History()
    kept_from_field_history = ("statements",)

    class Meta:
        verbose_name = _("health check booking")
        verbose_name_plural = _("health check bookings")
        ordering = ["-requested_at", "-pk"]
        permissions = [("moderate_series", "Can approve a booking: send its quote")]
        indexes = [models.Index(fields=["state", "quote_expires_on"], name="series_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SeriesState.values), name="series_state_is_known"),
            models.CheckConstraint(condition=~Q(area=""), name="series_names_an_area"),
            done_by_somebody("series_accepted_at_and_by", "accepted"),
            done_by_somebody("series_supports_answered_at_and_by", "supports_answered"),
            models.CheckConstraint(
                condition=Q(state=SeriesState.QUOTED, offered__isnull=False, quote_expires_on__isnull=False) | ~Q(state=SeriesState.QUOTED),
                name="a_quoted_series_has_a_quote_and_a_last_day",
            ),
            models.CheckConstraint(
                condition=Q(quote__isnull=False, accepted_at__isnull=False)
                | ~Q(state__in=(SeriesState.CONFIRMED, SeriesState.IN_PROGRESS, SeriesState.COMPLETED, SeriesState.CANCELLED)),
                name="a_booked_series_has_an_accepted_quote",
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def wanted_designations(self) -> list[str]:
        """Designations that suit: those asked for, or all that conduct days."""
        return list(self.conductors) or [str(one) for one in CONDUCTING]
