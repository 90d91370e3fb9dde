"""Forms for a day that has begun and cannot go on as it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.models import SystemLeader
from health_checks.forms.changes import ReasonForm
from health_checks.leaders_gone import finishers_for
from health_checks.steps.base import day_of


class CannotComeForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("The S2S leads and brokers read it; the school does not.")


class HandOverForm(ReasonForm):
    leader = forms.ModelChoiceField(
        label=_("Who finishes it?"),
        queryset=SystemLeader.objects.none(),
        empty_label=_("Choose a leader"),
        help_text=_("Everybody whom nothing bars from the school and who holds what it asked for. Ask them first."),
        error_messages={"required": _("Choose who finishes it")},
    )
    field_order = ["leader", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day, leader = day_of(self.target), self.fields["leader"]
        possible = finishers_for(day, on=timezone.localdate()) if day else []
        leader.queryset = SystemLeader.objects.filter(pk__in=[one.pk for one in possible]).select_related("user")  # type: ignore[attr-defined]  # a ModelChoiceField


class EndDayForm(ReasonForm):
    percent = forms.IntegerField(
        label=_("How much of the price is owed, in per cent?"),
        help_text=_("From 0, nothing, to 100, all of it."),
        min_value=0,
        max_value=100,
        error_messages={"required": _("Say how much is owed; 0 for nothing")},
    )
    fee_reason = forms.CharField(
        label=_("Why so much?"),
        help_text=_("The school reads it beside the fee."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say why so much is owed")},
    )
    field_order = ["reason", "percent", "fee_reason"]
