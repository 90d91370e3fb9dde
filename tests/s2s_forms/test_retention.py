"""A request that was not sent goes 28 days after it was last touched, and everything that belongs to it goes along."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.core import serializers
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from cases.actions.withdraw_case import withdraw_case
from cases.models import Case
from common.actions import Actor
from common.links import make_link
from common.models import PrivateFile, SignedLink
from common.retention import delete_what_is_over
from outbox.delivery import deliver_due_messages
from outbox.models import OutboxMessage
from s2s_forms.drafts import DRAFT_LASTS, RESUME
from s2s_forms.models import RequestDraft, SupportRequest
from tests.factories.pages import make_home, make_process_page, make_request_page
from tests.factories.people import make_school, make_user
from tests.factories.request_forms import send
from tests.s2s_forms.test_request_journey import BASE, PDF, fill

pytestmark = pytest.mark.django_db
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def school():
    return make_school()


@pytest.fixture(autouse=True)
def request_page(school):
    return make_request_page(make_process_page(make_home()))


@pytest.fixture
def draft(client, school) -> RequestDraft:
    """Filled in, with a file, and saved for later."""
    fill(client, school, background={"uploads": [SimpleUploadedFile("plan.pdf", PDF, content_type="application/pdf")]})
    client.post(f"{BASE}save/", {"email": "sam@example.org"})
    return RequestDraft.objects.get()


def is_stored(stored: PrivateFile) -> bool:
    return stored.file.storage.exists(stored.file.name)


def test_an_untouched_draft_goes_with_its_files_links_and_mail(draft, django_capture_on_commit_callbacks):
    stored = PrivateFile.objects.get()
    make_link(purpose=RESUME, subject=draft, at=draft.changed_at)

    with django_capture_on_commit_callbacks(execute=True):
        delete_what_is_over(draft.changed_at + DRAFT_LASTS + A_MINUTE)

    assert (RequestDraft.objects.count(), PrivateFile.objects.count(), is_stored(stored)) == (0, 0, False)
    assert SignedLink.objects.filter(purpose=RESUME).count() == 0
    assert deliver_due_messages(timezone.now() + A_MINUTE) == 0
    assert OutboxMessage.objects.get(kind="draft_saved").last_error == "No longer wanted"


def test_a_draft_stays_as_long_as_was_promised(draft, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        delete_what_is_over(draft.changed_at + DRAFT_LASTS - A_MINUTE)

    assert (RequestDraft.objects.count(), is_stored(PrivateFile.objects.get())) == (1, True)


def test_the_link_to_go_on_works_for_as_long_as_the_draft_is_kept(draft):
    deliver_due_messages(timezone.now() + timedelta(days=2))

    assert SignedLink.objects.get(purpose=RESUME).expires_at == draft.changed_at + DRAFT_LASTS


def test_of_a_request_that_was_sent_case_and_files_stay(client, draft, django_capture_on_commit_callbacks):
    send(client)

    with django_capture_on_commit_callbacks(execute=True):
        delete_what_is_over(timezone.now() + DRAFT_LASTS + A_MINUTE)

    attachment = Case.objects.get().attachments.get()
    assert (RequestDraft.objects.count(), is_stored(attachment.private_file)) == (0, True)


def test_erasing_a_person_takes_the_files_of_their_drafts_along(draft, django_capture_on_commit_callbacks):
    make_user(email="sam@example.org")
    stored = PrivateFile.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        call_command("erase_personal_data", "sam@example.org")

    assert (RequestDraft.objects.count(), PrivateFile.objects.count(), is_stored(stored)) == (0, 0, False)


def test_of_a_request_that_came_to_nothing_the_kind_and_the_time_stay_and_no_answer(
    client, draft, settings, django_capture_on_commit_callbacks
):
    send(client)
    case = Case.objects.get()
    withdraw_case(case=case, reason="We found help", by=Actor.link_holder("Sam Requester"), at=timezone.now())

    with django_capture_on_commit_callbacks(execute=True):
        delete_what_is_over(timezone.now() + timedelta(days=settings.ENDED_REQUEST_DAYS) + A_MINUTE)

    rows = serializers.serialize(
        "json", [row for model in apps.get_models() if model._meta.managed for row in model._default_manager.all()]
    )
    told = ("Sam Requester", "sam@example.org", "Wharfeside Council", "01632 960 001", "Reading in Year 3", "A new scheme", "plan.pdf")
    assert [words for words in told if words in rows] == []
    request = SupportRequest.objects.get()
    assert (request.support_kind, request.timing, request.answers, PrivateFile.objects.count()) == ("DEPLOYMENT", "TERM", [], 0)


def test_a_draft_that_goes_takes_the_address_it_was_sent_to_along(draft):
    delete_what_is_over(draft.changed_at + DRAFT_LASTS + A_MINUTE)

    rows = serializers.serialize("json", [*OutboxMessage.objects.all(), *OutboxMessage.history.all(), *PrivateFile.history.all()])
    assert [words for words in ("sam@example.org", "plan.pdf") if words in rows] == []
