from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import Actor, By, Refusal, action
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.amending import bring_into_force
from s2s_workflow.amendment_guards import costs_cover_what_was_given
from s2s_workflow.enums import AMENDED_AT, Stage
from s2s_workflow.models import Agreement, AgreementParty, Signature
from s2s_workflow.money import bill_in_advance, keep_refund_true
from s2s_workflow.parties import everybody_in, may_sign_for, signatories_missing
from s2s_workflow.policies import NotReady, check_stage_is, lock_project
from s2s_workflow.telling import NEWS, tell


class AgreementChanged(Refusal):
    """The text was replaced, or is not the one that was frozen; what was shown is not what would be signed."""


class AlreadySigned(Refusal):
    """Somebody signed for this party first."""


@action
def sign_agreement(*, party: AgreementParty, typed_name: str, sha256: str, by: By, at: datetime) -> Agreement:
    """
    Sign the agreement for one party, and start the project when the last party has signed (W8). An amendment is then in force (D4).

    `sha256` is that of the text that was shown; the signature records it. Raises `PermissionDenied` unless `by` may sign
    for the party, `AgreementChanged`, `AlreadySigned`, `NotReady` when more was given meanwhile than an amendment costs, and
    `ValidationError` without the signer's own name.
    """
    project = lock_project(party.agreement.project)
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=party.agreement_id)
    user = Actor.of(by).user
    if user is None or not may_sign_for(user, party, timezone.localdate(at)):
        raise PermissionDenied
    if agreement.voided_at is not None or agreement.sha256 != sha256 or not agreement.is_intact:
        raise AgreementChanged(_("This agreement was changed since it was shown to you. Read the present version before you sign."))
    check_stage_is(project, *(AMENDED_AT if agreement.is_amendment else (Stage.AWAITING_SIGNATURE,)))
    if Signature.objects.filter(party=party).exists():
        raise AlreadySigned(_("Somebody has signed for this party already."))
    if agreement.is_amendment and (missing := costs_cover_what_was_given(project)):
        raise NotReady(missing)
    if typed_name.split() != user.get_full_name().split():
        raise ValidationError({"typed_name": _("Type your name as it stands on your account: %(name)s.") % {"name": user.get_full_name()}})
    Signature.objects.create(party=party, signed_by=user, signed_at=at, typed_name=typed_name.strip(), sha256=agreement.sha256)
    record_event(project.case, N_("%(name)s signed the agreement."), by=by, at=at, public=True, name=user.get_full_name())
    if signatories_missing(project):
        synchronise_turns(project.case, at=at)
        return agreement
    if agreement.is_amendment:
        bring_into_force(project, agreement, at=at)
        sentence = N_("The amendment is signed by all, and in force.")
    else:
        move_project(project=project, to=Stage.ACTIVE, by=Actor.job("last signature"), at=at)
        agreement.completed_at = at
        agreement.save()
        sentence = N_("The agreement is signed by all, and the work can start.")
    bill_in_advance(project, by=by, at=at)
    keep_refund_true(project)
    synchronise_turns(project.case, at=at)
    tell(project, everybody_in(project, timezone.localdate(at)), sentence, at=at, kind=NEWS)
    return agreement
