"""What every template may ask of the website. Lazy: a page that does not ask costs nothing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import cached_property

from website import navigation
from website.contacts import Contact, contacts
from website.theme import theme_url
from website.tree import PageRow, page_tree, row_of_request
from website.wording import Logo, Wording, logo, site_settings, wording


class Website:
    """`{{ website.name }}`, `{{ website.menu }}` and the rest, in the language of the request."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def language(self) -> str:
        return translation.get_language() or settings.LANGUAGE_CODE

    @cached_property
    def _wording(self) -> Wording:
        return wording(self.language)

    @property
    def name(self) -> str:
        return self._wording.name

    @property
    def strapline(self) -> str:
        return self._wording.strapline

    @property
    def telephone_hours(self) -> str:
        return self._wording.telephone_hours

    @property
    def takes_comments(self) -> bool:
        return site_settings().takes_comments

    @property
    def logo(self) -> Logo | None:
        return logo()

    @property
    def theme_url(self) -> str:
        return theme_url()

    @property
    def home_url(self) -> str:
        home = page_tree().homes.get(self.language)
        return home.url if home else "/"

    @cached_property
    def place(self) -> tuple[int | str, bool]:
        """What the links around a page depend on, besides the language: where one is, and whether one is signed in."""
        row = row_of_request(self.request)
        return row.pk if row else self.request.get_full_path(), navigation.is_signed_in(self.request)

    @cached_property
    def live_page(self) -> int | None:
        """What the words of the live page that was asked for are remembered by; None elsewhere, and in a preview of a draft."""
        row = row_of_request(self.request)
        return row.pk if row else None

    @cached_property
    def menu(self) -> list[navigation.Link]:
        return navigation.menu(self.request)

    @cached_property
    def tools(self) -> list[navigation.Link]:
        return navigation.tools(self.request)

    @cached_property
    def other_languages(self) -> list[navigation.Link]:
        return navigation.other_languages(self.request)

    @cached_property
    def alternates(self) -> list[navigation.Link]:
        return navigation.alternates(self.request)

    @cached_property
    def canonical(self) -> str:
        return navigation.canonical(self.request)

    @property
    def social_locale(self) -> str:
        """As Open Graph writes a language: en_GB."""
        return translation.to_locale(self.language)

    @cached_property
    def foot(self) -> list[navigation.Link]:
        return navigation.foot(self.language)

    @cached_property
    def trail(self) -> list[PageRow]:
        return navigation.trail(row_of_request(self.request))

    @cached_property
    def contacts(self) -> list[Contact]:
        return contacts()

    @property
    def came_without_translation(self) -> bool:
        return self.request.GET.get("from") == navigation.NO_TRANSLATION


def website(request: HttpRequest) -> dict[str, Any]:
    return {"website": Website(request)}
