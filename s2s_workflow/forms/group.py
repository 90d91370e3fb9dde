"""Forms of the working group: a view, and what it decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from s2s_workflow.actions.decide_review import Outcome
from s2s_workflow.forms.documents import DraftForm
from s2s_workflow.models.projects import TEXT
from s2s_workflow.steps.base import StepForm
from s2s_workflow.transitions import has_due_diligence

SUPPORT, AGAINST, CONFLICT = "support", "against", "conflict"


def rationale(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say why")},
    )


class ViewForm(StepForm):
    view = forms.ChoiceField(
        label=_("What do you think?"),
        choices=[
            (SUPPORT, _("I support it")),
            (AGAINST, _("I do not support it")),
            (CONFLICT, _("I have a conflict of interest and take no part")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what you think, or that you have a conflict of interest")},
    )
    rationale = rationale(
        _("Why?"), _("With a conflict of interest: what it is. As a member of the group you then no longer see this case.")
    )


class ReviewDecisionForm(DraftForm):
    """`seen` names the report that was read; 0 where the protocol has none."""

    outcome = forms.ChoiceField(
        label=_("What did the working group decide?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what was decided")},
    )
    reason = rationale(_("Why?"), _("If the request is declined, this is sent to the requester."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_due_diligence(self.project):
            outcome: Any = self.fields["outcome"]
            outcome.choices = [choice for choice in outcome.choices if choice[0] != Outcome.RETURN]


class RatifyForm(StepForm):
    reason = rationale(_("Why?"))


class AgainForm(StepForm):
    reason = rationale(_("What is new?"), _("The working group reads it."))


class ConflictForm(StepForm):
    details = forms.CharField(
        label=_("What is it?"),
        help_text=_("For example: somebody close to you works at one of the schools."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say what the conflict of interest is")},
    )
