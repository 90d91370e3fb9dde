"""Terms and closures of the local authority 991."""

from __future__ import annotations

from datetime import date
from typing import Any

from alliance.models import School
from diary.models import Closure, TermDate

CODE = "991"


def make_term(**values: Any) -> TermDate:
    """The autumn term of 2026 unless told otherwise."""
    given = {
        "local_authority_code": CODE, "academic_year": 2026, "name": "Autumn term", "first_day": date(2026, 9, 2), "last_day": date(2026, 12, 18),
    }  # fmt: skip
    return TermDate.objects.create(**{**given, **values})


def make_closure(*, school: School | None = None, **values: Any) -> Closure:
    """The authority's half term in autumn 2026 or, with `school`, a closure of that school alone."""
    given = {
        "local_authority_code": "" if school else CODE, "name": "Half term", "first_day": date(2026, 10, 26), "last_day": date(2026, 10, 30),
    }  # fmt: skip
    return Closure.objects.create(school=school, **{**given, **values})
