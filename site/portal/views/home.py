"""The signed-in home: whose turn it is, and what each role comes for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from wagtail import hooks

from alliance.access import person_of
from alliance.queries import leader_of, live_school_roles
from alliance.roles import user_roles
from cases.models import Case, Turn
from common.access import SIGNED_IN, access
from portal.homes import claims_of, first_steps, has_cases, has_turns, homes_of
from portal.permissions import is_staff_of_alliance
from website.contacts import contact_for

CLAIMS_CONTACT = "s2s-lead"


@access(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    person = person_of(request)
    visible = Case.objects.visible_to(person, on=today).open()
    homes = homes_of(person, on=today)
    claims = claims_of(person)
    context = {
        "homes": homes,
        "first_steps": first_steps(homes),
        "has_turns": has_turns(homes),
        "has_cases": has_cases(homes, person, on=today),
        "turns": list(Turn.objects.of(person, on=today).select_related("case__supported_school")[:50]),
        "panels": sorted(
            (panel for hook in hooks.get_hooks("s2s_dashboard_panels") for panel in hook(request)), key=lambda panel: panel.order
        ),
        "cases": list(visible.select_related("supported_school", "owner")[:6]),
        "is_staff_of_alliance": is_staff_of_alliance(person),
        "roles": sorted(role.label for role in user_roles(person)) if not person.is_superuser else [],
        "school_roles": live_school_roles(person, today),
        "claims": claims,
        "contact": contact_for(CLAIMS_CONTACT) if claims else None,
        "leader": leader_of(person),
        "today": today,
    }
    return render(request, "portal/home.html", context)
