"""What nobody needs any more goes by itself, at its time and not before, and can be counted first."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from common import retention
from common.jobs import due_jobs
from common.links import links_made, make_link, use_link
from common.models import FormUse, SignedLink
from common.retention import RetentionRule, delete_what_is_over
from common.retention_rules import FORM_KEYS_KEPT, OVER_LINKS_KEPT
from tests.conftest import NOON
from tests.factories.alliance import SchoolFactory

pytestmark = pytest.mark.django_db
LATER = NOON + OVER_LINKS_KEPT
A_SECOND = timedelta(seconds=1)


def form_use(**values) -> FormUse:
    return FormUse.objects.create(key=uuid.uuid4(), **{"used_at": NOON, **values})


def link(**values) -> SignedLink:
    with links_made() as links:
        make_link(purpose="follow", subject=SchoolFactory(), **{"at": NOON, **values})
    return links[0]


def test_form_keys_go_after_their_time():
    old, young = form_use(), form_use(used_at=NOON + timedelta(hours=1))

    delete_what_is_over(NOON + FORM_KEYS_KEPT + A_SECOND)

    assert list(FormUse.objects.all()) == [young]
    assert old != young


def test_links_go_some_time_after_they_are_over():
    expired, revoked, used_up = link(expires_at=NOON), link(), link(max_uses=1)
    revoked.revoked_at = NOON
    revoked.save()
    use_link(link=used_up)

    delete_what_is_over(LATER)
    assert SignedLink.objects.count() == 3

    delete_what_is_over(LATER + A_SECOND)
    assert not SignedLink.objects.filter(pk__in=[expired.pk, revoked.pk, used_up.pk]).exists()


def test_links_that_may_still_be_opened_stay_however_old():
    kept = [link(), link(max_uses=1), link(expires_at=LATER)]

    delete_what_is_over(LATER + A_SECOND)

    assert set(SignedLink.objects.all()) == set(kept)


def test_sessions_go_when_they_have_expired():
    Session.objects.create(session_key="over", expire_date=NOON - A_SECOND)
    Session.objects.create(session_key="live", expire_date=NOON + A_SECOND)

    delete_what_is_over(NOON)

    assert [session.session_key for session in Session.objects.all()] == ["live"]


def test_a_run_takes_so_many_rows_and_the_next_one_goes_on(monkeypatch):
    monkeypatch.setattr(retention, "MOST_AT_ONCE", 2)
    for _number in range(5):
        form_use()

    assert [delete_what_is_over(NOON + FORM_KEYS_KEPT + A_SECOND) for _run in range(4)] == [2, 2, 1, 0]


def test_what_is_touched_while_the_job_runs_stays(monkeypatch):
    first, second = form_use(), form_use()

    def delete(row: FormUse, at) -> None:
        second.used_at = at
        second.save()
        row.delete()

    rule = RetentionRule(FormUse, timedelta(days=1), lambda moment: FormUse.objects.filter(used_at__lt=moment), delete)
    monkeypatch.setattr(retention, "retention_rules", lambda: [rule])

    assert delete_what_is_over(NOON + timedelta(days=2)) == 1
    assert list(FormUse.objects.all()) == [second]
    assert first != second


def test_show_retention_counts_and_changes_nothing(capsys):
    form_use(used_at=timezone.now() - FORM_KEYS_KEPT - timedelta(days=1))
    form_use(used_at=timezone.now())

    call_command("show_retention")

    assert "common.FormUse: 1 of 2 would go (kept 90 days once over)\n" in capsys.readouterr().out
    assert FormUse.objects.count() == 2


def test_retention_is_a_due_job_of_every_hour():
    assert [(job.run, job.every) for job in due_jobs() if job.name == "retention"] == [(delete_what_is_over, timedelta(hours=1))]
