"""The canonical text of an agreement: what every party reads, what is hashed, what the PDF shows (W8)."""

from __future__ import annotations

import unicodedata
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from common.in_words import day_in_words, in_pounds
from portal.alliance_name import alliance_name
from s2s_workflow.in_force import agreement_in_force
from s2s_workflow.models import ActionPlan, AgreementClause, SupportProject, Visit
from s2s_workflow.money import payer_of, quote_drafted, route_of
from s2s_workflow.terms import parts_of, plan_to_sign, schools_to_sign

LANGUAGE = "en-gb"
"""Agreements are in one language, so that there is one text."""


def assemble_text(project: SupportProject, *, version: int, on: date) -> str:
    """
    Assemble the text: `# ` starts a heading, `- ` an item of a list, an empty line ends a paragraph.

    UTF-8 NFC without control characters, lines ended by a line feed. The same project gives the same text on the same day. Of an
    amendment it is the whole agreement as amended, with what it takes the place of and why.
    """
    plan = plan_to_sign(project)
    if plan is None:
        raise ValueError("An agreement is assembled after its plan was agreed.")
    with translation.override(LANGUAGE):
        parts = [
            _opening(project, version=version, on=on),
            *_amendment(project),
            _section(_("What the school needs"), project.needs),
            _objectives(plan),
            _section(_("What the initial meeting settled"), _settled(project)),
            _team(project),
            _schedule(project, plan),
            _costs(project),
            _section(_("Exit arrangements"), plan.exit_arrangements),
            *(_section(clause.title, clause.text) for clause in AgreementClause.objects.filter(is_in_use=True)),
        ]
    return canonical("\n\n".join(parts))


def canonical(text: str) -> str:
    """NFC, line feeds only, no control characters, no blanks at the ends of lines, one line feed at the end."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = "".join(one for one in text if one == "\n" or unicodedata.category(one) != "Cc")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip() + "\n"


def _section(heading: str, text: str) -> str:
    """A heading and what somebody wrote; only we make headings."""
    return f"# {heading}\n\n" + "\n".join(line.lstrip("# ") for line in text.splitlines())


def _list(heading: str, items: list[str]) -> str:
    return f"# {heading}\n\n" + "\n".join(f"- {' '.join(item.split())}" for item in items)


def _opening(project: SupportProject, *, version: int, on: date) -> str:
    supported, *supporting = schools_to_sign(project)
    title = _("Agreement on school to school support")
    parties = [
        _("%(school)s (URN %(urn)s), the supported school") % {"school": supported.name, "urn": supported.urn},
        *(_("%(school)s (URN %(urn)s), a supporting school") % {"school": one.name, "urn": one.urn} for one in supporting),
        _("%(alliance)s, represented by its S2S lead") % {"alliance": alliance_name()},
    ]
    about = _("Reference %(reference)s, version %(version)d of %(day)s. Between:") % {
        "reference": project.case.reference,
        "version": version,
        "day": day_in_words(on),
    }
    return f"{_list(title, [about])}\n" + "\n".join(f"- {party}" for party in parties)


def _amendment(project: SupportProject) -> list[str]:
    before = agreement_in_force(project)
    if not project.amending_at or before is None:
        return []
    text = _("This version takes the place of version %(version)d once every party has signed it. Until then version %(version)d holds.")
    return [_section(_("Amendment"), text % {"version": before.version} + "\n\n" + project.amending_reason)]


def _objectives(plan: ActionPlan) -> str:
    return _list(
        _("Objectives"),
        [
            _("%(objective)s. Measure: %(measure)s. Now: %(baseline)s. Target: %(target)s. Owner: %(owner)s. By %(day)s.")
            % {**block.value, "objective": block.value["objective"].rstrip(" ."), "day": day_in_words(block.value["due_on"])}
            for block in plan.objectives
        ],
    )


def _settled(project: SupportProject) -> str:
    return "\n\n".join(f"{label}: {text}" for label, text in project.initial_meeting.agenda)


def _team(project: SupportProject) -> str:
    return _list(
        _("Team"),
        [
            _("%(leader)s of %(school)s%(lead)s: %(remit)s Up to %(halves)d half days between %(first)s and %(last)s.")
            % {
                "leader": part.deployment.leader,
                "school": part.deployment.supporting_school.name,
                "lead": _(", named lead") if part.deployment.is_named_lead else "",
                "remit": f"{part.deployment.remit.rstrip(' .')}.",
                "halves": part.half_days,
                "first": day_in_words(part.deployment.starts_on),
                "last": day_in_words(part.ends_on),
            }
            for part in parts_of(project)
        ],
    )


def _schedule(project: SupportProject, plan: ActionPlan) -> str:
    visits = Visit.objects.filter(deployment__in=project.team(), state="PLANNED").select_related("deployment__leader__user")
    items = [
        _("%(day)s, %(half)s: %(leader)s")
        % {
            "day": day_in_words(visit.visit_date),
            "half": str(visit.get_half_display() or _("full day")).lower(),
            "leader": visit.deployment.leader,
        }
        for visit in visits
    ]
    return _section(_("Schedule of delivery"), plan.schedule) + "\n\n" + "\n".join(f"- {item}" for item in items)


def _costs(project: SupportProject) -> str:
    quote = quote_drafted(project)
    if quote is None:
        raise ValueError("An agreement is assembled after its costs were presented.")
    items = [
        _("%(what)s, %(halves)d half days: %(charge)s")
        % {"what": line.description.rstrip(" ."), "halves": line.half_days, "charge": in_pounds(line.charge)}
        for line in quote.lines.all()
    ]
    items.append(
        _("Total before VAT: %(total)s, of which %(share)s go to the supporting schools.")
        % {"total": in_pounds(quote.total), "share": in_pounds(quote.supporting_total)}
    )
    items.append(_("Paid by %(payer)s. %(route)s.") % {"payer": payer_of(project).name, "route": route_of(project).label})
    return _list(_("Costs"), items)
