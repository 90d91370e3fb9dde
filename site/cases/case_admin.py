"""The base of every viewset whose rows belong to a case: whoever is barred from a case finds nothing of it in the admin either."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from cases.barred import cases_barred_to
from common.admin_scope import ScopedSnippetViewSet


class CaseRecordViewSet(ScopedSnippetViewSet):
    """Leaves out the rows of cases that the reader is barred from (W3). `case_path` is the lookup from a row to the key of its case."""

    case_path = "case"

    def hidden_from(self, user: Any) -> Iterator[Q]:
        for barred in cases_barred_to(user):
            yield Q(**{f"{self.case_path}__in": barred})
