"""Search over what is public in one language: pages, stories among them, and the leaders who agreed to be listed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from wagtail.models import Page

from common.access import PUBLIC, access
from website.leaders import directory, leaders_found
from website.tree import PageRow, page_tree

MOST_LETTERS = 100
PER_PAGE = 10
MOST_LEADERS = 6


@dataclass(frozen=True)
class Result:
    title: str
    url: str
    text: str
    trail: list[PageRow]


@access(PUBLIC)
def search(request: HttpRequest) -> HttpResponse:
    """Pages that anybody may open, live, in the language of the request; a very long query is cut."""
    words = " ".join(request.GET.get("q", "").split())[:MOST_LETTERS]
    found = Paginator(_found(words), PER_PAGE).get_page(request.GET.get("page"))
    found.object_list = [result for page in found.object_list if (result := _result(page))]
    leaders = leaders_found(words) if found.number == 1 else []
    context = {"words": words, "found": found, "most_letters": MOST_LETTERS, "leaders": leaders[:MOST_LEADERS]}
    return render(request, "website/search.html", {**context, "more_leaders": len(leaders) - MOST_LEADERS, "directory": directory()})


def _found(words: str) -> Any:
    """Restricted pages are left out twice: by Wagtail's own filter and by the remembered tree, which knows aliases."""
    tree = page_tree()
    home = tree.homes.get(translation.get_language() or "")
    terms = " ".join(re.findall(r"\w+", words))  # SQLite's search stumbles over a lone quotation mark
    if not terms or home is None:
        return Page.objects.none()
    closed = [row.pk for row in tree.by_id.values() if row.is_restricted]
    below_home = Page.objects.live().public().filter(path__startswith=home.path, depth__gt=len(home.path) // Page.steplen)
    return below_home.exclude(pk__in=closed).specific().search(terms)


def _result(page: Page) -> Result | None:
    """None for a page that another process published a moment ago: the tree here does not have it yet."""
    tree = page_tree()
    row = tree.by_id.get(page.pk)
    if row is None:
        return None
    text = page.search_description or getattr(page, "introduction", "")
    return Result(title=page.title, url=row.url, text=text, trail=tree.ancestors(row)[1:])
