"""
Somebody with a role in the alliance who declared a tie to a school of their own (W3): they answer, sign and read for that school as
anybody else there does, and do nothing on its case for the alliance.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from alliance.models import User
from alliance.roles import Role
from cases.actions.ask_question import ask_question
from cases.actions.send_message import send_message
from cases.enums import Direction
from cases.models import Attachment, Case, Message, Turn
from common.form_keys import new_form_key
from s2s_workflow.actions.declare_interests import declare_interests
from s2s_workflow.actions.sign_agreement import sign_agreement
from s2s_workflow.actions.take_no_part import take_no_part
from s2s_workflow.enums import PartyKind, Stage
from s2s_workflow.models import AgreementParty, Signature
from s2s_workflow.standing import Standing, standing_of
from tests.conftest import NOON
from tests.factories.people import make_head
from tests.factories.projects import FULL, Cast, at_stage
from tests.s2s_workflow.steps import Portal

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def make_once() -> Cast:
    cast = at_stage(Stage.AWAITING_SIGNATURE, rules=FULL)
    case = cast.project.case
    note = SimpleUploadedFile("note.txt", b"CANARY-FILE")
    send_message(case=case, direction=Direction.INTERNAL, text="CANARY-NOTE", files=[note], by=cast.broker, at=NOON)
    send_message(case=case, direction=Direction.FROM_ALLIANCE, text="Your agreement is there.", by=cast.broker, at=NOON)
    return cast


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with time_machine.travel(NOON):
        yield


def with_a_tie(cast: Cast, user: User, role: Role) -> User:
    """The person holds a role of the alliance as well, and declared what they are to the school."""
    user.groups.add(Group.objects.get(name=role.group_name))
    user = User.objects.get(pk=user.pk)
    if role == Role.WORKING_GROUP:
        take_no_part(project=cast.fresh(), details="I am the head there.", by=user, at=NOON)
    else:
        declare_interests(case=cast.project.case, has_conflict=True, details="I am the head there.", by=user, at=NOON)
    return user


def slot(cast: Cast, kind: PartyKind) -> AgreementParty:
    return AgreementParty.objects.select_related("agreement").get(agreement__project=cast.project, kind=kind)


def sign(cast: Cast, kind: PartyKind, user: User) -> None:
    party = slot(cast, kind)
    sign_agreement(party=party, typed_name=user.get_full_name(), sha256=party.agreement.sha256, by=user, at=NOON)


@pytest.mark.parametrize("role", [Role.WORKING_GROUP, Role.S2S_LEAD])
@pytest.mark.parametrize(("who", "kind"), [("head", PartyKind.SUPPORTED_HEAD), ("supporting_head", PartyKind.SUPPORTING_HEAD)])
def test_a_head_with_a_tie_signs_for_their_own_school(cast, who, kind, role):
    user = with_a_tie(cast, getattr(cast, who), role)

    sign(cast, kind, user)

    assert Signature.objects.get(party=slot(cast, kind)).signed_by == user


def test_a_head_with_a_tie_does_not_sign_for_the_alliance(cast):
    user = with_a_tie(cast, cast.head, Role.S2S_LEAD)

    with pytest.raises(PermissionDenied):
        sign(cast, PartyKind.S2S_LEAD, user)

    assert not Signature.objects.exists()


@pytest.mark.parametrize("role", [Role.WORKING_GROUP, Role.S2S_LEAD, Role.BROKER])
@pytest.mark.parametrize("who", ["head", "supporting_head"])
def test_a_tie_leaves_what_the_person_is_at_the_school(cast, who, role):
    before = standing_of(getattr(cast, who), cast.fresh(), TODAY)

    user = with_a_tie(cast, getattr(cast, who), role)

    assert before == standing_of(user, cast.fresh(), TODAY) != frozenset()


def test_a_leader_with_a_tie_stays_the_named_lead(cast):
    user = with_a_tie(cast, cast.leader.user, Role.WORKING_GROUP)

    assert standing_of(user, cast.fresh(), TODAY) == {Standing.TEAM, Standing.NAMED_LEAD}
    assert Case.objects.visible_to(user, on=TODAY).filter(pk=cast.project.pk).exists()


def test_the_turns_of_the_school_stay_and_those_of_the_role_go(cast):
    user = with_a_tie(cast, cast.head, Role.S2S_LEAD)

    keys = Turn.objects.of(user, on=TODAY).filter(case=cast.project.case).values_list("key", flat=True)

    assert list(keys) == [f"sign-{slot(cast, PartyKind.SUPPORTED_HEAD).pk}"]


def shown(portal: Portal, tab: str = "") -> str:
    page: str = portal.words(tab) if tab else portal.client.get(f"/portal/cases/{portal.reference}/").content.decode()
    return page


def test_staff_with_a_tie_see_the_case_as_their_school_does(cast):
    colleague = make_head(cast.school, kind="nominated-lead")
    user = with_a_tie(cast, cast.head, Role.S2S_LEAD)
    tied, school = Portal(user, cast.project), Portal(colleague, cast.project)
    tabs = ("messages", "events", "triage", "group", "documents", "visits", "costs", "agreement")

    assert [tied.tab(tab).status_code for tab in tabs] == [school.tab(tab).status_code for tab in tabs] == [200, 200, 404, 404, *[200] * 4]
    assert ("Your agreement is there." in shown(tied, "messages"), "CANARY-NOTE" in shown(tied, "messages")) == (True, False)
    assert (cast.project.case.contact_email in shown(tied), "End the case" in shown(tied)) == (True, False)
    assert [e.pk for e in tied.tab("events").context["events"]] == [e.pk for e in school.tab("events").context["events"]]


def test_staff_with_a_tie_get_no_file_of_an_internal_note(cast):
    user = with_a_tie(cast, cast.head, Role.BROKER)
    address = f"/files/{Attachment.objects.get(message__direction=Direction.INTERNAL).private_file.key}/"

    refused, served = (Portal(one, cast.project).client.get(address) for one in (user, cast.broker))
    served.close()

    assert (refused.status_code, served.status_code) == (404, 200)


def test_what_staff_with_a_tie_write_comes_from_the_school(cast):
    user = with_a_tie(cast, cast.head, Role.S2S_LEAD)
    data = {"write-form_key": new_form_key(), "write-text": "When do you come?", "write-write_as": "NOTE"}

    response = Portal(user, cast.project).client.post(f"/portal/cases/{cast.project.case.reference}/write/", data)

    written = Message.objects.get(text="When do you come?")
    assert (response.status_code, written.direction, written.author) == (302, Direction.TO_ALLIANCE, user)


def test_staff_with_a_tie_handle_nothing_by_its_address(cast):
    question = ask_question(case=cast.project.case, text="How many pupils?", by=cast.broker, at=NOON)
    user = with_a_tie(cast, cast.head, Role.S2S_LEAD)
    client: Any = Portal(user, cast.project).client
    data = {"form_key": new_form_key(), "status": "DECLINED", "reason": "No."}
    address = f"/portal/cases/{cast.project.case.reference}"

    statuses = [client.post(f"{address}/{what}/", data).status_code for what in ("end", f"settle/{question.pk}", f"read/{question.pk}")]

    assert (statuses, Case.objects.get(pk=cast.project.pk).is_open) == ([404, 404, 404], True)
    assert Message.objects.get(pk=question.pk).settled_at is None


def test_staff_without_a_school_still_read_nothing(cast):
    user = with_a_tie(cast, make_head(cast.school, verified=False), Role.S2S_LEAD)

    assert not Case.objects.worked_on_by(user, on=TODAY).exists()
    assert standing_of(user, cast.fresh(), TODAY) == frozenset()
