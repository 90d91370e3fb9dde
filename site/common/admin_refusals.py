"""What the admin shows when an action or a model refuses: its sentence, where Django would show an error page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.admin.modal_workflow import render_modal_workflow

from common.actions import Refusal


class RefusalMiddleware:
    """
    Tell a `Refusal` that a view of Wagtail's let through, on the page that its reader came from.

    Wagtail publishes and approves from many views that know nothing of refusals. Views of our own tell theirs themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        home = reverse("wagtailadmin_home")
        if not isinstance(exception, Refusal) or not request.path.startswith(home):
            return None
        messages.error(request, str(exception))
        return leave_for(request, _came_from(request) or home)


def _came_from(request: HttpRequest) -> str:
    """The page that sent the form, if it is one of this site and not the address that refused."""
    referrer = request.headers.get("referer", "")
    is_ours = url_has_allowed_host_and_scheme(referrer, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return referrer if is_ours and referrer != request.build_absolute_uri() else ""


def leave_for(request: HttpRequest, url: str) -> HttpResponseBase:
    """To another page, from a page or from a modal window over one."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        modal: HttpResponseBase = render_modal_workflow(request, "", None, {}, json_data={"step": "success", "redirect": url})
        return modal
    return redirect(url)
