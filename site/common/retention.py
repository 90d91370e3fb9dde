"""Retention: what nobody needs any more is deleted by itself. Each app says what and when; this deletes or only counts."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from wagtail import hooks

log = logging.getLogger("s2s.retention")
MOST_AT_ONCE = 500
"""Rows of one rule that go in one run. The next run takes the next ones, so that the first on an old database is no different."""


@dataclass(frozen=True)
class RetentionRule:
    """
    Rows of one model that go once they have been over for `kept`.

    `over_before(moment)` returns those that were over before a moment; it reads only. `delete(row, at)` deletes one and what
    belongs to it, in a transaction that holds the row; it may be asked again for what is gone already. Where the row itself stays, only
    emptied of persons, the rule `anonymises`; `over_before` then leaves out the rows that are.
    """

    model: type[models.Model]
    kept: timedelta
    over_before: Callable[[datetime], models.QuerySet[Any]]
    delete: Callable[[Any, datetime], object] = lambda row, at: row.delete()
    anonymises: bool = False

    def due(self, at: datetime) -> models.QuerySet[Any]:
        return self.over_before(at - self.kept).order_by("pk")


def retention_rules() -> list[RetentionRule]:
    """All rules of the core and the plugins, from the hook `s2s_retention`."""
    return [rule for hook in hooks.get_hooks("s2s_retention") for rule in hook()]


def delete_what_is_over(at: datetime) -> int:
    """
    Delete row by row, each whole or not at all; returns how many went. What is touched in the same moment stays.

    One that fails is logged and does not stop the others; raises `ExceptionGroup` at the end with what failed.
    """
    number, failures = 0, []
    for rule in retention_rules():
        for pk in rule.due(at).values_list("pk", flat=True)[:MOST_AT_ONCE]:
            try:
                number += _delete(rule, pk, at)
            except Exception as failure:
                log.exception("%s %s could not be deleted", rule.model._meta.label, pk)
                failures.append(failure)
    if failures:
        raise ExceptionGroup(f"{len(failures)} row(s) could not be deleted", failures)
    return number


@transaction.atomic
def _delete(rule: RetentionRule, pk: Any, at: datetime) -> bool:
    row = rule.due(at).select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        return False
    rule.delete(row, at)
    return True
