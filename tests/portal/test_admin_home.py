"""The admin's first page: the alliance's name, what waits, the way back to the portal."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Page

from alliance.models import User
from alliance.roles import Role
from tests.factories.people import make_user
from tests.factories.website import make_home, make_standard
from website.models import SiteSettings

pytestmark = pytest.mark.django_db

NOBODY_LEADS = "Nobody is S2S lead"


def admin_home(client: Client, user: User) -> str:
    client.force_login(user)
    return client.get("/admin/").content.decode()


def send_to_review(page: Page) -> None:
    editor = make_user(Role.EDITOR)
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)


def test_admin_home_carries_the_alliances_name_and_leads_to_the_portal(client: Client) -> None:
    home = make_home()
    SiteSettings.objects.create(site=home.get_site(), name="Invented Alliance")

    page = admin_home(client, make_user(Role.FINANCE))

    assert ("- Invented Alliance</title>" in page, 'href="/portal/"' in page) == (True, True)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.S2S_LEAD])
def test_admin_home_lists_the_pages_in_review(client: Client, role: Role) -> None:
    waiting = make_standard(make_home(), title="A page in review")
    before = admin_home(client, make_user(role))
    send_to_review(waiting)

    page = admin_home(client, make_user(role))

    assert "No page is in review" in before
    assert ("1 page is in review" in page, f'href="/admin/pages/{waiting.pk}/edit/"' in page) == (True, True)


def test_admin_home_says_nothing_of_pages_to_somebody_who_handles_none(client: Client) -> None:
    send_to_review(make_standard(make_home(), title="A page in review"))

    page = admin_home(client, make_user(Role.FINANCE))

    assert "in review" not in page


def test_admin_home_warns_while_nobody_is_s2s_lead(client: Client) -> None:
    make_home()
    superuser = make_user(is_superuser=True)
    make_user(Role.S2S_LEAD, is_active=False)
    before = NOBODY_LEADS in admin_home(client, superuser)
    make_user(Role.S2S_LEAD)

    assert (before, NOBODY_LEADS in admin_home(client, superuser)) == (True, False)
