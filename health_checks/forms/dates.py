"""Another date for a day: one that is free, or another that somebody gives."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from health_checks.enums import Cause
from health_checks.forms.changes import ReasonForm
from health_checks.free_days import free_days_for
from portal.steps import StepForm
from website.forms import DayMonthYearField

OTHER = "other"


class FreeDateForm(StepForm):
    """`date` of the cleaned data is what was chosen: one of the free dates, or the one that was given instead."""

    choice = forms.ChoiceField(
        label=_("New date"),
        help_text=_("The school is open on these dates, and whoever comes is free."),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("This date is no longer free. Choose another one")},
    )
    date = DayMonthYearField(label=_("Another date"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = free_days_for(self.target, at=timezone.now()) if self.target else []
        self.has_free_dates = bool(free)
        if free:
            choice: Any = self.fields["choice"]
            choice.choices = [*((day.isoformat(), date_format(day, "l j F Y")) for day in free), (OTHER, _("Another date"))]
            self.fields["date"].help_text = _("Only if you chose “Another date”. For example 27 3 2027.")
        else:
            del self.fields["choice"]
            self.fields["date"].label = _("New date")
        self.fields["choice" if free else "date"].is_needed_later = True  # type: ignore[attr-defined]  # read by the field's template

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        chosen, given = data.get("choice"), data.get("date")
        if chosen and chosen != OTHER:
            data["date"] = forms.DateField().to_python(chosen)
            self.errors.pop("date", None)
        elif given is None and not {"choice", "date"} & self.errors.keys():
            is_open = "choice" in self.fields and not chosen
            self.add_error("choice" if is_open else "date", _("Choose a date") if is_open else _("Enter the new date"))
        return data


class MoveForm(FreeDateForm, ReasonForm):
    """Another date for a booked day, and why."""

    field_order = ["choice", "date", "reason"]


class OfferForm(FreeDateForm, ReasonForm):
    """Staff may move a day without its leaders, and are then asked for others."""

    without_leaders = forms.BooleanField(
        label=_("Book it even if a leader cannot come then: I name somebody else afterwards"), required=False
    )
    field_order = ["choice", "date", "without_leaders", "reason"]


class StaffMoveForm(OfferForm):
    """Staff say whose doing it is: what cancelling would have cost goes along only with what the school caused."""

    caused_by = forms.ChoiceField(
        label=_("Whose doing is it?"),
        choices=Cause.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whose doing it is")},
    )
    field_order = ["choice", "date", "without_leaders", "caused_by", "reason"]
