"""Whose money somebody may not see, as the apps above say it: with a declared tie to a school, nobody handles its money (W3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from common.admin_scope import ScopedSnippetViewSet
from finance.signals import barred_references_wanted


class MoneyViewSet(ScopedSnippetViewSet):
    """Quotes and invoices, but those kept from the reader. `reference_path` is the lookup from a row to its work's reference."""

    reference_path: str

    def hidden_from(self, user: Any) -> Iterator[Q]:
        answers: list[tuple[Any, Any]] = barred_references_wanted.send(sender=None, user=user)
        for _receiver, references in answers:
            yield Q(**{f"{self.reference_path}__in": references})
