"""A signed agreement cannot change unseen (promise 7): one changed byte is found, whoever changed it and wherever."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from s2s_workflow.enums import Stage
from s2s_workflow.models import Agreement, Signature
from s2s_workflow.models.agreements import hash_of
from tests.factories.projects import at_stage

pytestmark = pytest.mark.django_db


def make_once() -> Agreement:
    at_stage(Stage.ACTIVE)
    return Agreement.objects.get()


@pytest.fixture
def agreement(made: Agreement) -> Agreement:
    return made


def verify() -> tuple[str, bool]:
    """What the command says, and whether it ends well."""
    out = StringIO()
    try:
        call_command("verify_agreements", stdout=out)
    except CommandError:
        return out.getvalue(), False
    return out.getvalue(), True


def tamper(sql: str, *values: object) -> None:
    """As somebody with the database's password could."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount


def test_untouched_agreements_are_in_order(agreement):
    assert verify() == ("1 agreements are as they were frozen and signed.\n", True)


def test_one_changed_byte_of_a_text_is_found(agreement):
    changed = agreement.text.replace("£600", "£601", 1)
    assert len(changed) == len(agreement.text)
    assert changed != agreement.text
    tamper("UPDATE s2s_workflow_agreement SET text = %s", changed)

    said, well = verify()

    assert (f"the text has the hash {hash_of(changed)}, not {agreement.sha256}" in said, "otherwise of text" in said, well) == (
        True,
        True,
        False,
    )


def test_a_text_changed_together_with_its_hash_is_found(agreement):
    tamper("UPDATE s2s_workflow_agreement SET text = %s, sha256 = %s", agreement.text + "x", hash_of(agreement.text + "x"))

    said, well = verify()

    assert (said.count("signed the hash"), "otherwise of text, sha256" in said, well) == (3, True, False)


def test_a_text_changed_with_every_hash_is_found_by_its_history(agreement):
    new = hash_of(agreement.text + "x")
    tamper("UPDATE s2s_workflow_agreement SET text = %s, sha256 = %s", agreement.text + "x", new)
    tamper("UPDATE s2s_workflow_signature SET sha256 = %s", new)

    said, well = verify()

    assert (
        "signed the hash" in said,
        f"Agreement {agreement.pk}: its history says otherwise of text, sha256." in said,
        well,
    ) == (
        False,
        True,
        False,
    )


@pytest.mark.parametrize(
    ("column", "value"), [("typed_name", "Somebody Else"), ("sha256", "0" * 64), ("signed_at", "2020-01-01 00:00:00+00:00")]
)
def test_a_changed_signature_is_found(agreement, column, value):
    tamper(f"UPDATE s2s_workflow_signature SET {column} = %s", value)

    said, well = verify()

    assert (f"its history says otherwise of {column}." in said, well) == (True, False)


def test_a_changed_history_is_found(agreement):
    tamper("UPDATE s2s_workflow_historicalagreement SET text = %s", agreement.text + "x")

    assert verify()[1] is False


def test_a_signature_that_is_gone_is_found(agreement):
    tamper("DELETE FROM s2s_workflow_signature WHERE id = %s", Signature.objects.first().pk)

    said, well = verify()

    assert ("it counts as signed by all, and these did not sign" in said, "it is gone." in said, well) == (True, True, False)


def test_a_row_without_a_history_is_found(agreement):
    tamper("DELETE FROM s2s_workflow_historicalsignature")

    said, well = verify()

    assert (said.count("it has no history."), well) == (3, False)
