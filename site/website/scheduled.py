"""Pages and snippets that were set for a day: published, and taken off, by the job runner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from wagtail.models import DraftStateMixin, Page, Revision

from common.actions import Refusal
from outbox.actions.write_message import write_message
from website.message_kinds import SCHEDULE_REFUSED


class NotDone(Exception):
    """Something that was due could not be published or taken off; the message names each with the reason."""


def publish_scheduled(at: datetime) -> None:
    """
    Take off what ends by `at`, then publish what was approved for a moment up to then.

    Wagtail's own command stops at the first that is refused. Here each is done by itself and holds up no other. A day that was set goes
    with a refusal, or it would be refused at every pass, and its author is told; any other error is tried again. Raises `NotDone` once
    all were tried.
    """
    problems = [*_tried(_ended(at), _take_off, at), *_tried(_begun(at), _publish, at)]
    if problems:
        raise NotDone("; ".join(problems))


def _ended(at: datetime) -> Iterator[Any]:
    drafts = [model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)]
    for model in (Page, *drafts):
        yield from list(model.objects.filter(live=True, expire_at__lt=at).order_by("expire_at", "pk"))


def _begun(at: datetime) -> Iterable[Any]:
    return list(Revision.objects.filter(approved_go_live_at__lt=at).order_by("approved_go_live_at", "pk"))


REFUSED = (Refusal, ValidationError, PermissionDenied)


def _take_off(found: Any, at: datetime) -> None:
    revision = found.live_revision or found.latest_revision
    try:
        with transaction.atomic():
            found.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    except REFUSED:
        with transaction.atomic():
            found.refresh_from_db()  # what was tried changed it
            found.expire_at = None
            found.save()
            _tell(revision, at)
        raise


def _publish(revision: Any, at: datetime) -> None:
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except REFUSED:
        with transaction.atomic():
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            _tell(revision, at)
        raise


def _tell(revision: Any, at: datetime) -> None:
    """What was refused shows to whoever publishes, or takes off, by hand; a mail holds no more than where to look."""
    if revision is not None and revision.user is not None:
        write_message(kind=SCHEDULE_REFUSED, about=revision.content_object, to=revision.user, at=at)


def _tried(found: Iterable[Any], act: Callable[[Any, datetime], None], at: datetime) -> Iterator[str]:
    for one in found:
        try:
            act(one, at)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one must not hold up the others
            yield f"{type(one).__name__} {one.pk}: {type(error).__name__}: {error}"
