"""Which cases are whose."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Round

from alliance.models import User
from alliance.queries import live_school_roles
from alliance.roles import Role, has_role
from finance.enums import MoneyRoute
from finance.models import Invoice
from finance.queries import lines_in_advance
from s2s_workflow.enums import DELIVERING, NOT_GIVEN, SIGNED, Stage, TimeState
from s2s_workflow.models import Agreement, ConflictDeclaration, SupportProject, TimeSheetLine
from s2s_workflow.ties import cases_tied_to

REVIEWED = (Stage.EVALUATION_REVIEW, Stage.CHANGES_REQUESTED, Stage.APPROVED)


def _has_money_to_see_to() -> Q:
    """Time to invoice or invoiced, an invoice that is not settled, a refund, or an invoice in advance that is wanted."""
    time = Q(deployments__visits__time__state__in=[TimeState.APPROVED, TimeState.INVOICED])
    invoices = Q(case__reference__in=Invoice.objects.unsettled().values("case_reference"))
    return time | invoices | Q(refund_due__gt=0) | Q(pk__in=_wanting_an_invoice_in_advance().values("pk"))


def _wanting_an_invoice_in_advance() -> QuerySet[SupportProject]:
    """Projects with less invoiced in advance than was signed: what `money.advance_is_wanted` says of one, for all of them."""
    signed = Agreement.objects.filter(project=OuterRef("pk"), completed_at__isnull=False).order_by("-version").values("quote__total")[:1]
    standing = lines_in_advance().filter(invoice__case_reference=OuterRef("case__reference"))
    given = TimeSheetLine.objects.filter(visit__deployment__project=OuterRef("pk")).exclude(state__in=NOT_GIVEN)
    in_advance = SupportProject.objects.filter(case__protocol_version__rules__money_route=MoneyRoute.IN_ADVANCE, stage__in=SIGNED)
    sums = in_advance.annotate(agreed=Subquery(signed), billed=_sum(standing, "amount"), given=_sum(given, "charge"))
    return sums.filter(Q(stage__in=DELIVERING) | Q(given__gt=F("billed")), agreed__gt=F("billed"))


def _sum(lines: QuerySet[Any], field: str) -> Coalesce:
    """Pounds, 0 for no lines. Rounded, since SQLite adds up pennies as floats."""
    total = lines.order_by().annotate(all=Value(1)).values("all").annotate(sum=Round(Sum(field), 2)).values("sum")
    return Coalesce(Subquery(total), Value(0), output_field=DecimalField())


def cases_with_a_part(user: User, on: date, **kwargs: Any) -> QuerySet[Any, Any]:
    """
    Keys of the cases that somebody has a part in: leaders of the team, those who act for a school that releases a leader, the working
    group while a project under its protocol runs, reviewers while an evaluation is with them, finance where there is money to
    see to. Whoever declared a conflict sees the case no more by a role in the alliance (W3); nor do members of the group and reviewers who
    belong to one of its schools, as such.
    """
    schools = {role.school_id for role in live_school_roles(user, on) if role.kind.powers}
    own = Q(deployments__leader__user=user) | Q(deployments__supporting_school__in=schools)
    conflicted = ConflictDeclaration.objects.filter(declared_by=user, has_conflict=True).values("case")
    return SupportProject.objects.filter(own | (_by_role(user) & ~Q(case__in=conflicted))).values("case")


def _by_role(user: User) -> Q:
    part = Q(pk__in=[])
    if has_role(user, Role.WORKING_GROUP):
        before = [Stage.TRIAGE, Stage.MORE_INFORMATION]
        part |= Q(case__protocol_version__rules__working_group=True, case__closed_at=None) & ~Q(stage__in=before)
    if has_role(user, Role.REVIEWER):
        part |= Q(stage__in=REVIEWED)
    if has_role(user, Role.WORKING_GROUP, Role.REVIEWER):
        part &= ~Q(case__in=cases_tied_to(user))
    if has_role(user, Role.FINANCE):
        part |= _has_money_to_see_to()
    return part
