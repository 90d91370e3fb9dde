"""Serve a page by the remembered tree: no query for the way to it, and one for the page itself the first time."""

from __future__ import annotations

from copy import copy

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import translation
from wagtail import views
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from common.access import PUBLIC, access
from website.freshness import per_content
from website.models import SitePage
from website.tree import PageRow, page_tree

MOST_PAGES = 200


@access(PUBLIC)
def serve_page(request: HttpRequest, path: str) -> HttpResponseBase:
    """Wagtail's own view, with the site and the route found beforehand. Wagtail checks who may see the page."""
    tree = page_tree()
    request._wagtail_site = tree.site  # type: ignore[attr-defined]  # Wagtail's own caches, here and below
    request._wagtail_cached_site_root_paths = tree.root_paths  # type: ignore[attr-defined]
    request._wagtail_route_for_request = _route(request, path)  # type: ignore[attr-defined]
    response: HttpResponseBase = views.serve(request, path)
    return response


def _route(request: HttpRequest, address: str) -> RouteResult | None:
    """
    The page at an address or, where none is live, whatever the nearest page above makes of the rest.

    A page decides by its `route()` as ever, so that pages with addresses of their own work.
    """
    tree = page_tree()
    language = translation.get_language()
    parts = address.split("/")[:-1]
    for length in range(len(parts), -1, -1):
        row = tree.by_address.get((language, "".join(f"{part}/" for part in parts[:length])))
        if row:
            page = _load(row)
            try:
                return page.route(request, parts[length:]) if page else None
            except Http404:
                return None
    return None


def _load(row: PageRow) -> Page | None:
    """The page, remembered where it is one of ours; a copy, since views may hang things on it."""
    pages = _remembered_pages()
    page = pages.get(row.pk)
    if page:
        return copy(page)
    model = ContentType.objects.get_for_id(row.content_type_id).model_class()
    if model is None:  # its plugin is gone
        return None
    if not issubclass(model, SitePage):
        return model._default_manager.filter(pk=row.pk).order_by().first()
    page = model.served().filter(pk=row.pk).order_by().first()
    if page:
        if len(pages) >= MOST_PAGES:
            pages.clear()
        pages[row.pk] = page
    return copy(page)


@per_content
def _remembered_pages() -> dict[int, SitePage]:
    return {}
