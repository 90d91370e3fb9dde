"""A leader names the schools that they cannot support, before anybody is matched (H2, W5)."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from alliance.actions.declare_interest import InterestIsDeclared, declare_interest
from alliance.models import DeclaredInterest, SystemLeader
from common.form_keys import new_form_key
from tests.conftest import NOON
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.people import make_head, make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(client: Client) -> SystemLeader:
    leader = SystemLeaderFactory(user=make_user())
    client.force_login(leader.user)
    return leader


def declare(leader: SystemLeader, school, **values):
    return declare_interest(
        **{"leader": leader, "school": school, "reason": "I was a governor there.", "by": leader.user, "at": NOON, **values}
    )


def test_a_leader_names_a_school_with_the_reason_and_reads_it_again(client, leader):
    school = make_school(name="Otterbeck Primary School")

    found = client.get("/account/interests/", {"q": "otterbeck"}).content.decode()
    client.post(f"/account/interests/{school.pk}/", {"form_key": new_form_key(), "reason": "I was a governor there."})

    interest = DeclaredInterest.objects.get()
    assert f"/account/interests/{school.pk}/" in found
    assert (interest.leader, interest.school, interest.history.first().history_user) == (leader, school, leader.user)
    page = client.get("/account/interests/").content.decode()
    assert "Otterbeck Primary School" in page and "I was a governor there." in page


def test_without_a_reason_nothing_is_kept_and_the_page_says_so(client, leader):
    page = client.post(f"/account/interests/{make_school().pk}/", {"form_key": new_form_key(), "reason": ""}).content.decode()

    assert "field__error" in page
    assert not DeclaredInterest.objects.exists()
    with pytest.raises(ValidationError):
        declare(leader, make_school(), reason=" ")


def test_a_school_is_named_once(leader):
    school = make_school()
    declare(leader, school)

    with pytest.raises(InterestIsDeclared):
        declare(leader, school)


def test_nobody_names_a_school_for_a_leader(leader):
    with pytest.raises(PermissionDenied):
        declare(leader, make_school(), by=make_user())


def test_the_page_is_for_leaders_alone_and_those_off_duty_too(client, leader):
    leader.is_active = False
    leader.save()
    assert client.get("/account/interests/").status_code == 200
    assert "/account/interests/" in client.get("/account/profile/").content.decode()

    client.force_login(make_head(make_school()))
    assert client.get("/account/interests/").status_code == 403
    assert "/account/interests/" not in client.get("/account/profile/").content.decode()
