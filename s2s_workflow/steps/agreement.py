"""The signing room: freeze the text, sign it, ask for a change (W8)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.models import User
from s2s_workflow.actions.freeze_agreement import BEFORE_FREEZING, freeze_agreement
from s2s_workflow.actions.request_change import request_change
from s2s_workflow.actions.sign_agreement import sign_agreement
from s2s_workflow.agreement_blocks import blocks_of
from s2s_workflow.agreement_text import assemble_text
from s2s_workflow.enums import AMENDED_AT, Party, Stage
from s2s_workflow.forms.agreement import ChangeForm, SignForm
from s2s_workflow.models import Agreement, AgreementParty, SupportProject
from s2s_workflow.parties import may_sign_for
from s2s_workflow.steps.base import Doing, Step, party

SIGNED_AT = (Stage.AWAITING_SIGNATURE, *AMENDED_AT)
"""A version waits for signatures: the first ones before the work, amendments while it goes on."""


def missing_to_freeze(project: SupportProject) -> list[str]:
    """What has to be done before the text is frozen, in words."""
    return [sentence for guard in BEFORE_FREEZING if (sentence := guard(project))]


def _preview(project: SupportProject, target: Any) -> dict[str, Any]:
    """The text as it would be frozen today."""
    if project.stage != Stage.AGREEMENT_DRAFTED or missing_to_freeze(project):
        return {}
    text = assemble_text(project, version=project.agreements.count() + 1, on=timezone.localdate())
    return {"blocks": blocks_of(text)}


def _slots(project: SupportProject) -> QuerySet[AgreementParty]:
    return AgreementParty.objects.filter(agreement__project=project).select_related("agreement", "school", "signature")


def _versions(project: SupportProject) -> QuerySet[Agreement]:
    return Agreement.objects.filter(project=project).prefetch_related("parties__school")


def _asks(user: User, project: SupportProject, agreement: Agreement, on: date) -> bool:
    """Whoever may sign this version may ask for its change."""
    return any(may_sign_for(user, slot, on) for slot in agreement.parties.all())


def _sign(doing: Doing) -> object:
    data = doing.data
    return sign_agreement(party=doing.target, typed_name=data["typed_name"], sha256=data["sha256"], by=doing.user, at=doing.at)


STEPS = [
    Step(
        slug="freeze-agreement",
        tab="agreement",
        label=_("Put the agreement up for signature"),
        done=_("The text is frozen, and every party was asked to sign."),
        act=lambda doing: freeze_agreement(project=doing.project, by=doing.user, at=doing.at),
        who=party(Party.STAFF),
        stages=(Stage.AGREEMENT_DRAFTED,),
        ready=lambda project, target: not missing_to_freeze(project),
        explanation=_("Read the text below. Once it is frozen nobody can change it: a change needs a new version that all sign again."),
        context=_preview,
        template="s2s_workflow/freeze_agreement.html",
    ),
    Step(
        slug="sign",
        tab="agreement",
        label=_("Sign the agreement"),
        button=_("Sign"),
        done=_("Thank you. Your signature was recorded."),
        act=_sign,
        who=lambda user, project, slot, on: may_sign_for(user, slot, on),
        form=SignForm,
        stages=SIGNED_AT,
        targets=_slots,
        ready=lambda project, slot: slot.agreement.is_open and not slot.is_signed,
        initial=lambda project, slot: {"sha256": slot.agreement.sha256},
        context=lambda project, slot: {"agreement": slot.agreement, "blocks": blocks_of(slot.agreement.text)},
        template="s2s_workflow/sign_agreement.html",
        needs_fresh_sign_in=True,
    ),
    Step(
        slug="request-change",
        tab="agreement",
        label=_("Ask for a change"),
        done=_("Everybody was told. It is drafted anew, and all parties sign the next version."),
        act=lambda doing: request_change(agreement=doing.target, by=doing.user, at=doing.at, reason=doing.data["reason"]),
        who=_asks,
        form=ChangeForm,
        stages=SIGNED_AT,
        targets=_versions,
        ready=lambda project, agreement: agreement.is_open,
        explanation=_("This version is then void, with every signature on it. It stays here to read."),
        is_danger=True,
    ),
]
