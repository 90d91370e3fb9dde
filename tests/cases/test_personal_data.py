"""A person's data in cases and messages is shown to them, and erased when they ask (promise 14)."""

from __future__ import annotations

import json

import pytest
from django.core import serializers
from django.core.management import call_command

from cases.actions.answer_question import answer_question
from cases.models import Case, CaseEvent, Message
from common.actions import Actor
from outbox.models import OutboxMessage
from tests.factories.cases import NOON, make_case, make_question
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
CANARIES = ("Canary", "canary@example.org", "01632 960 999")


@pytest.fixture
def person():
    """Somebody who is a case's contact, answered by private link, and has an account."""
    from alliance.roles import Role

    user = make_user(email="canary@example.org", first_name="Carla", last_name="Canary", telephone="01632 960 999")
    case = make_case(contact_name="Carla Canary", contact_email="Canary@example.org", contact_telephone="01632 960 999")
    question = make_question(case, make_user(Role.S2S_LEAD))
    answer_question(question=question, text="Two classes", by=Actor.link_holder("Carla Canary"), at=NOON)
    return user


def everything() -> str:
    """All rows of what tells of cases, histories included."""
    models = (Case, Case.history.model, Message, Message.history.model, OutboxMessage, OutboxMessage.history.model, CaseEvent)
    return " ".join(serializers.serialize("json", model.objects.all()) for model in models)


def test_export_shows_cases_messages_and_mail(person, capsys):
    call_command("export_personal_data", person.email)

    exported = json.loads(capsys.readouterr().out)
    assert exported["cases as contact"][0]["contact_name"] == "Carla Canary"
    assert exported["messages written"][0]["text"] == "Two classes"
    assert {row["kind"] for row in exported["messages"]} == {"request_received", "question_asked"}


def test_erase_leaves_no_name_address_or_number_in_rows_and_histories(person):
    assert all(canary.lower() in everything().lower() for canary in CANARIES)

    call_command("erase_personal_data", person.email)

    assert [canary for canary in CANARIES if canary.lower() in everything().lower()] == []
    assert Message.objects.filter(text="Two classes").exists()  # what was said stays
