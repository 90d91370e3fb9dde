from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks

from alliance.access import person_of
from alliance.models import SchoolRole
from alliance.queries import leader_of
from outbox.kinds import MessageKind
from portal.admin_home import StartPanel
from portal.contributions import MenuLink
from portal.message_kinds import KINDS
from portal.permissions import is_staff_of_alliance, schools_spoken_for


@hooks.register("s2s_message_kinds")
def message_kinds() -> list[MessageKind]:
    return KINDS


@hooks.register("s2s_portal_menu")
def people_link(request: HttpRequest) -> list[MenuLink]:
    """For those who bring people in; for staff with the number of claims that wait."""
    user = person_of(request)
    if is_staff_of_alliance(user):
        return [MenuLink(_("People"), reverse("portal:people"), 700, count=SchoolRole.objects.claimed().count())]
    if schools_spoken_for(user, on=timezone.localdate()):
        return [MenuLink(_("People"), reverse("portal:people"), 700)]
    return []


@hooks.register("s2s_portal_menu")
def calendar_link(request: HttpRequest) -> list[MenuLink]:
    user = person_of(request)
    if is_staff_of_alliance(user):
        return [MenuLink(_("Calendar"), reverse("portal:calendar"), 300)]
    return [MenuLink(_("My diary"), reverse("portal:calendar"), 300)] if leader_of(user) else []


@hooks.register("construct_homepage_panels")
def start_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.insert(0, StartPanel(request))
