"""What a record says: what is missing before it can be signed, the text that is hashed, and paragraphs to paste into a SEF."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.in_words import day_to_keep
from health_checks.enums import DayPart, Met, Verdict
from health_checks.models import Brief, Day, RecordText


@dataclass(frozen=True)
class StatementFound:
    """A judgement or need that the school stated, with what the leader found."""

    title: str
    judgement: str
    needs: str
    verdict: Verdict | None
    comment: str


@dataclass(frozen=True)
class OutcomeFound:
    text: str
    met: Met | None
    comment: str


def brief_of_record(day: Day) -> Brief:
    """The brief that the day went by: the one both sides agreed to before it began, which is the last."""
    brief = day.briefs.first()
    if brief is None:
        raise ValueError("A day that began has a brief.")
    return brief


def statements_found(day: Day, text: RecordText) -> list[StatementFound]:
    return [
        StatementFound(
            row["title"],
            row["judgement"],
            row["needs"],
            Verdict(entry["verdict"]) if (entry := text.verdicts.get(row["id"], {})).get("verdict") else None,
            entry.get("comment", ""),
        )
        for row in brief_of_record(day).statements
    ]


def outcomes_found(day: Day, text: RecordText) -> list[OutcomeFound]:
    return [
        OutcomeFound(
            row["text"], Met(entry["met"]) if (entry := text.outcomes.get(row["id"], {})).get("met") else None, entry.get("comment", "")
        )
        for row in brief_of_record(day).outcomes
    ]


def missing_in_record(day: Day, text: RecordText) -> list[str]:
    """What has to be written before the leader signs, in words (H5)."""
    statements, outcomes = statements_found(day, text), outcomes_found(day, text)
    open_statements = sum(one.verdict is None for one in statements)
    open_outcomes = sum(one.met is None for one in outcomes)
    found = []
    if open_statements:
        found.append(
            ngettext(
                "%(n)d judgement of the school has no answer yet.", "%(n)d judgements of the school have no answer yet.", open_statements
            )
            % {"n": open_statements}
        )
    if open_outcomes:
        found.append(
            ngettext("%(n)d outcome has no answer yet.", "%(n)d outcomes have no answer yet.", open_outcomes) % {"n": open_outcomes}
        )
    if not text.evidence.strip():
        found.append(_("The evidence is not written yet."))
    if not text.next_steps.strip():
        found.append(_("The next steps are not written yet."))
    return found


def canonical(day: Day, text: RecordText) -> str:
    """What the leader signs, as one text: the agreed brief and every answer, in a fixed order."""
    brief = brief_of_record(day)
    data: dict[str, Any] = {"day": day.pk, "date": day.date.isoformat(), "brief": brief.content, "version": brief.version, **text.content}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_of(day: Day, text: RecordText) -> str:
    return hashlib.sha256(canonical(day, text).encode()).hexdigest()


def paragraphs_for_sef(day: Day, text: RecordText) -> list[tuple[str, str]]:
    """A heading and a paragraph for each section, ready to paste into the school's self-evaluation form."""
    when = day_to_keep(day.date)
    found = []
    for one in statements_found(day, text):
        parts = [_("Our judgement: %(text)s") % {"text": one.judgement}] if one.judgement else []
        parts += [_("Our needs: %(text)s") % {"text": one.needs}] if one.needs else []
        verdict = str(one.verdict.label) if one.verdict else _("not looked at")
        parts.append(_("A health check by leaders of other schools on %(day)s: %(verdict)s.") % {"day": when, "verdict": verdict.lower()})
        parts += [one.comment] if one.comment else []
        found.append((one.title, " ".join(parts)))
    if text.further_needs:
        found.append((_("Further areas of need"), text.further_needs))
    found.append((_("Evidence"), text.evidence))
    found.append((_("Next steps"), text.next_steps))
    return found


def day_in_full(day: Day) -> str:
    return f"{day_to_keep(day.date)}, {DayPart(day.part).label}"
