"""What a project costs: its quote, the price of each visit, its invoices."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from common.actions import By
from common.in_words import day_to_keep
from finance.actions.draft_advance_invoice import draft_advance_invoice
from finance.actions.draft_difference_invoice import draft_difference_invoice
from finance.actions.make_quote import make_quote
from finance.enums import InvoicePurpose, MoneyRoute
from finance.models import Invoice, Quote, QuoteLine
from finance.money import NOTHING, to_pennies
from finance.parties import Party
from finance.pricing import Override, PricedLine, QuoteLineWanted, price_lines
from finance.queries import billed, lines_in_advance
from finance.routes import TimeLine, unspent
from portal.alliance_name import alliance_name
from s2s_workflow.enums import AFTER_DELIVERY, DELIVERING, NOT_GIVEN, SIGNED, Stage, TimeState
from s2s_workflow.in_force import agreement_in_force
from s2s_workflow.models import Deployment, SupportProject, TimeSheetLine, Visit
from s2s_workflow.terms import parts_to_price

SOURCE = "SUPPORT_PROJECT"
TIME = "TIME_SHEET_LINE"


def route_of(project: SupportProject) -> MoneyRoute:
    """Who invoices whom, as the protocol says; without one, the alliance (D3)."""
    return MoneyRoute(project.rules.get("money_route", MoneyRoute.ALLIANCE_INVOICES))


def quote_of(project: SupportProject) -> Quote | None:
    """What the team costs: the version of the agreement in force, before that the latest one."""
    signed = agreement_in_force(project)
    if signed is not None and signed.quote_id is not None:
        return Quote.objects.prefetch_related("lines").get(pk=signed.quote_id)
    return quote_drafted(project)


def quote_drafted(project: SupportProject) -> Quote | None:
    """The latest version: what the next text of the agreement says. In an amendment none of one that was dropped before it."""
    quotes = Quote.objects.filter(source_kind=SOURCE, source_reference=project.case.reference)
    signed = agreement_in_force(project) if project.amending_at else None
    if signed is not None:
        quotes = quotes.filter(Q(made_at__gte=project.amending_at) | Q(pk=signed.quote_id))
    return quotes.order_by("-version").prefetch_related("lines").first()


def quote_team(project: SupportProject, *, by: By, at: datetime) -> Quote:
    """Price every leader of the team at the rates of their first day, as the next version of the quote (W4)."""
    lines = lines_of_team(project)
    return make_quote(source_kind=SOURCE, source_reference=project.case.reference, lines=lines, on=_first_day(project), by=by, at=at)


def price_team(project: SupportProject) -> list[PricedLine]:
    """What `quote_team` would quote, stored nowhere. Raises finance's refusals."""
    return price_lines(lines_of_team(project), on=_first_day(project)) if parts_to_price(project) else []


def lines_of_team(project: SupportProject) -> list[QuoteLineWanted]:
    """
    Every leader of the team, as the next text of the agreement has them, to be priced at the rate of their first day; what somebody
    gave who left, at what was charged for it.
    """
    return [
        QuoteLineWanted(
            description=f"{part.deployment.leader}: {part.deployment.remit}"[:300],
            half_days=part.half_days,
            designation=part.deployment.designation,
            leader=part.deployment.leader,
            serves_on=part.deployment.starts_on,
            override=_as_charged(part.deployment) if part.has_left else None,
        )
        for part in parts_to_price(project)
    ]


def _as_charged(deployment: Deployment) -> Override:
    return Override(*_charged(_time_of(deployment)), "What was given before they left, as it was charged.")


def _time_of(deployment: Deployment) -> QuerySet[TimeSheetLine]:
    """All of it but what was written off."""
    return TimeSheetLine.objects.filter(visit__deployment=deployment).exclude(state=TimeState.WRITTEN_OFF)


