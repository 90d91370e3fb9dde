"""The documents of a project: how each stands, what it says to those who may read it, and consent to a story."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.steps import Offer
from s2s_workflow import evaluation_guards, guards
from s2s_workflow.documents import READERS, document_or_none, shown, state_of, text_for
from s2s_workflow.models import ActionPlan, DueDiligenceReport, Evaluation, SupportProject
from s2s_workflow.parties import schools_in
from s2s_workflow.standing import Standing
from s2s_workflow.steps import offers_to
from s2s_workflow.stories import consent_may_be_given, schools_without_consent
from s2s_workflow.tabs.reader import Reader

SLUG, LABEL, ORDER, TEMPLATE = "documents", _("Documents"), 400, "s2s_workflow/tabs/documents.html"
DOCUMENTS: tuple[tuple[str, Any, Any, Any, frozenset[str]], ...] = (
    (
        "due_diligence", DueDiligenceReport, _("The alliance writes it before it recommends support."), guards.report_is_complete,
        frozenset({"write-report", "send-report", "decide-report"}),
    ),
    (
        "plan", ActionPlan, _("The lead of the team writes it after the initial meeting."), guards.plan_is_complete,
        frozenset({"write-plan", "send-plan", "decide-plan"}),
    ),
    (
        "evaluation", Evaluation, _("The head of the supported school writes it at the end."), evaluation_guards.every_objective_is_judged,
        frozenset({"write-evaluation", "send-evaluation", "decide-evaluation"}),
    ),
)  # fmt: skip
"""Name, model, what is said while there is none, what is missing before it is sent in, and the steps on it."""


def context(reader: Reader) -> dict[str, Any]:
    offers = offers_to(reader.user, reader.project, reader.today, tab=SLUG)
    return {
        "documents": [
            _document(reader, offers, *row)
            for row in DOCUMENTS
            if row[0] != "due_diligence" or (_reads_reports(reader) and _has_a_report(reader))
        ],
        "stories": _stories(reader, offers),
        "story": _story(reader.project),
    }


def _reads_reports(reader: Reader) -> bool:
    """Others are not told that there is one."""
    readers = READERS[DueDiligenceReport]
    return reader.is_any(*readers.drafts, *readers.sent_in)


def _has_a_report(reader: Reader) -> bool:
    return bool(reader.project.rules.get("due_diligence")) or document_or_none(reader.project, "due_diligence") is not None


def _document(reader: Reader, offers: list[Offer], name: str, model: Any, hint: Any, guard: Any, slugs: frozenset[str]) -> dict[str, Any]:
    document = document_or_none(reader.project, name)
    readable = text_for(reader.standing, document) if document else None
    mine = [offer for offer in offers if offer.slug in slugs]
    verbs = {offer.slug.partition("-")[0] for offer in mine}
    return {
        "label": model._meta.verbose_name,
        "hint": hint,
        "state": state_of(document),
        "text": shown(readable) if readable else None,
        "is_hidden": document is not None and readable is None,
        "missing": guard(reader.project) if document and "write" in verbs and "send" not in verbs else None,
        "missing_to_approve": guards.group_agrees_to_the_plan(reader.project) if name == "plan" and "decide" in verbs else None,
        "offers": mine,
    }


def _story(project: SupportProject) -> dict[str, Any] | None:
    """How far the story is, and what keeps it from being published."""
    if project.story is None:
        return None
    return {"is_live": project.story.live, "missing": schools_without_consent(project)}


def _stories(reader: Reader, offers: list[Offer]) -> list[dict[str, Any]]:
    """The answers of the schools: all of them for staff, a head's own for the head."""
    asked = {offer.target.pk: offer for offer in offers if offer.slug == "consent-to-story"}
    is_staff = reader.is_any(Standing.STAFF)
    if not consent_may_be_given(reader.project) or not (asked or is_staff):
        return []
    answers = {answer.school_id: answer for answer in reader.project.story_consents.all()}
    return [
        {"school": school, "answer": answers.get(school.pk), "offers": [asked[school.pk]] if school.pk in asked else []}
        for school in schools_in(reader.project)
        if is_staff or school.pk in asked
    ]
