from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from common.actions import Actor, By, action
from health_checks.enums import DayState, Met, Verdict
from health_checks.models import Day, RecordText
from health_checks.permissions import leads_day
from health_checks.policies import RecordChanged, check_day_is, lock_day
from health_checks.record_text import brief_of_record

TEXTS = ("further_needs", "evidence", "next_steps")


@action
def save_record(
    *,
    day: Day,
    revision: int,
    verdicts: Mapping[str, Mapping[str, str]],
    outcomes: Mapping[str, Mapping[str, str]],
    texts: Mapping[str, str],
    by: By,
    at: datetime,
) -> RecordText:
    """
    Keep what a leader has written so far of the record; nothing is sent, and nothing of a draft goes into the history.

    `revision` is the one that was edited. Entries for what the agreed brief does not have, and unknown verdicts, are left out. Raises
    `PermissionDenied` unless by a leader of the day, `NotNow` once it is signed, and `RecordChanged` when somebody saved meanwhile.
    """
    day = lock_day(day)
    user = Actor.of(by).user
    if user is None or not user.is_active or not leads_day(user, day):
        raise PermissionDenied
    check_day_is(day, DayState.IN_PROGRESS)
    text = RecordText.objects.select_for_update(of=("self",)).get(record=day.pk)
    if text.revision != revision:
        raise RecordChanged(
            _("This record was saved elsewhere at %(time)s. What you wrote here is still on the page: compare before you save it.")
            % {"time": time_format(timezone.localtime(text.saved_at), "H:i") if text.saved_at else ""}
        )
    brief = brief_of_record(day)
    text.verdicts = _entries(verdicts, [row["id"] for row in brief.statements], "verdict", Verdict.values)
    text.outcomes = _entries(outcomes, [row["id"] for row in brief.outcomes], "met", Met.values)
    for name in TEXTS:
        setattr(text, name, str(texts.get(name, "")).strip())
    text.revision, text.saved_at = revision + 1, at
    text.clean_fields(exclude=["record"])
    text.skip_history_when_saving = True  # type: ignore[attr-defined]  # simple-history asks for it
    text.save()
    return text


def _entries(given: Mapping[str, Mapping[str, str]], known: list[str], field: str, values: list[str]) -> dict[str, Any]:
    found = {}
    for key in known:
        entry = given.get(key) or {}
        value, comment = str(entry.get(field, "")), str(entry.get("comment", "")).strip()
        if value in values or comment:
            found[key] = {field: value if value in values else "", "comment": comment[:2000]}
    return found
