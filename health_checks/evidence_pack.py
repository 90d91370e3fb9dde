"""The evidence pack: a day's record as a tagged PDF, with paragraphs to paste into the school's self-evaluation (H5)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.pdf import make_pdf
from health_checks.models import Assignment, Day, Record
from health_checks.record_text import brief_of_record, day_in_full, outcomes_found, paragraphs_for_sef, statements_found

TEMPLATE = Path(__file__).with_name("evidence_pack.typ")


def evidence_pack(day: Day) -> bytes:
    """The PDF of a record that the school has signed, or of which it is recorded that it has not. The same record gives the same bytes."""
    record = day.record
    return make_pdf(TEMPLATE, pack_data(day), at=record.school_signed_at or record.not_signed_at or record.begun_at)


def pack_data(day: Day) -> dict[str, Any]:
    """What the template shows. Where the school has not signed it says so, in place of a signature."""
    record, text = day.record, day.record.text
    with translation.override(settings.LANGUAGE_CODE):
        brief = brief_of_record(day)
        return {
            "title": _("Evidence from a health check: %(school)s") % {"school": day.series.case.school_name},
            "language": "en",
            "footer": f"{day.series.case.reference} · {record.sha256}",
            "summary": [
                day_in_full(day),
                _("Conducted by %(leaders)s") % {"leaders": ", ".join(_leaders(day))},
                _("Area of improvement: %(area)s") % {"area": brief.area},
            ],
            "sections": [
                {
                    "heading": one.title,
                    "rows": [
                        [label, value]
                        for label, value in (
                            (_("The school’s judgement"), one.judgement),
                            (_("The school’s needs"), one.needs),
                            (_("Found"), str(one.verdict.label) if one.verdict else ""),
                            (_("What was seen"), one.comment),
                        )
                        if value
                    ],
                }
                for one in statements_found(day, text)
            ],
            "outcomes_heading": _("Outcomes agreed beforehand"),
            "outcomes": [[one.text, str(one.met.label) if one.met else "–", one.comment or "–"] for one in outcomes_found(day, text)],
            "outcome_columns": [_("Outcome"), _("Met"), _("What was seen")],
            "texts": [
                {"heading": heading, "lines": value.splitlines()}
                for heading, value in (
                    (_("Further areas of need"), text.further_needs),
                    (_("Evidence"), text.evidence),
                    (_("Next steps"), text.next_steps),
                    (_("The school’s comment"), text.school_comment),
                )
                if value.strip()
            ],
            "sef_heading": _("To paste into your self-evaluation"),
            "paragraphs": [{"heading": heading, "lines": value.splitlines()} for heading, value in paragraphs_for_sef(day, text)],
            "signatures_heading": _("Signatures"),
            "columns": [_("For"), _("Signed by"), _("On")],
            "signatures": [
                [_("The leaders"), str(record.signed_by), _moment(record.signed_at)],
                [
                    _("The school"),
                    str(record.school_signed_by) if record.school_signed_at else _("Not signed by the school"),
                    _moment(record.school_signed_at),
                ],
            ],
            "not_signed": not_signed_in_words(record),
            "hash_label": _("SHA-256 of what the leader signed"),
            "hash": record.sha256,
        }


def not_signed_in_words(record: Record) -> str:
    """Who recorded when and why that the school had not signed; empty once it has."""
    if record.not_signed_at is None or record.school_signed_at is not None:
        return ""
    words = {"day": _moment(record.not_signed_at), "name": record.not_signed_by, "reason": record.not_signed_reason}
    return _("The school has not signed. %(name)s recorded this for the alliance on %(day)s: %(reason)s") % words


def _leaders(day: Day) -> list[str]:
    standing: Any = Assignment.objects.standing().filter(day=day).select_related("finishes_for").order_by("pk")
    given = [one.given for one in standing]
    return [f"{one.leader} ({one.designation}), {one.supporting_school}" for one in given]


def _moment(at: Any) -> str:
    return date_format(timezone.localtime(at), "j F Y, H:i") if at else "–"
