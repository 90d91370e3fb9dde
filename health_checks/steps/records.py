"""The brief, the start of the day, and its record: signed by the leader, then by the school, which owns it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.models import User
from health_checks.actions.agree_brief import agree_brief
from health_checks.actions.share_record import share_record
from health_checks.actions.sign_off_day import sign_off_day
from health_checks.actions.sign_record import sign_record
from health_checks.actions.start_day import start_day
from health_checks.actions.stop_sharing_record import stop_sharing_record
from health_checks.actions.write_brief import write_brief
from health_checks.enums import COMING, Audience, DayState
from health_checks.forms.briefs import BriefForm, initial_of
from health_checks.forms.changes import SignOffForm, SignRecordForm, VersionForm
from health_checks.models import Day, RecordShare, Series
from health_checks.policies import missing_in
from health_checks.record_text import missing_in_record, outcomes_found, statements_found
from health_checks.standing import reader_of
from health_checks.steps.base import Step, days_of, latest_brief, mover
from health_checks.transitions import Mover

DAYS = "days"


def _is_head(user: User, series: Series, target: Any, on: date) -> bool:
    return reader_of(user, series, on).is_head


def _is_a_side(user: User, series: Series, day: Day, on: date) -> bool:
    """A side of the brief that has not agreed yet."""
    brief, reader = latest_brief(day), reader_of(user, series, on)
    if brief is None:
        return False
    if reader.leads(day):
        return reader.comes(day) and brief.leader_agreed_at is None
    return reader.books and brief.school_agreed_at is None


def _comes(user: User, series: Series, day: Day, on: date) -> bool:
    return reader_of(user, series, on).comes(day)


def _brief(series: Series, day: Day) -> dict[str, Any]:
    brief = latest_brief(day)
    return {"day": day, "brief": brief, "missing": missing_in(brief)}


def record_context(series: Series, day: Day) -> dict[str, Any]:
    """A record as its readers see it: each statement and outcome with what was found."""
    text = day.record.text
    return {
        "day": day,
        "record": day.record,
        "text": text,
        "statements": statements_found(day, text),
        "outcomes": outcomes_found(day, text),
        "missing": missing_in_record(day, text),
    }


def _shares(series: Series) -> Any:
    return RecordShare.objects.standing().filter(record__day__series=series).select_related("record__day__series__case")


def _share(audience: Audience) -> Any:
    return lambda doing: share_record(day=doing.target, audience=audience, by=doing.user, at=doing.at)


def _not_shared(audience: Audience) -> Any:
    def ready(series: Series, day: Day) -> bool:
        shared = (
            {share.audience for share in day.record.shares.all() if share.revoked_at is None} if day.state == DayState.SIGNED_OFF else ()
        )
        return day.state == DayState.SIGNED_OFF and audience not in shared

    return ready


STEPS = [
    Step(
        slug="edit-brief",
        tab=DAYS,
        label=_("Write the brief"),
        button=_("Save the brief"),
        explanation=_("Both sides write here. After a change both agree to it again; the day starts once both have."),
        done=_("The brief was saved. Both sides agree to it now."),
        act=lambda doing: write_brief(
            day=doing.target,
            version=doing.data["version"],
            area=doing.data["area"],
            statements=doing.data["statements"],
            activities=doing.data["activities"],
            outcomes=doing.data["outcomes"],
            by=doing.user,
            at=doing.at,
        ),
        who=mover(Mover.ANYBODY),
        form=BriefForm,
        targets=days_of,
        ready=lambda series, day: day.state in COMING,
        initial=lambda series, day: initial_of(latest_brief(day)),
        context=_brief,
        template="health_checks/steps/brief.html",
    ),
    Step(
        slug="agree-brief",
        tab=DAYS,
        label=_("Agree to the brief"),
        done=_("You agreed to the brief."),
        act=lambda doing: agree_brief(day=doing.target, version=doing.data["version"], by=doing.user, at=doing.at),
        who=_is_a_side,
        form=VersionForm,
        targets=days_of,
        ready=lambda series, day: day.state in COMING and not missing_in(latest_brief(day)),
        initial=lambda series, day: {"version": brief.version} if (brief := latest_brief(day)) else {},
        context=_brief,
        template="health_checks/steps/agree.html",
    ),
    Step(
        slug="start-day",
        tab=DAYS,
        label=_("Start the day"),
        explanation=_("The record begins: you can write it on your phone as you go."),
        done=_("The day has begun. Write the record as you go; it is kept as you type."),
        act=lambda doing: start_day(day=doing.target, by=doing.user, at=doing.at),
        who=_comes,
        targets=days_of,
        ready=lambda series, day: day.state == DayState.READY and day.date <= timezone.localdate(),
        context=_brief,
        template="health_checks/steps/agree.html",
    ),
    Step(
        slug="sign-record",
        tab=DAYS,
        label=_("Sign the record"),
        button=_("Sign and hand to the school"),
        explanation=_("Nobody can change it afterwards. The school reads it, may add a comment, and signs last."),
        done=_("The record was handed to the school."),
        act=lambda doing: sign_record(
            day=doing.target,
            revision=doing.data["revision"],
            names_no_pupil=doing.data["names_no_pupil"],
            by=doing.user,
            at=doing.at,
        ),
        who=mover(Mover.LEADER),
        form=SignRecordForm,
        targets=days_of,
        ready=lambda series, day: day.state == DayState.IN_PROGRESS,
        initial=lambda series, day: {"revision": day.record.text.revision},
        context=record_context,
        template="health_checks/steps/sign_record.html",
    ),
    Step(
        slug="sign-off",
        tab=DAYS,
        label=_("Sign the record"),
        button=_("Sign for the school"),
        explanation=_("With your signature the record is your school’s. Nobody else reads it unless you share it."),
        done=_("The record is yours. You find it here, with the evidence pack."),
        act=lambda doing: sign_off_day(
            day=doing.target, sha256=doing.data["sha256"], comment=doing.data["comment"], by=doing.user, at=doing.at
        ),
        who=_is_head,
        form=SignOffForm,
        targets=days_of,
        ready=lambda series, day: day.state in (DayState.DELIVERED, DayState.NOT_SIGNED),
        initial=lambda series, day: {"sha256": day.record.sha256},
        context=record_context,
        template="health_checks/steps/sign_record.html",
        needs_fresh_sign_in=True,
    ),
    Step(
        slug="share-with-alliance",
        tab=DAYS,
        label=_("Share the record with the alliance"),
        explanation=_("Its S2S leads and brokers can read it then. You can take that back."),
        done=_("The record is shared with the alliance."),
        act=_share(Audience.ALLIANCE),
        who=_is_head,
        targets=days_of,
        ready=_not_shared(Audience.ALLIANCE),
        template="health_checks/steps/on_day.html",
    ),
    Step(
        slug="share-with-leaders",
        tab=DAYS,
        label=_("Share the record with the leaders of the day"),
        explanation=_("They can read it again then. You can take that back."),
        done=_("The record is shared with the leaders of the day."),
        act=_share(Audience.LEADERS),
        who=_is_head,
        targets=days_of,
        ready=_not_shared(Audience.LEADERS),
        template="health_checks/steps/on_day.html",
    ),
    Step(
        slug="stop-sharing",
        tab=DAYS,
        label=_("Stop sharing"),
        done=_("The record is shared with them no more."),
        act=lambda doing: stop_sharing_record(share=doing.target, by=doing.user, at=doing.at),
        who=_is_head,
        targets=_shares,
        template="health_checks/steps/on_share.html",
    ),
]
