from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.models import User
from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import By, action
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.actions.sign_agreement import AgreementChanged
from s2s_workflow.enums import Party, Stage
from s2s_workflow.models import Agreement
from s2s_workflow.parties import everybody_in
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import check_reason, lock_project
from s2s_workflow.telling import NEWS, people_who_sign, tell


@action
def request_change(*, agreement: Agreement, by: By, at: datetime, reason: str = "") -> Agreement:
    """
    Ask for a change of an agreement that is not signed by all: it is void with all its signatures, and drafted anew (W8). Of an
    amendment it voids the amendment alone: the version before stays in force (D4).

    Raises `PermissionDenied` unless by somebody who may sign it, `AgreementChanged` when it is not open any more, and
    `ValidationError` without a reason.
    """
    project = lock_project(agreement.project)
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if not agreement.is_open:
        raise AgreementChanged(_("This version is not open for signature any more."))
    user = check_user_is(by, Party.ANY_SIGNATORY, project, timezone.localdate(at))
    check_reason(reason)
    if agreement.is_amendment:
        sentence = N_("A change to the amendment was asked for; its signatures are void, and the agreement holds as it is.")
    else:
        sentence = N_("A change to the agreement was asked for; its signatures are void.")
    record_event(project.case, sentence, by=by, at=at, reason=reason, public=True)
    people = [*everybody_in(project, timezone.localdate(at)), *people_who_sign(project, timezone.localdate(at))]
    if not agreement.is_amendment:
        move_project(project=project, to=Stage.AGREEMENT_DRAFTED, by=by, at=at, reason=reason)
    void(agreement, by=user, at=at, reason=reason)
    synchronise_turns(project.case, at=at)
    tell(project, people, N_("A change to an agreement was asked for."), at=at, kind=NEWS)
    return agreement


def void(agreement: Agreement, *, by: User, at: datetime, reason: str) -> None:
    """A version that is not signed by all is void with all its signatures. Part of an action that holds the project."""
    agreement.voided_at, agreement.voided_by, agreement.void_reason = at, by, reason
    agreement.save()
