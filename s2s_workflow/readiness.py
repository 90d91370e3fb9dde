"""
The readiness conversation (P5): who answers for which side, what is asked, and where both sides differ.

Until both have submitted, one side's answers are read for people of that side alone: `own_answers` is the only way to them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied

from alliance.models import SchoolRole, User
from alliance.queries import live_school_roles
from common.actions import By
from s2s_workflow.enums import ReadinessSide, Stage
from s2s_workflow.models import ReadinessAnswers, ReadinessConversation, SupportProject
from s2s_workflow.permissions import check_is_a_person
from website.readiness import Asked, Place, Questions, asked_now, in_language

ANSWERED_AT = (Stage.TEAM_AGREED,)
"""Between the agreed team and the initial meeting, whose agenda it makes (W6)."""
NOMINATED_LEAD = "nominated-lead"
"""The key of the role at a school that answers beside the head."""


def side_of(user: User, project: SupportProject, on: date) -> ReadinessSide | None:
    """
    The side that somebody answers for on a day: as a leader of the team, or as head or nominated lead of the supported school.

    Whoever is both answers for neither, since they would read both. No role in the alliance makes anybody part of a side.
    """
    is_leader = any(deployment.leader.user_id == user.pk for deployment in project.team())
    is_school = any(
        _answers_for_a_school(role) for role in live_school_roles(user, on) if role.school_id == project.case.supported_school_id
    )
    if is_leader == is_school or not user.is_active:
        return None
    return ReadinessSide.LEADER if is_leader else ReadinessSide.SCHOOL


def _answers_for_a_school(role: SchoolRole) -> bool:
    return role.kind.acts_for_head or role.kind.key == NOMINATED_LEAD


def check_answers_for(by: By, side: ReadinessSide, project: SupportProject, on: date) -> User:
    """Return the person who answers for the side. Raises `PermissionDenied` for everybody else, whatever their role."""
    user = check_is_a_person(by)
    if side_of(user, project, on) != side:
        raise PermissionDenied
    return user


def people_of_both_sides(project: SupportProject, on: date) -> list[User]:
    """Everybody with an account in use who answers for a side."""
    roles = SchoolRole.objects.live(on).filter(school=project.case.supported_school).select_related("user", "kind").order_by("user")
    people = [deployment.leader.user for deployment in project.team()] + [role.user for role in roles if _answers_for_a_school(role)]
    return [person for person in people if person.is_active]


def conversation_of(project: SupportProject) -> ReadinessConversation | None:
    """None until the first answer is saved."""
    return ReadinessConversation.objects.filter(project=project).first()


def asked_of(project: SupportProject) -> Asked:
    """The wording that the project was asked, or would be asked now."""
    conversation = conversation_of(project)
    return conversation.asked if conversation else asked_now()


def questions_of(project: SupportProject) -> Questions:
    """The same in the reader's language."""
    return in_language(asked_of(project))


def own_answers(project: SupportProject, side: ReadinessSide) -> ReadinessAnswers:
    """What a side has saved, or nothing yet. For people of that side alone: callers ask `side_of` first."""
    found = ReadinessAnswers.objects.filter(conversation=project.pk, side=side).select_related("saved_by", "submitted_by").first()
    return found or ReadinessAnswers(conversation_id=project.pk, side=side)


def sides_in(project: SupportProject) -> set[str]:
    """The sides that have submitted. That they have is no secret; what they said is."""
    submitted = ReadinessAnswers.objects.filter(conversation=project.pk, submitted_at__isnull=False)
    return set(submitted.values_list("side", flat=True))


def fingerprint_of(asked: Asked, answers: ReadinessAnswers) -> str:
    """SHA-256 over the wording and the side's version, so that saving names what was shown (promise 6)."""
    return hashlib.sha256(json.dumps([asked, answers.version], sort_keys=True).encode()).hexdigest()


def themes_without_a_place(asked: Asked, answers: dict[str, dict[str, str]]) -> list[str]:
    """Titles of the themes for which a side has not said where it stands."""
    return [theme["title"] for theme in in_language(asked).themes if not answers.get(theme["key"], {}).get("place")]


@dataclass(frozen=True)
class Side:
    """What one side was asked on a theme, and said."""

    label: Any
    question: str
    place: Place | None
    words: str


def answered(questions: Questions, side: ReadinessSide, row: ReadinessAnswers) -> list[tuple[str, Side]]:
    """What a side has said so far, by the theme's title. For people of that side alone."""
    return [(theme["title"], _side(theme, side, row.answers)) for theme in questions.themes]


@dataclass(frozen=True)
class Compared:
    """One theme with both sides. `distance` is how many places lie between them: 0 to 2."""

    title: str
    distance: int
    sides: tuple[Side, ...]


def comparison_of(project: SupportProject) -> list[Compared]:
    """
    Both sides' answers, the furthest apart first, then in the order they were asked: the agenda of the initial meeting (W6).

    Nothing until both have submitted. For the two sides and the staff of the case.
    """
    conversation = conversation_of(project)
    if conversation is None or not conversation.is_open:
        return []
    answers = {row.side: row.answers for row in conversation.sides.all()}
    rows = [
        Compared(theme["title"], _distance(theme, answers), tuple(_side(theme, one, answers[one]) for one in ReadinessSide))
        for theme in in_language(conversation.asked).themes
    ]
    return sorted(rows, key=lambda row: -row.distance)


def _distance(theme: dict[str, str], answers: dict[str, Any]) -> int:
    steps = [Place(said[theme["key"]]["place"]).step for said in answers.values()]
    return max(steps) - min(steps)


def _side(theme: dict[str, str], side: ReadinessSide, answers: dict[str, dict[str, str]]) -> Side:
    said = answers.get(theme["key"], {"place": "", "words": ""})
    return Side(side.label, theme[side.asked_as], Place(said["place"]) if said["place"] else None, said["words"])
