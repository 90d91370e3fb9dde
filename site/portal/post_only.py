"""A page for whoever opens an address that only takes a form: by a bookmark, by Back, or after signing in."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _


class PostOnlyMiddleware:
    """Put a page that leads back in place of the empty answer 405, which it stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        address, label = _way_back(request)
        page = render(request, "405.html", {"back": address, "back_label": label}, status=HTTPStatus.METHOD_NOT_ALLOWED)
        for name, value in response.items():  # Allow, and what keeps a private page private
            if name != "Content-Type":
                page[name] = value
        page["Cache-Control"] = "private, no-store"
        return page


def _way_back(request: HttpRequest) -> tuple[str, str]:
    """The page that has the form. It checks its reader itself, so nothing is asked here of the case or the link."""
    match = request.resolver_match
    given: dict[str, Any] = match.kwargs if match else {}
    if match and match.url_name and match.url_name.startswith("follow_"):
        return reverse("follow", args=[given["token"]]), _("Go back to your request")
    if "reference" in given:
        return reverse("portal:case", args=[given["reference"]]), _("Go back to the case")
    if request.user.is_authenticated:
        return reverse("portal:home"), _("Go to your start page")
    return "/", _("Go to the home page")
