"""What was set for a day is published and taken off by the job runner."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.signals import post_save
from django.utils import timezone
from wagtail.models import Page, Revision

from common.jobs import due_jobs
from outbox.kinds import word_message
from outbox.models import OutboxMessage
from tests.factories.people import make_user
from tests.factories.website import make_home, make_standard
from website.models import StandardPage
from website.scheduled import NotDone, publish_scheduled

pytestmark = pytest.mark.django_db


def set_for(days: int, **values):
    page = make_standard(make_home(), live=False, **values)
    page.go_live_at = timezone.now() + timedelta(days=days)
    page.save_revision().publish()
    return page


def run(*, after: int) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=after)):
        publish_scheduled(timezone.now())


def live() -> set[str]:
    return set(StandardPage.objects.live().values_list("title", flat=True))


def test_the_job_runner_publishes_what_was_set_for_a_day():
    assert [job.run for job in due_jobs() if job.name == "scheduled publishing"] == [publish_scheduled]


def test_a_page_is_published_on_its_day_and_not_before():
    set_for(2, title="Autumn")

    before = live()
    run(after=1)
    early = live()
    run(after=3)

    assert (before, early, live()) == (set(), set(), {"Autumn"})


def test_a_page_is_taken_off_when_its_time_is_over():
    page = make_standard(make_home(), title="Autumn")
    page.expire_at = timezone.now() + timedelta(days=2)
    page.save_revision().publish()

    run(after=3)

    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)


def test_what_is_refused_holds_up_nothing_else_and_loses_its_day(monkeypatch):
    refused, _other = set_for(1, title="Refused"), set_for(2, title="Autumn")
    publish = StandardPage.publish

    def publish_or_refuse(self, *args, **kwargs):
        if self.pk == refused.pk:
            raise ValidationError("It lacks something.")
        return publish(self, *args, **kwargs)

    monkeypatch.setattr(StandardPage, "publish", publish_or_refuse)

    with pytest.raises(NotDone, match="It lacks something"):
        run(after=3)
    run(after=3)

    assert live() == {"Autumn"}
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_the_author_is_told_when_the_day_came_and_it_was_refused(monkeypatch):
    author, page = make_user(), make_standard(make_home(), title="Not yet for everybody", live=False)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(user=author).publish()

    def refuse(*args, **kwargs):
        raise PermissionDenied("Not by you.")

    monkeypatch.setattr(StandardPage, "publish", refuse)
    for _pass in range(2):
        with suppress(NotDone):
            run(after=2)

    message = OutboxMessage.objects.get()
    mail = word_message(message, at=timezone.now())
    assert (message.recipient, message.about.pk) == (author, page.pk)
    assert (mail.subject, f"/admin/pages/{page.pk}/edit/" in mail.body) == ("Not done on its day: “standard page”", True)
    assert "Not yet" not in mail.body


def test_what_fails_otherwise_is_tried_again(monkeypatch):
    set_for(1, title="Autumn")
    with monkeypatch.context() as broken:
        broken.setattr(StandardPage, "publish", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(NotDone):
            run(after=2)

    run(after=2)

    assert live() == {"Autumn"}


def test_a_revision_of_a_plugin_that_is_off_holds_up_nothing_else():
    page = set_for(1, title="Autumn")
    gone = ContentType.objects.create(app_label="gone", model="record")
    Revision.objects.create(
        content_type=gone, base_content_type=gone, object_id="1", content={}, object_str="x",
        approved_go_live_at=page.go_live_at - timedelta(hours=1),
    )  # fmt: skip

    with pytest.raises(NotDone, match="Revision"):
        run(after=2)

    assert live() == {"Autumn"}


@pytest.mark.parametrize("refusal", [ValidationError("It lacks something."), PermissionDenied("Not by you.")])
def test_what_may_not_be_taken_off_stays_and_loses_its_day(monkeypatch, refusal):
    page = make_standard(make_home(), title="Autumn")
    page.expire_at = timezone.now() + timedelta(days=2)
    page.save_revision().publish()

    def refuse(*args, **kwargs):
        raise refusal

    monkeypatch.setattr(Page, "unpublish", refuse)
    with pytest.raises(NotDone):
        run(after=3)
    run(after=3)

    page.refresh_from_db()
    assert (page.live, page.expire_at) == (True, None)


def test_who_published_it_is_told_that_it_could_not_be_taken_off_and_it_stays():
    author, page = make_user(), make_standard(make_home(), title="Autumn")
    page.expire_at = timezone.now() + timedelta(days=2)
    page.save_revision(user=author).publish()
    page.save_revision(user=make_user())

    def refuse_once_it_is_off(instance, **kwargs):
        if not instance.live:
            raise PermissionDenied("Not by you.")

    post_save.connect(refuse_once_it_is_off, sender=Page)
    try:
        with pytest.raises(NotDone, match="Not by you"):
            run(after=3)
    finally:
        post_save.disconnect(refuse_once_it_is_off, sender=Page)

    page.refresh_from_db()
    message = OutboxMessage.objects.get()
    assert (page.live, page.live_revision.user, message.recipient) == (True, author, author)
    assert "“Autumn”" in word_message(message, at=timezone.now()).subject
