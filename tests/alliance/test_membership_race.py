"""Two people who record memberships of one school at once: the second is refused in words."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from alliance.models import Membership, MembershipTier, School, User
from alliance.roles import Role
from tests.factories.people import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)

RACERS = 4
ADD = "wagtailsnippets_alliance_membership:add"


@pytest.fixture
def broker(transactional_db: None) -> User:
    return make_user(Role.BROKER)


@pytest.fixture
def school(broker: User) -> School:
    return make_school()


def race(broker: User, school: School) -> Counter[str]:
    """All add a membership of different days that overlap, so that no unique constraint decides."""
    tier, address = MembershipTier.objects.get(key="member"), reverse(ADD)
    barrier = Barrier(RACERS)
    clients = [Client() for _ in range(RACERS)]
    for client in clients:
        client.force_login(broker, backend="alliance.backends.AllianceBackend")

    def run(number: int) -> str:
        sent = {"school": school.pk, "tier": tier.pk, "starts_on": date(2025, 9, 1 + number), "ends_on": date(2026, 8, 31)}
        try:
            barrier.wait(timeout=20)
            response = clients[number].post(address, sent)
        finally:
            connection.close()
        if response.status_code == 302:
            return "saved"
        return "refused in words" if "already has a membership in these days" in response.content.decode() else "another"

    with ThreadPoolExecutor(RACERS) as racers:
        return Counter(racers.map(run, range(RACERS)))


def test_memberships_recorded_at_once_do_not_overlap(broker: User, school: School) -> None:
    outcomes = race(broker, school)

    assert outcomes == {"saved": 1, "refused in words": RACERS - 1}
    assert Membership.objects.count() == 1
