"""A request that came to nothing names nobody any more some time after its end; the case is still counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from alliance.roles import Role
from cases.actions.anonymise_case import CaseIsOpen, anonymise_case
from cases.actions.answer_question import answer_question
from cases.actions.assign_owner import assign_owner
from cases.actions.close_case import close_case
from cases.actions.send_message import send_message
from cases.actions.withdraw_case import withdraw_case
from cases.enums import Direction, PublicStatus
from cases.models import Case, Message
from cases.purposes import FOLLOW
from cases.retention import rules
from common.actions import Actor
from common.links import make_link
from common.models import PrivateFile, SignedLink
from common.personal_data import REMOVED
from common.retention import delete_what_is_over
from outbox.delivery import deliver_due_messages
from tests.conftest import NOON
from tests.factories.cases import make_case, make_question
from tests.factories.people import make_school, make_user

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 a small file"
A_MINUTE = timedelta(minutes=1)
CANARIES = ("Canary", "canary@example.org", "01632 960 999", "Nestbox", "Twig", "Feather", "Egg", "Plume", "Beak", "Claw")
"""Each stands in what the requester, or the alliance, wrote; two in a name and an address."""


@pytest.fixture
def lead():
    return make_user(Role.S2S_LEAD, first_name="Halima", last_name="Okafor")


@pytest.fixture
def case(lead) -> Case:
    """With an answered question, an internal note, a file on each, and an owner."""
    given = {
        "title": "Nestbox", "contact_name": "Carla Canary", "contact_email": "canary@example.org",
        "contact_telephone": "01632 960 999", "contact_role": "Twig", "organisation_name_given": "Feather",
    }  # fmt: skip
    case = make_case(make_school(), **given)
    assign_owner(case=case, owner=lead, by=lead, at=NOON)
    question = make_question(case, lead, text="How many Eggs?")
    sent = {"by": Actor.link_holder("Carla Canary"), "at": NOON}
    answer_question(question=question, text="Ask for my Plume", files=[SimpleUploadedFile("Plume.pdf", PDF)], **sent)
    send_message(
        case=case, direction=Direction.INTERNAL, text="She has a Beak", by=lead, at=NOON, files=[SimpleUploadedFile("Beak.pdf", PDF)]
    )
    return case


def everything() -> str:
    """Every row of every table that has a model, histories included."""
    return " ".join(serializers.serialize("json", model._default_manager.all()) for model in apps.get_models() if model._meta.managed)


def found() -> list[str]:
    rows = everything()
    return [canary for canary in CANARIES if canary in rows]


def over(case: Case, settings) -> object:
    return case.closed_at + timedelta(days=settings.ENDED_REQUEST_DAYS) + A_MINUTE


@pytest.mark.parametrize("how", ["withdrawn", "declined"])
def test_a_request_that_came_to_nothing_names_nobody_any_more_and_is_still_counted(
    case, lead, settings, how, django_capture_on_commit_callbacks
):
    if how == "withdrawn":
        case = withdraw_case(case=case, reason="My Claw hurts", by=Actor.link_holder("Carla Canary"), at=NOON)
    else:
        case = close_case(case=case, status=PublicStatus.DECLINED, reason="Your Claw hurts", by=lead, at=NOON)
    make_link(purpose=FOLLOW, subject=case, at=NOON)
    school, events, files = case.supported_school, case.events.count(), [one.file.name for one in PrivateFile.objects.all()]
    assert (found(), len(files)) == (list(CANARIES), 2)

    with django_capture_on_commit_callbacks(execute=True):
        delete_what_is_over(over(case, settings))

    assert found() == []
    case.refresh_from_db()
    assert (case.supported_school, case.closed_at, case.public_status, case.owner) == (school, NOON, how.upper(), lead)
    assert (case.title, case.events.count(), Message.objects.filter(text=REMOVED).count()) == (REMOVED, events, 3)
    assert (PrivateFile.objects.count(), SignedLink.objects.filter(purpose=FOLLOW).count()) == (0, 0)
    storage = PrivateFile._meta.get_field("file").storage
    assert [name for name in files if storage.exists(name)] == []
    assert case.history.first().history_actor == "job: retention"
    assert "Halima Okafor" in {row.history_actor for row in case.history.all()}


def test_mail_that_waits_for_whoever_is_forgotten_does_not_leave(case, settings, mailoutbox):
    case = withdraw_case(case=case, reason="My Claw hurts", by=Actor.link_holder("Carla Canary"), at=NOON)

    delete_what_is_over(over(case, settings))
    deliver_due_messages(over(case, settings) + timedelta(days=1))

    assert [mail.to for mail in mailoutbox if "Erased" in str(mail.to) or "invalid" in str(mail.to)] == []


def test_what_ended_lately_what_is_open_and_what_was_completed_stays(case, lead, settings):
    open_one = make_case(make_school(), contact_name="Olive Open")
    completed = make_case(make_school(), contact_name="Cora Completed")
    close_case(case=completed, status=PublicStatus.COMPLETED, reason="Done", by=lead, at=NOON)
    case = withdraw_case(case=case, reason="Claw", by=Actor.link_holder("Carla Canary"), at=NOON + timedelta(days=2))
    late = over(case, settings)

    delete_what_is_over(late - 2 * A_MINUTE)

    assert found() == list(CANARIES)
    delete_what_is_over(late)
    assert (found(), "Olive Open" in everything(), "Cora Completed" in everything()) == ([], True, True)
    with pytest.raises(CaseIsOpen):
        anonymise_case(case=open_one, by=Actor.job("retention"), at=late)


def test_a_case_is_emptied_once_and_the_dry_run_counts_it_before(case, settings, capsys):
    case = withdraw_case(case=case, reason="Claw", by=Actor.link_holder("Carla Canary"), at=timezone.now())
    Case.objects.filter(pk=case.pk).update(
        closed_at=timezone.now() - timedelta(days=settings.ENDED_REQUEST_DAYS + 1), opened_at=NOON - timedelta(days=900)
    )

    call_command("show_retention")
    assert f"cases.Case: 1 of 1 would be anonymised (kept {settings.ENDED_REQUEST_DAYS} days once over)\n" in capsys.readouterr().out
    assert "Canary" in everything()
    delete_what_is_over(timezone.now())
    rows = case.history.count()

    delete_what_is_over(timezone.now())
    assert (case.history.count(), rules()[0].due(timezone.now()).count()) == (rows, 0)


def test_somebody_who_was_erased_before_leaves_no_words_behind_either(case, settings):
    make_user(email="canary@example.org", first_name="Carla", last_name="Canary")
    case = withdraw_case(case=case, reason="Claw", by=Actor.link_holder("Carla Canary"), at=NOON)
    call_command("erase_personal_data", "canary@example.org")
    assert "Plume" in everything()

    delete_what_is_over(over(case, settings))

    assert found() == []


def test_a_case_of_which_a_plugin_that_is_off_has_a_record_waits_for_it(case, settings):
    withdraw_case(case=case, reason="x", by=Actor.link_holder("Carla Canary"), at=NOON)
    case.refresh_from_db()
    due = rules()[0].due(over(case, settings))
    before = list(due)
    ContentType.objects.create(app_label="gone", model="record")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE gone_record (case_id bigint PRIMARY KEY)")
        cursor.execute("INSERT INTO gone_record VALUES (%s)", [case.pk])

    assert (before, list(rules()[0].due(over(case, settings)))) == ([case], [])
