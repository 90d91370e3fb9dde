"""What search engines are told of a process page."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories.pages import make_home, make_process_page

pytestmark = pytest.mark.django_db


def test_process_page_says_that_it_is_a_service_of_ours(client: Client, settings) -> None:
    make_process_page(make_home(), title="Support for schools")
    page = BeautifulSoup(client.get("/support/").content, "html.parser")
    (data,) = [json.loads(script.string) for script in page.find_all("script", type="application/ld+json")]

    assert (data["@type"], data["name"], data["description"], data["url"], data["provider"]["@type"], data["provider"]["url"]) == (
        "Service",
        "Support for schools",
        "How it goes.",
        f"{settings.SITE_URL}/support/",
        "Organization",
        f"{settings.SITE_URL}/",
    )
