"""One's own calendar feed, and those of the schools one books for: made, renewed and revoked. The address is shown once."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.access import person_of
from alliance.enums import Power
from alliance.models import SchoolRole, User
from alliance.queries import live_school_roles
from cases.forms import OnceForm
from common.access import SIGNED_IN, access
from common.form_flow import FormRefused, act_once
from diary.actions.make_calendar_feed import make_calendar_feed
from diary.actions.revoke_calendar_feed import revoke_calendar_feed
from diary.feeds import feed_of

MINE = "me"


@access(SIGNED_IN)
def feeds(request: HttpRequest) -> HttpResponseBase:
    """A post makes or revokes the feed it names; a fresh address is shown on the page that answers it, and never again."""
    user = person_of(request)
    booking = [role for role in live_school_roles(user, timezone.localdate()) if Power.BOOK in role.kind.powers]
    subjects: dict[str, User | SchoolRole] = {MINE: user, **{role.school_id: role for role in booking}}
    made: dict[str, str] = {}
    if request.method == "POST":
        key = request.POST.get("feed", "")
        if key not in subjects:
            raise Http404
        if _act(request, subjects[key], key, made) and not made:
            return redirect("portal_calendar_feeds")
    rows = [
        {
            "key": key,
            "subject": None if isinstance(subject, User) else subject.school,
            "feed": feed_of(subject),
            "address": made.get(key, ""),
            "form": OnceForm(),
        }
        for key, subject in subjects.items()
    ]
    response: HttpResponse = render(request, "portal/account/calendar.html", {"rows": rows})
    return response


def _act(request: HttpRequest, subject: User | SchoolRole, key: str, made: dict[str, str]) -> bool:
    """Whether it was done; `made` gets the address of a new feed."""

    def act() -> None:
        user, now = person_of(request), timezone.now()
        if "revoke" in request.POST:
            revoke_calendar_feed(subject=subject, by=user, at=now)
        else:
            made[key] = settings.SITE_URL + reverse("calendar_feed", args=[make_calendar_feed(subject=subject, by=user, at=now)])

    done = _("The address no longer works.") if "revoke" in request.POST else _("Here is the address. Copy it now: it is not shown again.")
    try:
        act_once(request, OnceForm(request.POST), act, done=done)
    except FormRefused:
        return False
    return True
