"""The links around a page: menu, languages, way to sign in, foot of the page. All from the remembered tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import gettext as _

from website.tree import PageRow, page_tree, row_of_request
from website.wording import site_settings

NO_TRANSLATION = "no-translation"
"""In the query of a home page: the reader came from a page that is not in this language."""


@dataclass(frozen=True)
class Link:
    """
    A link of the masthead or the foot. `lang` is the language of where it leads; `note` is for screen readers.

    `is_icon_only` shows no more than the icon where the links stand in a row; the words are still read out.
    """

    title: Any
    url: str
    is_current: bool = False
    count: int = 0
    lang: str = ""
    icon: str = ""
    note: Any = ""
    is_icon_only: bool = False


def menu(request: HttpRequest) -> list[Link]:
    """The pages below the home page that editors put into menus and anybody may open."""
    tree = page_tree()
    home = tree.homes.get(translation.get_language() or "")
    rows = tree.children(home) if home else []
    return [Link(row.title, row.url, is_current=request.path.startswith(row.url)) for row in rows if row.in_menus and not row.is_restricted]


def is_signed_in(request: HttpRequest) -> bool:
    """Also for the error page of a request that failed before anybody was looked for."""
    return hasattr(request, "user") and request.user.is_authenticated


def tools(request: HttpRequest) -> list[Link]:
    """Search, the other languages, and the way in for people with an account."""
    links = [
        Link(_("Search"), reverse("website:search"), is_current=request.path == reverse("website:search"), icon="search", is_icon_only=True)
    ]
    links += other_languages(request)
    if is_signed_in(request):
        return [*links, Link(_("Your account"), resolve_url(settings.LOGIN_REDIRECT_URL))]
    return [*links, Link(_("Sign in"), resolve_url(settings.LOGIN_URL))]


def other_languages(request: HttpRequest) -> list[Link]:
    """
    The same page in each other language.

    Where a page has no translation the link leads to that language's home page, which then says why.
    """
    links = []
    row = row_of_request(request)
    for code, name in settings.LANGUAGES:
        if code != translation.get_language() and code in page_tree().homes:
            with translation.override(code):
                own_name = str(name)
            links.append(Link(own_name, _address_in(code, row, request), lang=code))
    return links


def below(row: PageRow, request: HttpRequest) -> str:
    """What the address asks for below its page, such as a leader of the directory: the same in every language."""
    return request.path[len(row.url) :] if request.path.startswith(row.url) else ""


def _address_in(language: str, row: PageRow | None, request: HttpRequest) -> str:
    tree = page_tree()
    if row is None:
        return translate_url(request.get_full_path(), language)
    translated = tree.translations(row).get(language)
    if translated and not translated.is_restricted:
        return translated.url + below(row, request)
    return f"{tree.homes[language].url}?from={NO_TRANSLATION}"


def alternates(request: HttpRequest) -> list[Link]:
    """The page in every language it has, itself too, with full addresses: for <link rel="alternate">."""
    row = row_of_request(request)
    if row is None or row.is_restricted:
        return []
    translations = page_tree().translations(row)
    if len(translations) == 1:
        return []
    return [
        Link(other.title, settings.SITE_URL + other.url + below(row, request), lang=code)
        for code, other in sorted(translations.items())
        if not other.is_restricted
    ]


def canonical(request: HttpRequest) -> str:
    """The page's one address: built from the site's, never from the request's host."""
    number = request.GET.get("page", "")
    return settings.SITE_URL + request.path + (f"?page={number}" if number.isdecimal() and number != "1" else "")


def foot(language: str) -> list[Link]:
    """Accessibility, privacy and contact, where the settings name the pages."""
    found = site_settings()
    rows = [page_tree().in_language(pk, language) for pk in (found.accessibility_page_id, found.privacy_page_id, found.contact_page_id)]
    return [Link(row.title, row.url) for row in rows if row]


def governors_brief(language: str) -> str:
    """The full address of the brief for governors (P9) in a language; empty where the settings name none that is live and open."""
    row = page_tree().in_language(site_settings().governors_page_id, language)
    return settings.SITE_URL + row.url if row and not row.is_restricted else ""


def trail(row: PageRow | None) -> list[PageRow]:
    """The pages above one, for breadcrumbs."""
    return page_tree().ancestors(row) if row else []
