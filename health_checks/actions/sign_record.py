from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from cases.turns import synchronise_turns
from common.actions import Actor, By, action
from common.in_words import day_to_keep
from health_checks.enums import DayState
from health_checks.models import Day, Record, RecordText
from health_checks.moves import move_day
from health_checks.permissions import check_user_is
from health_checks.policies import NotReady, RecordChanged, check_day_is, lock_day
from health_checks.record_text import missing_in_record, sha256_of
from health_checks.telling import heads_of, tell
from health_checks.transitions import Mover


@action
def sign_record(*, day: Day, revision: int, names_no_pupil: bool, by: By, at: datetime) -> Record:
    """
    Sign the record as a leader of the day and hand it to the school, which signs last (H5). From here on nobody changes a word.

    `revision` is the one that was read. Raises `PermissionDenied`, `NotNow`, `RecordChanged`, `NotReady` saying what is missing, and
    `ValidationError` unless the leader says that no pupil can be recognised in it.
    """
    day = lock_day(day)
    check_user_is(by, Mover.LEADER, day.series, timezone.localdate(at), day)
    check_day_is(day, DayState.IN_PROGRESS)
    if not names_no_pupil:
        raise ValidationError({"names_no_pupil": _("Confirm that no pupil can be recognised in the record.")})
    record = Record.objects.select_for_update(of=("self",)).get(day=day)
    text = RecordText.objects.select_for_update(of=("self",)).get(record=record)
    if text.revision != revision:
        raise RecordChanged(_("The record was changed meanwhile. Read it again before you sign."))
    if missing := missing_in_record(day, text):
        raise NotReady(" ".join(missing))
    text.save()  # now it is more than a draft: the history has it
    record.signed_at, record.signed_by, record.sha256 = at, Actor.of(by).user, sha256_of(day, text)
    record.save()
    move_day(day, DayState.DELIVERED, by=by, at=at)
    record_event(
        day.series.case, N_("The record of %(day)s was handed to the school."), by=by, at=at, public=True, day=day_to_keep(day.date)
    )
    head_of_school = heads_of(day.series.case.supported_school, timezone.localdate(at))
    tell(day.series, head_of_school, N_("The record of a health check day waits for you to read and sign."), at=at)
    synchronise_turns(day.series.case, at=at)
    return record
