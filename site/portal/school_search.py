"""Finding a school by typing, without JavaScript."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from alliance.models import School
from portal.people_forms import SchoolSearchForm

MOST_SHOWN = 20


def search_schools(request: HttpRequest) -> dict[str, Any]:
    """What the search part of a page needs: the form, the schools found and whether there are more than are shown."""
    text = request.GET.get("q", "")[:100].strip()
    found = list(School.objects.found_by(text).order_by("name", "urn")[: MOST_SHOWN + 1]) if text else []
    form = SchoolSearchForm({"q": text}) if "q" in request.GET else SchoolSearchForm()
    return {"search_form": form, "searched": text, "found": found[:MOST_SHOWN], "there_are_more": len(found) > MOST_SHOWN}
