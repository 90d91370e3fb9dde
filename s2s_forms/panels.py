"""The panels of the signed-in home that lead schools to the request, and staff to that by telephone."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone, translation

from alliance.access import ALLIANCE_STAFF_ROLES, person_of
from alliance.enums import Power
from alliance.queries import schools_of
from alliance.roles import has_role
from portal.contributions import Panel
from s2s_forms.models import RequestPage
from website.tree import PageRow, page_tree


def request_panel(request: HttpRequest) -> list[Panel]:
    """For whoever may ask for support on a school's behalf, while a request page is live."""
    if not schools_of(person_of(request), on=timezone.localdate(), power=Power.BOOK):
        return []
    row = _request_page()
    return [Panel("s2s_forms/panel.html", {"url": row.url}, order=100)] if row else []


def telephone_panel(request: HttpRequest) -> list[Panel]:
    """For staff, who take requests by telephone while a request page is live."""
    if not has_role(person_of(request), *ALLIANCE_STAFF_ROLES):
        return []
    row = _request_page()
    return [Panel("s2s_forms/telephone_panel.html", {"page": row.pk}, order=600)] if row else []


def _request_page() -> PageRow | None:
    """The first in the tree, in the reader's language where it has been translated."""
    first = RequestPage.objects.live().order_by("path").values_list("pk", flat=True).first()
    return page_tree().in_language(first, translation.get_language() or settings.LANGUAGE_CODE)
