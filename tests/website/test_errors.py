"""The pages for requests that fail."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories.website import make_contact
from website import search
from website.models import HomePage


def fail_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*args: Any) -> None:
        raise error

    monkeypatch.setattr(search, "_found", fail)


def test_missing_page_says_what_to_do(client: Client, home: HomePage) -> None:
    make_contact(telephone="01632 960 001")
    response = client.get("/nowhere/")
    text = response.content.decode()

    assert response.status_code == 404
    assert ("Page not found" in text, "01632 960 001" in text, 'role="search"' in text) == (True, True, True)


def test_missing_page_is_there_in_an_empty_database(client: Client, db: None) -> None:
    assert client.get("/nowhere/").status_code == 404


def test_missing_page_asks_nothing_once_the_tree_is_remembered(
    client: Client, home: HomePage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/nowhere/")

    with django_assert_num_queries(2):  # the redirects that editors keep: with and without the query
        client.get("/nowhere/?again")


def test_refused_page_says_why(client: Client, home: HomePage, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_with(monkeypatch, PermissionDenied())
    response = client.get("/search/?q=a")

    assert (response.status_code, "for people with another role" in response.content.decode()) == (403, True)


def test_request_that_makes_no_sense_is_refused_plainly(client: Client, home: HomePage, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_with(monkeypatch, SuspiciousOperation("no"))
    response = client.get("/search/?q=a")

    assert (response.status_code, "We could not read that" in response.content.decode()) == (400, True)


def test_fault_of_ours_is_shown_without_the_database(
    home: HomePage, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    client = Client(raise_request_exception=False)
    client.get("/search/?q=a")
    fail_with(monkeypatch, RuntimeError("a fault"))

    with django_assert_num_queries(0):
        response = client.get("/search/?q=a")

    text = response.content.decode()
    assert (response.status_code, "Sorry, something went wrong" in text, "a fault" in text) == (500, True, False)


@pytest.mark.parametrize("address", ["/nowhere/", "/search/?q=a"])
def test_error_pages_have_the_security_headers(home: HomePage, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_with(monkeypatch, RuntimeError("a fault"))
    response = Client(raise_request_exception=False).get(address)

    assert "default-src 'self'" in response["Content-Security-Policy"]
