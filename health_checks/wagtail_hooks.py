"""What health check days add: tabs, the admin, messages, jobs, the demo, what they hold on a person."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from alliance.access import person_of
from alliance.enums import Power
from alliance.queries import schools_of
from alliance.roles import has_role
from cases.contributions import CaseTab
from cases.models import Case
from common.actions import Actor
from common.demo import World
from common.jobs import DueJob
from common.retention import RetentionRule
from health_checks.actions.expire_quotes import expire_quotes
from health_checks.actions.remind_of_days import remind_of_days
from health_checks.demo import load_demo
from health_checks.message_kinds import KINDS
from health_checks.permissions import STAFF_ROLES
from health_checks.personal_data import erase_health_check_data, export_health_check_data
from health_checks.retention import RULES
from health_checks.tabs import tabs_of
from health_checks.viewsets.sections import HealthChecksGroup
from outbox.kinds import MessageKind
from portal.contributions import MenuLink

QUOTES, REMINDERS = "health check quotes", "health check reminders"

register_snippet(HealthChecksGroup)


@hooks.register("s2s_case_tabs")
def case_tabs(request: HttpRequest, case: Case) -> list[CaseTab]:
    return tabs_of(request, case)


@hooks.register("s2s_portal_menu")
def menu(request: HttpRequest) -> list[MenuLink]:
    """Booking for those who book for a school; anybody else begins on the public page. The numbers for staff."""
    user = person_of(request)
    links = []
    if schools_of(user, timezone.localdate(), Power.BOOK):
        links.append(MenuLink(_("Book a health check"), reverse("health_checks:book"), 400))
    if has_role(user, *STAFF_ROLES):
        links.append(MenuLink(_("Health checks in numbers"), reverse("health_checks:report"), 650))
    return links


@hooks.register("s2s_message_kinds")
def message_kinds() -> list[MessageKind]:
    return KINDS


@hooks.register("s2s_due_jobs")
def due_jobs() -> list[DueJob]:
    return [
        DueJob(QUOTES, lambda at: expire_quotes(by=Actor.job(QUOTES), at=at), every=timedelta(minutes=15)),
        DueJob(REMINDERS, lambda at: remind_of_days(by=Actor.job(REMINDERS), at=at), every=timedelta(hours=1)),
    ]


@hooks.register("s2s_load_demo")
def load_demo_days(world: World) -> None:
    load_demo(world)


@hooks.register("s2s_retention")
def retention() -> list[RetentionRule]:
    return RULES


hooks.register("s2s_export_personal_data", export_health_check_data)
hooks.register("s2s_erase_personal_data", erase_health_check_data)
