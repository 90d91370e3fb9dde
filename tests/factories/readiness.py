"""Readiness answers of a project's two sides, saved and submitted by the actions that people take."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from alliance.models import User
from s2s_workflow.actions.save_readiness_answers import save_readiness_answers
from s2s_workflow.actions.submit_readiness_answers import submit_readiness_answers
from s2s_workflow.enums import ReadinessSide
from s2s_workflow.models import ReadinessAnswers
from s2s_workflow.readiness import asked_of, fingerprint_of, own_answers
from tests.conftest import NOON
from tests.factories.projects import Cast
from website.readiness import Place, in_language


def seen(cast: Cast, side: ReadinessSide) -> str:
    """The fingerprint that a page opened now would carry."""
    return fingerprint_of(asked_of(cast.fresh()), own_answers(cast.fresh(), side))


def answers_of(cast: Cast, *, words: str = "", place: str = Place.PARTLY, **places: str) -> dict[str, dict[str, str]]:
    """The same answer to every theme, but for the places of those named."""
    themes = in_language(asked_of(cast.fresh())).themes
    return {theme["key"]: {"place": places.get(theme["key"], place), "words": words} for theme in themes}


def person_of(cast: Cast, side: ReadinessSide) -> User:
    found: User = cast.head if side == ReadinessSide.SCHOOL else cast.leader.user
    return found


def save(cast: Cast, side: ReadinessSide, *, by: User | None = None, at: datetime = NOON, **given: Any) -> ReadinessAnswers:
    return save_readiness_answers(
        project=cast.fresh(), side=side, answers=answers_of(cast, **given), seen=seen(cast, side), by=by or person_of(cast, side), at=at
    )


def submit(cast: Cast, side: ReadinessSide, *, by: User | None = None, at: datetime = NOON) -> ReadinessAnswers:
    return submit_readiness_answers(project=cast.fresh(), side=side, seen=seen(cast, side), by=by or person_of(cast, side), at=at)


def answer(cast: Cast, side: ReadinessSide, **given: Any) -> ReadinessAnswers:
    """Save and submit."""
    save(cast, side, **given)
    return submit(cast, side)
