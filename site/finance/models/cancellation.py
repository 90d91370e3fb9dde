"""What a cancellation costs, by its notice, from when on."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from common.moderation import DocumentHistory
from finance.bands import Band, BandBlock, bands_in_words, check_bands
from finance.enums import Service
from finance.models.effective import EffectiveDated, EffectiveDatedQuerySet, constraints_of


class CancellationPolicy(EffectiveDated):
    """
    The fees for cancelling a service, from a day on until the next (H6). Each quote freezes the one that holds for it.

    A band says from how many whole working days before the day of service on how many per cent of the frozen price are due.
    """

    PLACE = ("service",)
    FROZEN = ("service", "effective_from", "bands", "supersedes", "live")
    USED_BY = "quotes"
    corrects_its_own_kind = _("A policy corrects one of the same service.")

    service = models.CharField(_("service"), max_length=20, choices=Service.choices, default=Service.HEALTH_CHECK)
    bands = StreamField([("band", BandBlock())], verbose_name=_("fees by notice"), help_text=_("One of them for 0 working days."))

    history = DocumentHistory()
    objects = EffectiveDatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("cancellation policy")
        verbose_name_plural = _("cancellation policies")
        ordering = ["service", "-effective_from", "-pk"]
        constraints = [
            *constraints_of(("service",), noun="cancellation_policy"),
            models.CheckConstraint(condition=Q(service__in=Service.values), name="cancellation_policy_service_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_service_display()}, {date_format(self.effective_from, 'j F Y')}"

    def clean(self) -> None:
        super().clean()
        try:
            check_bands(self.steps)
        except ValidationError as wrong:
            raise ValidationError({"bands": wrong.messages}) from wrong

    @property
    def steps(self) -> list[Band]:
        """The bands, the longest notice first."""
        return sorted((Band(block.value["notice"], block.value["percent"]) for block in self.bands), reverse=True)

    @property
    def fees(self) -> str:
        return "; ".join(bands_in_words(self.steps))
