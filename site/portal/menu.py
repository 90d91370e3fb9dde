"""The portal's menu: the core's links and those of plugins, for this reader."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks

from alliance.access import person_of
from cases.models import Turn
from portal.contributions import MenuLink
from portal.homes import has_cases, has_turns, homes_of
from website.navigation import Link


@dataclass(frozen=True)
class PortalMenu:
    """`links` are where the work is, `tools` the admin and the reader's own profile."""

    links: list[Link]
    tools: list[Link]


def portal_menu(request: HttpRequest) -> PortalMenu:
    today = timezone.localdate()
    homes = homes_of(person_of(request), on=today)
    links = []
    if has_turns(homes):
        turns = Turn.objects.of(person_of(request), on=today).count()
        links.append(MenuLink(_("Your turn"), reverse("portal:home"), 100, count=turns))
    if has_cases(homes, person_of(request), on=today):
        links.append(MenuLink(_("Cases"), reverse("portal:cases"), 200))
    for hook in hooks.get_hooks("s2s_portal_menu"):
        links += hook(request)
    tools = []
    if person_of(request).has_perm("wagtailadmin.access_admin"):
        tools.append(Link(_("Admin"), reverse("wagtailadmin_home")))
    tools.append(
        Link(
            person_of(request).get_short_name(),
            reverse("portal_profile"),
            is_current=request.path == reverse("portal_profile"),
            icon="person",
        )
    )
    return PortalMenu([_link(request, link) for link in sorted(links, key=lambda link: link.order)], tools)


def _link(request: HttpRequest, link: MenuLink) -> Link:
    is_home = link.url == reverse("portal:home")
    is_current = request.path == link.url if is_home else request.path.startswith(link.url)
    return Link(link.label, link.url, is_current=is_current, count=link.count)
