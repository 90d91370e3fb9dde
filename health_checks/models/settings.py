"""How the alliance runs its health check days."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from common.history import History
from finance.enums import MoneyRoute

MOST_WORKING_DAYS = 60


def _working_days(label: Any, default: int, help_text: Any) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, default=default, help_text=help_text, validators=[MinValueValidator(1), MaxValueValidator(MOST_WORKING_DAYS)]
    )


@register_setting(icon="calendar-check")
class HealthCheckSettings(BaseSiteSetting):
    """Edited by the S2S lead under Settings."""

    money_route = models.CharField(
        _("who invoices whom"),
        max_length=30,
        choices=[(route.value, route.label) for route in MoneyRoute if route != MoneyRoute.IN_ADVANCE],
        default=MoneyRoute.ALLIANCE_INVOICES,
    )
    quote_lasts = _working_days(_("a quote lasts, in working days"), 5, _("Leaders’ half days are held for the school so long."))
    hold_lasts = _working_days(_("a hold lasts, in working days"), 5, _("So long a leader is held while the quote is being put together."))
    earliest_start = _working_days(_("earliest booking, in working days"), 5, _("A school cannot ask for a day that is nearer than this."))
    first_signing_reminder = _working_days(
        _("first reminder to sign, in working days"),
        5,
        _("So long after the leader handed the record over the head is reminded to sign it."),
    )
    second_signing_reminder = _working_days(
        _("second reminder to sign, in working days"), 10, _("The head is reminded once more, so long after the record was handed over.")
    )
    signing_lasts = _working_days(
        _("time to sign, in working days"),
        20,
        _("After that, staff are asked to ring the school, and may record that it has not signed: the day is then complete and invoiced."),
    )
    leaders_of_the_same_trust = models.BooleanField(
        _("leaders of the school’s own trust may conduct its days"),
        default=False,
        help_text=_("Never of the school itself, whatever is set here."),
    )

    history = History()

    panels = [
        FieldPanel("money_route"), FieldPanel("quote_lasts"), FieldPanel("hold_lasts"), FieldPanel("earliest_start"),
        FieldPanel("first_signing_reminder"), FieldPanel("second_signing_reminder"), FieldPanel("signing_lasts"),
        FieldPanel("leaders_of_the_same_trust"),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("health check days")
        constraints = [
            models.CheckConstraint(
                condition=Q(quote_lasts__gte=1, hold_lasts__gte=1, earliest_start__gte=1), name="health_check_days_are_counted_from_one"
            ),
            models.CheckConstraint(
                condition=Q(
                    first_signing_reminder__gte=1,
                    second_signing_reminder__gt=F("first_signing_reminder"),
                    signing_lasts__gt=F("second_signing_reminder"),
                ),
                name="reminders_to_sign_come_before_its_end",
                violation_error_message=_("The second reminder comes after the first, and the time to sign ends after both."),
            ),
        ]

    @classmethod
    def current(cls) -> HealthCheckSettings:
        """The settings of the install; as they come before anybody saved them."""
        return cls.objects.first() or cls()
