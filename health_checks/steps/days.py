"""The days before they are booked: left out, put back, on another date; the school's yes to the quote, and what it says at the end."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from finance.cancellation import bands_in_words
from health_checks.actions.accept_quote import accept_quote
from health_checks.actions.ask_for_more_support import ask_for_more_support
from health_checks.actions.change_day import change_day
from health_checks.actions.give_feedback import give_feedback
from health_checks.actions.put_day_back import put_day_back
from health_checks.actions.skip_day import CHANGEABLE, skip_day
from health_checks.enums import WANTED, DayState, SeriesState
from health_checks.forms.changes import AcceptQuoteForm, FeedbackForm, ReasonForm
from health_checks.forms.dates import FreeDateForm
from health_checks.models import Series
from health_checks.steps.base import Step, days_of, mover
from health_checks.transitions import Mover

DAYS = "days"


def _changeable(*states: DayState) -> Any:
    return lambda series, day: series.state in CHANGEABLE and day.state in states


def _quote(series: Series, target: Any) -> dict[str, Any]:
    offered = series.offered
    return {
        "quote": offered,
        "lines": list(offered.lines.select_related("leader__user", "discount_rate").order_by("position")) if offered else [],
        "policy": bands_in_words(offered.cancellation_policy) if offered and offered.cancellation_policy else [],
        "expires_on": series.quote_expires_on,
    }


STEPS = [
    Step(
        slug="accept-quote",
        tab=DAYS,
        label=_("Accept the quote"),
        button=_("Accept and book"),
        done=_("Your days are booked. We sent an entry for your calendar."),
        act=lambda doing: accept_quote(
            series=doing.subject, version=doing.data["version"], po_number=doing.data["po_number"], by=doing.user, at=doing.at
        ),
        who=mover(Mover.SCHOOL),
        form=AcceptQuoteForm,
        ready=lambda series, target: series.state == SeriesState.QUOTED,
        initial=lambda series, target: {"version": series.offered.version if series.offered else None, "po_number": series.po_number},
        context=_quote,
        template="health_checks/steps/accept.html",
    ),
    Step(
        slug="change-date",
        tab=DAYS,
        label=_("Ask for another date"),
        done=_("The day is asked for on the new date."),
        act=lambda doing: change_day(day=doing.target, to=doing.data["date"], by=doing.user, at=doing.at),
        who=mover(Mover.SCHOOL_OR_STAFF),
        form=FreeDateForm,
        targets=days_of,
        ready=_changeable(*WANTED, DayState.SKIPPED),
        context=lambda series, day: {"day": day},
        template="health_checks/steps/date.html",
    ),
    Step(
        slug="leave-out",
        tab=DAYS,
        label=_("Leave this day out"),
        done=_("The day was left out. It can be put back."),
        act=lambda doing: skip_day(day=doing.target, by=doing.user, at=doing.at, reason=doing.data["reason"]),
        who=mover(Mover.SCHOOL_OR_STAFF),
        form=ReasonForm,
        targets=days_of,
        ready=_changeable(*WANTED),
        template="health_checks/steps/on_day.html",
        is_danger=True,
    ),
    Step(
        slug="put-back",
        tab=DAYS,
        label=_("Put this day back"),
        done=_("The day is asked for again."),
        act=lambda doing: put_day_back(day=doing.target, by=doing.user, at=doing.at),
        who=mover(Mover.SCHOOL_OR_STAFF),
        targets=days_of,
        ready=_changeable(DayState.SKIPPED),
        template="health_checks/steps/on_day.html",
    ),
    Step(
        slug="feedback",
        tab=DAYS,
        label=_("Say how useful the day was"),
        done=_("Thank you for telling us."),
        act=lambda doing: give_feedback(
            day=doing.target, usefulness=doing.data["usefulness"], text=doing.data["text"], by=doing.user, at=doing.at
        ),
        who=mover(Mover.SCHOOL),
        form=FeedbackForm,
        targets=days_of,
        ready=lambda series, day: day.state == DayState.SIGNED_OFF and not hasattr(day, "feedback"),
        template="health_checks/steps/on_day.html",
    ),
    Step(
        slug="more-support",
        tab=DAYS,
        label=_("We would like more support"),
        explanation=_("Your S2S lead is told and gets in touch. You can also send a request for support yourself."),
        done=_("The alliance was told."),
        act=lambda doing: ask_for_more_support(series=doing.subject, by=doing.user, at=doing.at),
        who=mover(Mover.SCHOOL),
        ready=lambda series, target: series.supports_asked_at is None and series.days.filter(state=DayState.SIGNED_OFF).exists(),
        template="health_checks/steps/more_support.html",
    ),
]
