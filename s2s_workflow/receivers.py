"""What happens on a case moves its project: inside the same transaction, or not at all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.models import User
from cases import signals
from cases.enums import PublicStatus
from cases.models import Case
from cases.policies import lock_case
from cases.turns import synchronise_turns
from common.actions import Actor, By, current_actor
from common.personal_data import REMOVED, empty_record, erase_senders
from diary.signals import calendar_entries_wanted
from finance import signals as finance_signals
from finance.models import Invoice
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.actions.take_back_open_work import take_back_open_work
from s2s_workflow.calendar import entries
from s2s_workflow.enums import Party, Stage
from s2s_workflow.models import ConflictDeclaration, SupportProject
from s2s_workflow.money import keep_refund_true
from s2s_workflow.permissions import belongs_to
from s2s_workflow.policies import OwnerHasConflict, lock_project
from s2s_workflow.queries import cases_with_a_part
from s2s_workflow.stories import refuse_a_story_without_consent
from s2s_workflow.ties import decided_by_others
from s2s_workflow.transitions import moves_from
from s2s_workflow.turns import turns_of
from website.signals import story_goes_live

REQUESTED = (Stage.SUBMITTED, Stage.TRIAGE, Stage.MORE_INFORMATION, Stage.DECLINED, Stage.REFERRED, Stage.WITHDRAWN)
"""Where a request can be that has become no project."""
ENDINGS = {
    PublicStatus.COMPLETED: Stage.CLOSED,
    PublicStatus.DECLINED: Stage.DECLINED,
    PublicStatus.REFERRED: Stage.REFERRED,
    PublicStatus.WITHDRAWN: Stage.WITHDRAWN,
}


def connect() -> None:
    signals.question_asked.connect(wait_for_information)
    signals.question_answered.connect(return_to_triage)
    signals.question_settled.connect(return_to_triage)
    signals.case_closed.connect(end_project)
    signals.owner_chosen.connect(refuse_a_conflicted_owner)
    signals.barred_wanted.connect(people_with_ties)
    signals.endings_wanted.connect(endings_listed)
    signals.decided_by_others_wanted.connect(decided_by_others)
    signals.turns_wanted.connect(turns_of)
    signals.looked_at_wanted.connect(cases_with_a_part)
    signals.became_more_wanted.connect(cases_with_a_project)
    signals.case_anonymised.connect(forget_reasons)
    finance_signals.barred_references_wanted.connect(references_with_ties)
    finance_signals.invoice_handled.connect(refuse_conflicted_finance)
    finance_signals.invoice_moved.connect(keep_money_true)
    calendar_entries_wanted.connect(entries)
    story_goes_live.connect(refuse_a_story_without_consent)


def _move(case: Case, to: Stage, at: datetime, reason: str = "") -> None:
    project = SupportProject.objects.filter(case=case).first()
    if project is not None and project.stage != to:
        move_project(project=project, to=to, by=current_actor(), at=at, reason=reason)
        case.refresh_from_db()


def cases_with_a_project(**kwargs: Any) -> QuerySet[Any, Any]:
    """Requests that left triage for more: due diligence, the working group and brokering leave records."""
    return SupportProject.history.exclude(stage__in=REQUESTED).order_by().values("case")


def forget_reasons(case: Case, **kwargs: Any) -> None:
    """Who moved the request by name only, the reasons that were given, and what was said of ties to the school; that there were stays."""
    erase_senders(SupportProject.history.filter(case=case))
    for declaration in ConflictDeclaration.objects.filter(case=case).exclude(details=""):
        empty_record(declaration, details=REMOVED)


def refuse_a_conflicted_owner(case: Case, owner: User, **kwargs: Any) -> None:
    """Somebody tied to the school does not handle its case, whoever hands it over (W3)."""
    latest = ConflictDeclaration.objects.filter(case=case, declared_by=owner).first()
    if latest is not None and latest.has_conflict:
        raise OwnerHasConflict(_("%(person)s declared a conflict of interest with this school. Choose somebody else.") % {"person": owner})


def endings_listed(case: Case, by: By, **kwargs: Any) -> set[PublicStatus] | None:
    """
    The endings that the table of moves gives somebody from where the project stands. A request nobody triaged may end any way.

    The working group's decision and the closing of a finished project are steps of their own, which do more.
    """
    project = SupportProject.objects.filter(case=case).select_related("case__protocol_version", "case__supported_school").first()
    if project is None:
        return None
    today = timezone.localdate()
    moves = [move for move in moves_from(project) if move.by != Party.WORKING_GROUP and move.target != Stage.CLOSED]
    targets = {move.target for move in moves if belongs_to(by, move.by, project, today)}
    return {status for status, stage in ENDINGS.items() if stage in targets}


def people_with_ties(**kwargs: Any) -> QuerySet[Any, Any]:
    """Whoever declared a tie to the school is offered none of its case's work. A tie is never taken back."""
    return ConflictDeclaration.objects.filter(has_conflict=True).order_by().values("case", person=F("declared_by"))


def references_with_ties(user: Any, **kwargs: Any) -> QuerySet[Any, Any]:
    """Nor do they see its quotes and invoices where money is handled."""
    return ConflictDeclaration.objects.filter(has_conflict=True, declared_by=user.pk).order_by().values("case__reference")


def refuse_conflicted_finance(invoice: Invoice, by: By, **kwargs: Any) -> None:
    """Somebody tied to the school handles none of its money (W3). The case is locked before the invoice, as every action does."""
    case = Case.objects.filter(reference=invoice.case_reference).first()
    if case is None:
        return
    lock_case(case)
    project = SupportProject.objects.filter(case=case).first()
    user = Actor.of(by).user
    if project is not None and user is not None and project.is_barred_to(user):
        raise OwnerHasConflict(_("You declared a conflict of interest with this school, so somebody else handles its invoices."))


def keep_money_true(invoice: Invoice, at: datetime, **kwargs: Any) -> None:
    """What was on an invoice that is thrown away or credited is to be invoiced again, and none of it is to be refunded."""
    case = Case.objects.filter(reference=invoice.case_reference).first()
    if case is None:
        return
    if (project := SupportProject.objects.filter(case=case).first()) is not None:
        keep_refund_true(lock_project(project))
    synchronise_turns(case, at=at)


def wait_for_information(case: Case, at: datetime, **kwargs: Any) -> None:
    """A question asked in triage: the project waits for its answer."""
    if SupportProject.objects.filter(case=case, stage=Stage.TRIAGE).exists():
        _move(case, Stage.MORE_INFORMATION, at)


def return_to_triage(case: Case, at: datetime, **kwargs: Any) -> None:
    """The last open question answered, or needing no answer any more: the project is in triage again."""
    waits = SupportProject.objects.filter(case=case, stage=Stage.MORE_INFORMATION).exists()
    if waits and not case.messages.open_questions().exists():
        _move(case, Stage.TRIAGE, at)


def end_project(case: Case, at: datetime, reason: str, **kwargs: Any) -> None:
    """
    A case that ends takes its project with it, and gives back the half days of visits that will not be.

    An ending the table does not list fails the whole action.
    """
    project = SupportProject.objects.filter(case=case).first()
    if project is not None:
        take_back_open_work(project, by=current_actor(), at=at, reason=reason)
    _move(case, ENDINGS[PublicStatus(case.public_status)], at, reason)
