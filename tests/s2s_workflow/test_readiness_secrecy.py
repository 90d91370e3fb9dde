"""Until both sides have submitted, one side's answers show to that side alone: no role and no door leads to them (P5)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from alliance.models import User
from alliance.queries import personal_data_of
from alliance.roles import Role
from s2s_workflow.enums import ReadinessSide, Stage
from s2s_workflow.models import ConflictDeclaration, ReadinessAnswers, ReadinessConversation
from s2s_workflow.steps import STEPS
from tests.conftest import NOON
from tests.factories.people import make_head, make_school, make_user
from tests.factories.projects import FULL, Cast, reach
from tests.factories.readiness import answer, save, submit
from tests.s2s_workflow.admin_pages import pages_of, text_of
from tests.s2s_workflow.steps import Portal

pytestmark = pytest.mark.django_db
LEADER, SCHOOL = ReadinessSide.LEADER, ReadinessSide.SCHOOL
CANARY = {LEADER: "CANARY-OF-THE-LEADERS", SCHOOL: "CANARY-OF-THE-SCHOOL"}
READINESS_STEPS = [slug for slug in STEPS if "readiness" in slug]


def make_once() -> dict[str, Any]:
    cast = Cast(rules=FULL)
    reach(cast, Stage.TEAM_AGREED)
    people: dict[str, User] = {
        "head": cast.head, "nominated lead": make_head(cast.school, kind="nominated-lead"), "leader": cast.leader.user,
        "business manager": make_head(cast.school, kind="business-manager"), "governor": make_head(cast.school, kind="chair-of-governors"),
        "claimant": make_head(cast.school, verified=False), "supporting head": cast.supporting_head, "other head": make_head(make_school()),
        "lead": cast.lead, "broker": cast.broker, "superuser": make_user(is_superuser=True, is_staff=True),
        **{role.value: make_user(role) for role in Role},
    }  # fmt: skip
    return {"cast": cast, "people": people}


@pytest.fixture
def cast(made: dict[str, Any]) -> Cast:
    cast: Cast = made["cast"]
    return cast


@pytest.fixture
def people(made: dict[str, Any]) -> dict[str, User]:
    people: dict[str, User] = made["people"]
    return people


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=person.pk), backend="alliance.backends.AllianceBackend")
    return client


def portal_addresses(cast: Cast) -> list[str]:
    """Every tab but the public process, every step of the conversation, the lists, the search and the exports."""
    reference = cast.project.case.reference
    tabs = [
        "",
        *(
            f"{tab.slug}/"
            for tab in client_of(cast.lead).get(f"/portal/cases/{reference}/").context["tabs"]
            if tab.slug not in ("", "process")
        ),
    ]
    steps = [f"/portal/support/{reference}/do/{slug}/" for slug in (*READINESS_STEPS, "record-meeting")]
    lists = ["/portal/", "/portal/cases/", "/portal/cases/export/csv/", "/portal/search/?q=CANARY-OF", "/portal/search/?q=purpose"]
    return [*(f"/portal/cases/{reference}/{tab}" for tab in tabs), *steps, *lists]


def comparison_addresses(cast: Cast) -> list[str]:
    reference = cast.project.case.reference
    return [f"/portal/cases/{reference}/readiness/", f"/portal/support/{reference}/do/record-meeting/"]


def seen_by(person: User, addresses: list[str]) -> set[ReadinessSide]:
    """The sides whose answers any of the pages shows to somebody."""
    client, sides = client_of(person), set()
    for address in addresses:
        text = text_of(client.get(address))
        sides |= {side for side in ReadinessSide if CANARY[side].encode() in text}
    return sides


def readers(people: dict[str, User], addresses: list[str]) -> dict[str, set[ReadinessSide]]:
    """Who sees whose answers."""
    return {name: sides for name, person in people.items() if (sides := seen_by(person, addresses))}


def admin_addresses() -> list[str]:
    found = [
        address for model in (ReadinessConversation, ReadinessAnswers) for row in model.objects.all() for _name, address in pages_of(row)
    ]
    reports = ["/admin/", "/admin/reports/site-history/", "/admin/snippets/cases/case/", "/admin/snippets/cases/turn/"]
    return [*dict.fromkeys(found), *reports]


OWN = {"leader": {LEADER}, "head": {SCHOOL}, "nominated lead": {SCHOOL}}
BOTH = {LEADER, SCHOOL}
STAFF = dict.fromkeys(("lead", "broker", "superuser", "S2S_LEAD", "BROKER"), BOTH)


@pytest.mark.parametrize("submits", [LEADER, SCHOOL])
def test_until_both_are_in_every_side_sees_its_own_answers_alone(cast: Cast, people: dict[str, User], submits: ReadinessSide) -> None:
    for side in ReadinessSide:
        save(cast, side, words=CANARY[side])
    submit(cast, submits)

    assert readers(people, portal_addresses(cast)) == OWN
    assert readers(people, admin_addresses()) == {}


def test_both_in_show_to_both_sides_and_the_staff_of_the_case(cast: Cast, people: dict[str, User]) -> None:
    for side in ReadinessSide:
        answer(cast, side, words=CANARY[side])

    assert readers(people, portal_addresses(cast)) == dict.fromkeys(OWN, BOTH) | STAFF
    assert readers(people, admin_addresses()) == STAFF


def test_a_case_closed_to_somebody_with_a_tie_stays_closed_when_both_are_in(cast: Cast) -> None:
    for side in ReadinessSide:
        answer(cast, side, words=CANARY[side])
    tie = {"declared_at": NOON, "has_conflict": True, "details": "A relative works there"}
    ConflictDeclaration.objects.create(case=cast.project.case, declared_by=cast.lead, **tie)

    assert seen_by(cast.lead, [*comparison_addresses(cast), *admin_addresses()]) == set()


def test_answers_stand_in_no_table_but_their_own(cast: Cast) -> None:
    """Histories, revisions, events, messages, log entries, search: whatever table there is."""
    for side in ReadinessSide:
        save(cast, side, words=CANARY[side])
        answer(cast, side, words=CANARY[side])

    with connection.cursor() as cursor:
        tables = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            tables[table] = str(cursor.fetchall())
    assert {table for table, rows in tables.items() if "CANARY-OF-THE" in rows} == {"s2s_workflow_readinessanswers"}
    assert ReadinessAnswers.history.count() == 6  # who saved and submitted is there, less what was said


def test_a_person_is_told_the_answers_that_they_wrote_and_no_others(cast: Cast) -> None:
    for side in ReadinessSide:
        save(cast, side, words=CANARY[side])

    held = {side: str(personal_data_of(person)) for side, person in ((LEADER, cast.leader.user), (SCHOOL, cast.head))}

    assert (CANARY[LEADER] in held[LEADER], CANARY[SCHOOL] in held[LEADER]) == (True, False)
    assert (CANARY[LEADER] in held[SCHOOL], CANARY[SCHOOL] in held[SCHOOL]) == (False, True)
    assert "CANARY" not in str(personal_data_of(cast.lead))


@pytest.mark.parametrize("slug", READINESS_STEPS)
def test_a_step_of_one_side_opens_to_that_side_alone(cast: Cast, people: dict[str, User], slug: str) -> None:
    own = {"leader"} if slug.endswith("leader") else {"head", "nominated lead"}

    opened = {name for name, person in people.items() if Portal(person, cast.project).get(slug).status_code == 200}

    assert opened == own


def test_answers_of_one_side_stay_its_own_after_the_meeting_too(cast: Cast, people: dict[str, User]) -> None:
    answer(cast, SCHOOL, words=CANARY[SCHOOL])
    cast.hold_meeting()

    assert readers(people, [*comparison_addresses(cast), *admin_addresses()]) == {"head": {SCHOOL}, "nominated lead": {SCHOOL}}
    assert "held before both sides had submitted" in Portal(cast.lead, cast.project).words("readiness")
