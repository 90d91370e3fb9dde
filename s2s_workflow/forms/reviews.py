"""Forms of the mid-term review, the end of the support, and concerns."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from s2s_workflow.enums import MidTermDecision
from s2s_workflow.forms.visits import text_field
from s2s_workflow.steps.base import StepForm
from website.forms.dates import DayMonthYearField


class MidTermForm(StepForm):
    """Is it working, is it right, does it go on (D4)."""

    held_on = DayMonthYearField(label=_("When was the review?"), error_messages={"required": _("Give the day of the review")})
    is_working = text_field(_("Is it working?"), _("Say whether it is working"))
    is_appropriate = text_field(_("Is it the right support?"), _("Say whether it is the right support"))
    next_steps = text_field(_("Changes and next steps"), _("Say what is next"))
    decision = forms.ChoiceField(
        label=_("What do you propose?"),
        help_text=_("Other days, people, costs or objectives hold once an amendment is signed: the head’s agreement begins it."),
        choices=MidTermDecision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you propose")},
    )
    exit_on = DayMonthYearField(label=_("If it is to end: the last day"), required=False)
    exit_steps = text_field(_("If it is to end: what happens until then"))


class AgreeForm(StepForm):
    """Carries which review was shown: what is agreed to is what was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class SendBackForm(StepForm):
    reason = text_field(
        _("What is not right?"), _("Say what is not right"), rows=5, help_text=_("Both sides and the alliance read it."), max_length=2000
    )


class SettleForm(StepForm):
    reason = text_field(
        _("Why does the work go on?"), _("Say why the work goes on"), rows=5, help_text=_("Both sides read it."), max_length=2000
    )


class ExitForm(StepForm):
    exit_on = DayMonthYearField(label=_("Last day of the support"), error_messages={"required": _("Give the last day")})
    exit_steps = text_field(_("What happens until then?"), _("Say what happens until then"), rows=4)


class ShownExitForm(StepForm):
    """Carries the fingerprint of the end that was shown: what is answered is what was read."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class AgreeExitForm(ShownExitForm):
    reason = text_field(_("Why does the support end?"), _("Say why the support ends"), max_length=2000)


class RefuseExitForm(ShownExitForm):
    reason = text_field(
        _("Why do you not agree?"), _("Say why you do not agree"), rows=5, help_text=_("Both sides read it."), max_length=2000
    )


class WithdrawExitForm(StepForm):
    reason = text_field(
        _("Why is it taken back?"), _("Say why it is taken back"), rows=4, help_text=_("Both sides read it."), max_length=2000
    )


class ConcernForm(StepForm):
    text = text_field(_("What worries you?"), _("Say what worries you"), rows=5, help_text=_("The alliance and the head read it at once."))


class ResolutionForm(StepForm):
    resolution = text_field(_("How was it resolved?"), _("Say how it was resolved"), rows=4)


class ReasonForClosingForm(StepForm):
    reason = text_field(
        _("Closing words"), _("Give a reason"), help_text=_("They are sent to the person who asked for support."), max_length=2000
    )