def _charged(lines: QuerySet[TimeSheetLine]) -> tuple[Decimal, Decimal]:
    """Charges and shares, in pounds."""
    sums = lines.aggregate(charge=Sum("charge"), share=Sum("supporting_share"))
    return sums["charge"] or NOTHING, sums["share"] or NOTHING


def _first_day(project: SupportProject) -> date:
    return min(part.deployment.starts_on for part in parts_to_price(project))


def price_of_time(visit: Visit, *, half_days: int | None = None) -> tuple[Decimal, Decimal]:
    """
    Charge and supporting share of a visit in pounds: its part of what was quoted for its leader.

    An even part of what the other visits leave of it, so that all parts together are the quoted sum to the penny, whichever of them
    was corrected meanwhile, and whatever an amendment quotes anew.
    """
    line = _quoted_line(visit)
    others = _time_of(visit.deployment).exclude(visit=visit)
    given, (charged, shared) = others.aggregate(sum=Sum("half_days"))["sum"] or 0, _charged(others)
    part = half_days or visit.half_days
    left = max(line.half_days - given, part)
    return to_pennies((line.charge - charged) * part / left), to_pennies((line.supporting_share - shared) * part / left)


def costs_less_than_given(project: SupportProject) -> list[Deployment]:
    """Those of the team whose line of the next quote does not cover what they gave, or leaves no price for what they still give."""
    quote = quote_drafted(project)
    lines = {line.leader_id: line for line in (quote.lines.all() if quote else ())}
    found = []
    for part in parts_to_price(project):
        line = lines.get(part.deployment.leader_id)
        given = _time_of(part.deployment)
        if line is None or part.has_left or not (half_days := given.aggregate(sum=Sum("half_days"))["sum"]):
            continue
        charge, share = (quoted - charged for quoted, charged in zip((line.charge, line.supporting_share), _charged(given), strict=True))
        is_covered = 0 < share <= charge if line.half_days > half_days else min(share, charge) >= 0
        if not is_covered:
            found.append(part.deployment)
    return found


def _quoted_line(visit: Visit) -> QuoteLine:
    quote = quote_of(visit.deployment.project)
    return next(line for line in (quote.lines.all() if quote else ()) if line.leader_id == visit.deployment.leader_id)


def settle_refund(project: SupportProject) -> None:
    """At the end of the delivery: what is refunded, and no exit left that was proposed and not taken. The caller saves."""
    project.refund_due = unspent_of(project)
    if project.exit_on and not project.history.filter(stage=Stage.EXITING).exists():
        project.exit_on, project.exit_steps = None, ""


def keep_refund_true(project: SupportProject) -> None:
    """
    Time that is given or decided on, and an invoice in advance that is drafted, thrown away or credited, change what is refunded: while
    an end is proposed or agreed to, and after the delivery until it is refunded. Part of an action that holds the project.
    """
    is_shown = project.stage in AFTER_DELIVERY or (project.stage in DELIVERING and project.exit_on is not None)
    if is_shown and not project.refunded_at and project.refund_due != (due := unspent_of(project)):
        project.refund_due = due
        project.save()


def refund_waits(project: SupportProject) -> bool:
    """A sum is to be paid back, and was not."""
    return bool(project.stage in AFTER_DELIVERY and project.refund_due and not project.refunded_at)


def unspent_of(project: SupportProject) -> Decimal:
    """
    What is refunded if the work ends now, in pounds: only what was paid in advance can be, so nothing of an invoice that was thrown
    away or credited (D3, D4). An amendment that costs less than was invoiced before it leaves the difference to be refunded.
    """
    if route_of(project) != MoneyRoute.IN_ADVANCE:
        return NOTHING
    quote, in_advance = quote_of(project), billed_in_advance(project)
    agreed = max(quote.total if quote else NOTHING, in_advance)
    return max(unspent(quoted=agreed, approved=given_of(project)) - (agreed - in_advance), NOTHING)


