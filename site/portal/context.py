"""What every portal page shows: its menu, and what is a system leader's alone. Lazy: a page that does not show it asks nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from alliance.access import person_of
from alliance.queries import leader_of
from portal.menu import portal_menu


def portal(request: HttpRequest) -> dict[str, Any]:
    return {
        "portal_menu": SimpleLazyObject(lambda: portal_menu(request)),
        "portal_is_leader": SimpleLazyObject(lambda: leader_of(person_of(request)) is not None),
    }
