"""The living quote as each side may read it: charges for who pays, shares for who is paid, both for the alliance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Prefetch

from finance.models import Quote, QuoteLine
from finance.money import NOTHING
from s2s_workflow.in_force import agreement_in_force
from s2s_workflow.money import SOURCE
from s2s_workflow.parties import schools_acted_for
from s2s_workflow.standing import Standing
from s2s_workflow.tabs.reader import Reader

SEES_CHARGES = (Standing.STAFF, Standing.FINANCE, Standing.SUPPORTED_SCHOOL)
SEES_ALL_SHARES = (Standing.STAFF, Standing.FINANCE)
SEES_OWN_SHARES = (Standing.SUPPORTING_SCHOOL, Standing.FORMER_SUPPORTING_SCHOOL)


@dataclass(frozen=True)
class ShownLine:
    """A line with the amounts that the reader may see, in pounds; None for one that is not theirs."""

    line: QuoteLine
    charge: Decimal | None
    share: Decimal | None


@dataclass(frozen=True)
class ShownQuote:
    """`is_proposed` of one that an amendment will bring, once all have signed it."""

    version: int
    made_at: datetime
    lines: list[ShownLine]
    is_proposed: bool = False

    @property
    def shows_charges(self) -> bool:
        return any(line.charge is not None for line in self.lines)

    @property
    def shows_shares(self) -> bool:
        return any(line.share is not None for line in self.lines)

    @property
    def total(self) -> Decimal:
        return sum((line.charge for line in self.lines if line.charge is not None), NOTHING)

    @property
    def supporting_total(self) -> Decimal:
        """Of the shares that are shown."""
        return sum((line.share for line in self.lines if line.share is not None), NOTHING)


def quotes_for(reader: Reader) -> list[ShownQuote]:
    """
    Every version without the lines and amounts that are not the reader's: the one that holds, then the newest first. At most four
    queries.
    """
    quotes = Quote.objects.filter(source_kind=SOURCE, source_reference=reader.project.case.reference).order_by("-version")
    lines = QuoteLine.objects.select_related("leader__user").order_by("position")
    deployed = _deployed_by_own_schools(reader) if reader.is_any(*SEES_OWN_SHARES) else []
    signed = agreement_in_force(reader.project)
    found = list(quotes.prefetch_related(Prefetch("lines", lines)))
    holds = next((quote.version for quote in found if signed and quote.pk == signed.quote_id), None)
    shown = [_shown(reader, quote, deployed, is_proposed=holds is not None and quote.version > holds) for quote in found]
    begun = reader.project.amending_at
    shown = [quote for quote in shown if not quote.is_proposed or (begun and quote.made_at >= begun)]  # others are of one that was dropped
    return sorted((quote for quote in shown if quote.lines), key=lambda quote: quote.version != holds)


def _deployed_by_own_schools(reader: Reader) -> list[tuple[int, datetime, bool]]:
    """Each leader ever proposed, when, and whether by a school that the reader acts for; the latest last."""
    own = schools_acted_for(reader.user, reader.today)
    rows = reader.project.deployments.order_by("proposed_at", "pk").values_list("leader", "proposed_at", "supporting_school")
    return [(leader, proposed_at, school in own) for leader, proposed_at, school in rows]


def _shown(reader: Reader, quote: Quote, deployed: list[tuple[int, datetime, bool]], *, is_proposed: bool) -> ShownQuote:
    """A leader who was proposed again after moving school: each quote is of the school at its time."""
    charges, shares = reader.is_any(*SEES_CHARGES), reader.is_any(*SEES_ALL_SHARES)
    own = {leader: is_own for leader, proposed_at, is_own in deployed if proposed_at <= quote.made_at}
    lines = []
    for line in quote.lines.all():
        is_own = line.leader_id is not None and own.get(line.leader_id, False)
        if charges or is_own:
            lines.append(ShownLine(line, line.charge if charges else None, line.supporting_share if shares or is_own else None))
    return ShownQuote(quote.version, quote.made_at, lines, is_proposed)
