"""
Who may not handle which case for the alliance, as plugins say it: somebody with ties to the school is offered none of its work (W3).

What the same person does for a school of their own, or as a leader of the team, is not taken from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from cases.signals import barred_wanted


def cases_barred_to(user: Any) -> Iterator[QuerySet[Any, Any]]:
    """The keys of the cases that a person may not handle, for a subquery each."""
    for rows in _said():
        yield rows.filter(person=user.pk).values("case")


def people_barred_from(case: Any) -> Iterator[QuerySet[Any, Any]]:
    """The keys of the people who may not handle a case, for a subquery each."""
    for rows in _said():
        yield rows.filter(case=case.pk).values("person")


def is_barred_from(user: Any, case: Any) -> bool:
    """Whether the person may not handle the case. One query for each plugin that says so."""
    return any(barred.filter(person=user.pk).exists() for barred in people_barred_from(case))


def _said() -> Iterator[QuerySet[Any, Any]]:
    answers: list[tuple[Any, Any]] = barred_wanted.send(sender=None)
    return (rows for _receiver, rows in answers)
