"""What is decided in triage besides the moves of the table."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import ProtocolVersion
from s2s_workflow.actions.choose_protocol import choose_protocol
from s2s_workflow.enums import Party, Stage
from s2s_workflow.models import SupportProject
from s2s_workflow.steps.base import Doing, Step, StepForm, party


def current_versions() -> list[ProtocolVersion]:
    """The latest version of each protocol."""
    latest: dict[str, ProtocolVersion] = {}
    for version in ProtocolVersion.objects.order_by("protocol_key", "-number"):
        latest.setdefault(version.protocol_key, version)
    return list(latest.values())


class ProtocolForm(StepForm):
    version = forms.ChoiceField(label=_("Protocol"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why this one"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say why this protocol fits")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {str(version.pk): version for version in current_versions()}
        field: Any = self.fields["version"]
        field.choices = [(key, str(version)) for key, version in self.versions.items()]

    def clean_version(self) -> ProtocolVersion:
        return self.versions[self.cleaned_data["version"]]


def _choose(doing: Doing) -> object:
    return choose_protocol(project=doing.project, version=doing.data["version"], by=doing.user, at=doing.at, reason=doing.data["reason"])


def _there_is_a_choice(project: SupportProject, target: Any) -> bool:
    return len(current_versions()) > 1


STEPS = [
    Step(
        slug="choose-protocol",
        tab="project",
        label=_("Choose the protocol"),
        explanation=_("The protocol says which stages the project goes through, and who invoices whom. It cannot be changed after triage."),
        done=_("The case follows that protocol now."),
        act=_choose,
        who=party(Party.STAFF),
        form=ProtocolForm,
        stages=(Stage.TRIAGE,),
        ready=_there_is_a_choice,
        initial=lambda project, target: {"version": str(project.case.protocol_version_id or "")},
    )
]
