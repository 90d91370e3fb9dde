"""The working group's tab: its members' views by subject and round."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from s2s_workflow.enums import GroupSubject
from s2s_workflow.models import GroupOpinion, SupportProject
from s2s_workflow.opinions import current_round, is_before_the_group, quorum_of
from s2s_workflow.standing import Standing
from s2s_workflow.steps import offers_to
from s2s_workflow.steps.group import VIEW_STEPS
from s2s_workflow.tabs.reader import Reader

SLUG, LABEL, ORDER, TEMPLATE = "group", _("Working group"), 420, "s2s_workflow/tabs/group.html"


def context(reader: Reader) -> dict[str, Any]:
    project = reader.project
    views = list(project.opinions.select_related("member").order_by("round", "given_at", "pk"))
    offers = offers_to(reader.user, project, reader.today, tab=SLUG)
    subjects = [_subject(reader, subject, [view for view in views if view.subject == subject]) for subject in GroupSubject]
    answered = {VIEW_STEPS[row["subject"]][0] for row in subjects if row["mine"]}
    return {
        "has_group": bool(project.rules.get("working_group")),
        "quorum": quorum_of(project),
        "subjects": [row for row in subjects if row["is_open"] or row["rounds"]],
        "offers": [offer for offer in offers if offer.slug not in answered],
    }


def _why(project: SupportProject) -> str:
    """Why the fast track was started or, later, put to the group again, as its history keeps it."""
    begun = project.history.filter(fast_tracked_at=project.fast_tracked_at).order_by("history_id").first()
    return begun.history_change_reason or "" if begun else ""


def _subject(reader: Reader, subject: GroupSubject, views: list[GroupOpinion]) -> dict[str, Any]:
    """
    One subject with its rounds. While it is open, a member reads the others' views only after giving their own in this round:
    so everybody's is their own. Staff read all.
    """
    is_open = is_before_the_group(reader.project, subject)
    now = current_round(reader.project, subject) if is_open else 0
    mine = next((view for view in views if is_open and view.round == now and view.member_id == reader.user.pk), None)
    is_hidden = is_open and mine is None and not reader.is_any(Standing.STAFF)
    return {
        "subject": subject,
        "label": subject.label,
        "is_open": is_open,
        "round": now,
        "mine": mine,
        "why": _why(reader.project) if is_open and subject == GroupSubject.FAST_TRACK else "",
        "is_hidden": is_hidden,
        "given": sum(view.round == now and not view.has_conflict for view in views),
        "rounds": [(number, [] if is_hidden else list(rows)) for number, rows in groupby(views, key=lambda view: view.round)],
    }