def given_of(project: SupportProject) -> Decimal:
    """
    What was given costs, in pounds. Time that waits for its approval counts; time that was sent back or written off does not.
    """
    given = TimeSheetLine.objects.filter(visit__deployment__project=project).exclude(state__in=NOT_GIVEN)
    return given.aggregate(sum=Sum("charge"))["sum"] or NOTHING


def billed_in_advance(project: SupportProject) -> Decimal:
    """What stands on invoices in advance that count, in pounds."""
    lines = lines_in_advance().filter(invoice__case_reference=project.case.reference)
    return lines.aggregate(sum=Sum("amount"))["sum"] or NOTHING


def payer_of(project: SupportProject) -> Party:
    """The supported school, or whoever was named to pay."""
    if project.payer_name:
        return Party(name=project.payer_name)
    if project.case.supported_school is None:
        return Party(name=project.case.school_name)
    return Party.of_school(project.case.supported_school)


def alliance_party() -> Party:
    return Party.alliance(alliance_name())


def time_line(line: TimeSheetLine) -> TimeLine:
    """A time-sheet line as finance bills it."""
    return TimeLine(
        source_kind=TIME,
        source_reference=str(line.pk),
        description=f"{line.visit.deployment.leader}, {day_to_keep(line.visit.visit_date)}",
        half_days=line.half_days,
        charge=line.charge,
        supporting_share=line.supporting_share,
    )


def time_to_invoice(project: SupportProject) -> list[TimeSheetLine]:
    """
    Approved time that is on no invoice that counts, by supporting school and day.

    What was on a draft that was thrown away, or on an invoice that was credited, is there again (D3).
    """
    lines = (
        TimeSheetLine.objects.filter(visit__deployment__project=project, state__in=[TimeState.APPROVED, TimeState.INVOICED])
        .select_related("visit__deployment__leader__user", "visit__deployment__supporting_school")
        .order_by("visit__deployment__supporting_school", "visit__visit_date", "pk")
    )
    purpose = InvoicePurpose.SUPPORTING_SHARE if route_of(project) == MoneyRoute.IN_ADVANCE else InvoicePurpose.CHARGE
    found = list(lines)
    on_invoices = billed(purpose, TIME, [str(line.pk) for line in found])
    return [line for line in found if str(line.pk) not in on_invoices]


def bill_in_advance(project: SupportProject, *, by: By, at: datetime) -> Invoice | None:
    """
    Draft the invoice for the whole quote, where the route is in advance; after an amendment for what it adds. Part of an action.

    One that adds nothing asks for no money: what is left over is refunded at the end.
    """
    quote = quote_of(project)
    if quote is None or route_of(project) != MoneyRoute.IN_ADVANCE:
        return None
    parties: dict[str, Any] = {"payer": payer_of(project), "alliance": alliance_party(), "case_reference": project.case.reference}
    billed_before = billed_in_advance(project)
    if not billed_before:
        return draft_advance_invoice(quote=quote, **parties, by=by, at=at)
    if billed_before >= quote.total:
        return None
    return draft_difference_invoice(quote=quote, billed=billed_before, **parties, by=by, at=at)


def advance_is_wanted(project: SupportProject) -> bool:
    """
    Whether less is invoiced in advance than was agreed: a draft was thrown away, or an invoice credited (D3).

    After the delivery only where more was given than is invoiced: else all that is drafted would be refunded.
    """
    if route_of(project) != MoneyRoute.IN_ADVANCE or project.stage not in SIGNED:
        return False
    quote = quote_of(project)
    if quote is None or billed_in_advance(project) >= quote.total:
        return False
    return project.stage in DELIVERING or given_of(project) > billed_in_advance(project)


def unsettled_invoices(project: SupportProject) -> int:
    """How many invoices of the case are not paid, credited or thrown away."""
    return Invoice.objects.unsettled().filter(case_reference=project.case.reference).count()
