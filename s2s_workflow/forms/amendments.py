"""Forms of an amendment: why it is begun, other days of a leader, why it is dropped."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from s2s_workflow.forms.team import MOST_HALF_DAYS
from s2s_workflow.forms.visits import text_field
from s2s_workflow.steps.base import StepForm
from website.forms.dates import DayMonthYearField


class OpenAmendmentForm(StepForm):
    reason = text_field(
        _("What is to change, and why?"), _("Say what is to change, and why"), rows=5, max_length=2000,
        help_text=_("Every party reads it, in the amended agreement too."),
    )  # fmt: skip


class DaysForm(StepForm):
    half_days = forms.IntegerField(
        label=_("Half days in all"), help_text=_("A full day is two. With those that were given already."), min_value=1,
        max_value=MOST_HALF_DAYS, error_messages={"required": _("Give the number of half days")},
    )  # fmt: skip
    ends_on = DayMonthYearField(label=_("Last day"), error_messages={"required": _("Give the last day")})


class DropAmendmentForm(StepForm):
    reason = text_field(_("Why?"), _("Say why"), rows=4, max_length=2000, help_text=_("Every party reads it."))
