"""Visits as entries of people's calendars."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.enums import Power
from alliance.models import School, User
from alliance.queries import schools_of
from diary.calendars import CalendarEntry, hours_of
from diary.enums import Half
from s2s_workflow.enums import VisitState
from s2s_workflow.models import Deployment, Visit


def entries(user: User | None, school: School | None, first: date, **kwargs: Any) -> list[CalendarEntry]:
    """A leader's own visits and those to the schools somebody books for; or all visits to one school. Cancelled ones stay."""
    visits = Visit.objects.filter(visit_date__gte=first)
    if user is not None:
        booked_for = schools_of(user, timezone.localdate(), Power.BOOK)
        visits = visits.filter(Q(deployment__leader__user=user) | Q(deployment__project__case__supported_school__in=booked_for))
    else:
        visits = visits.filter(deployment__project__case__supported_school=school)
    changed = Visit.history.filter(id=OuterRef("pk")).order_by("-history_date").values("history_date")[:1]
    visits = visits.annotate(changed_at=Subquery(changed)).select_related("deployment__project__case__supported_school")
    return [_entry(visit) for visit in visits]


def _entry(visit: Any) -> CalendarEntry:
    """A visit is never moved: it is cancelled, and another one planned."""
    deployment: Deployment = visit.deployment
    case = deployment.project.case
    starts_at, ends_at = hours_of(visit.visit_date, [Half(visit.half)] if visit.half else list(Half))
    is_cancelled = visit.state == VisitState.CANCELLED
    place = case.supported_school
    return CalendarEntry(
        uid=f"visit-{visit.pk}-{case.reference}@{settings.SITE_URL.partition('//')[2]}",
        sequence=int(is_cancelled),
        starts_at=starts_at,
        ends_at=ends_at,
        title=_("Visit to %(school)s") % {"school": case.school_name},
        place=", ".join(part for part in (place.name, place.town, place.postcode) if part) if place else "",
        url=settings.SITE_URL + reverse("portal:case", args=[case.reference]),
        updated_at=visit.changed_at or deployment.proposed_at,
        is_cancelled=is_cancelled,
    )
