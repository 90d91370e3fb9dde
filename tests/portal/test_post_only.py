"""An address that only takes a form, opened like a page, says so and leads back."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from alliance.roles import Role
from common.links import make_link
from tests.factories.cases import make_case
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
NAMES = ["case_take", "case_assign", "case_write", "case_settle", "case_read", "case_end"]


def shown(response) -> tuple[int, str, str, bool]:
    page = response.content.decode()
    return response.status_code, response["Allow"], response["Cache-Control"], "There is nothing to open here" in page


@pytest.mark.parametrize("name", NAMES)
def test_a_form_of_a_case_leads_back_to_the_case(client, name):
    case, lead = make_case(), make_user(Role.S2S_LEAD)
    client.force_login(lead)
    more = {"case_settle": {"question": 1}, "case_read": {"answer": 1}}.get(name, {})

    response = client.get(reverse(f"portal:{name}", kwargs={"reference": case.reference, **more}))

    assert shown(response) == (405, "POST", "private, no-store", True)
    assert f'href="{reverse("portal:case", args=[case.reference])}"' in response.content.decode()


def test_a_form_without_a_case_leads_to_the_start_page(client):
    client.force_login(make_user(Role.S2S_LEAD))

    response = client.get(reverse("portal:invitation_resend", kwargs={"kind": "school", "pk": 1}))

    assert shown(response) == (405, "POST", "private, no-store", True)
    assert f'class="button" href="{reverse("portal:home")}"' in response.content.decode()


def test_a_form_of_a_private_link_leads_back_to_the_follow_page(client):
    token = make_link(purpose="follow", subject=make_case(), at=timezone.now())

    response = client.get(reverse("follow_message", args=[token]))

    assert shown(response) == (405, "POST", "private, no-store", True)
    assert f'class="button" href="{reverse("follow", args=[token])}"' in response.content.decode()
    assert response["Referrer-Policy"] == "same-origin"


def test_who_may_not_send_a_form_is_told_no_more_than_before(client):
    case = make_case()
    address = reverse("portal:case_take", args=[case.reference])

    assert client.get(address).status_code == 302
    client.force_login(make_user())
    assert client.get(address).status_code == 403
