"""The sections of the self-evaluation that forms offer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from health_checks.models import SefSection


def sections_in_use(statements: Iterable[dict[str, Any]] = ()) -> list[SefSection]:
    """
    Sections in use, in the site's own language, and those that statements refer to still: each titled as it is now.

    One that is gone from the list keeps the title that the statement has.
    """
    found = list(SefSection.objects.filter(locale__language_code=settings.LANGUAGE_CODE, is_in_use=True))
    known = {section.key for section in found}
    return [*found, *(SefSection(key=row["section"], title=row["title"]) for row in statements if row["section"] not in known)]
