"""The readiness conversation (P5): saved and submitted side by side, opened when both are in, and never changed afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from alliance.models import SchoolRole, SchoolRoleKind
from outbox.models import OutboxMessage
from s2s_workflow.actions.save_readiness_answers import save_readiness_answers
from s2s_workflow.enums import ReadinessSide, Stage
from s2s_workflow.models import ReadinessAnswers, ReadinessConversation
from s2s_workflow.models.readiness import AlreadySubmitted
from s2s_workflow.policies import NotNow, NotReady
from s2s_workflow.readiness import asked_of, comparison_of, side_of
from s2s_workflow.readiness_rules import AnswersChanged
from tests.conftest import NOON
from tests.factories.people import SINCE, make_head, make_user
from tests.factories.projects import Cast, reach
from tests.factories.readiness import answer, answers_of, save, seen, submit
from website.models import ReadinessTheme
from website.readiness import Place

pytestmark = pytest.mark.django_db
LEADER, SCHOOL = ReadinessSide.LEADER, ReadinessSide.SCHOOL
KEYS = ["purpose", "trust", "capacity", "evidence", "people", "time", "lasting"]


def make_once() -> Cast:
    cast = Cast()
    reach(cast, Stage.TEAM_AGREED)
    return cast


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


def turns(cast: Cast) -> dict[str, Any]:
    return {turn.key: turn.person or turn.school for turn in cast.fresh().case.turns.open() if turn.key.startswith("readiness")}


def test_each_side_is_asked_once_the_team_is_agreed_until_it_has_submitted(cast: Cast) -> None:
    at_first = turns(cast)
    answer(cast, SCHOOL)

    assert at_first == {"readiness-leader": cast.leader.user, "readiness-school": cast.school}
    assert turns(cast) == {"readiness-leader": cast.leader.user}


def test_the_project_goes_on_without_answers_and_nobody_is_asked_any_more(cast: Cast) -> None:
    cast.hold_meeting()

    assert (cast.fresh().stage, turns(cast)) == (Stage.INITIAL_MEETING_HELD, {})


def test_nobody_is_asked_where_no_theme_is_published(cast: Cast) -> None:
    for theme in ReadinessTheme.objects.all():
        theme.unpublish()
    answers: dict[str, dict[str, str]] = {}

    with pytest.raises(NotReady, match="asks no readiness questions"):
        save_readiness_answers(project=cast.fresh(), side=SCHOOL, answers=answers, seen=seen(cast, SCHOOL), by=cast.head, at=NOON)
    assert asked_of(cast.fresh()) == {}


def test_answers_are_saved_incomplete_and_gone_on_with_by_a_colleague(cast: Cast) -> None:
    nominated = make_head(cast.school, kind="nominated-lead")
    save(cast, SCHOOL, place="", words="First thoughts.")
    row = save(cast, SCHOOL, by=nominated, words="Together.")

    assert (row.version, row.saved_by, row.submitted_at) == (2, nominated, None)
    assert {one["words"] for one in row.answers.values()} == {"Together."}
    assert comparison_of(cast.fresh()) == []


def test_a_colleagues_answers_are_not_overwritten_unseen(cast: Cast) -> None:
    opened = seen(cast, SCHOOL)
    save(cast, SCHOOL, by=make_head(cast.school, kind="nominated-lead"), words="Theirs.")

    with pytest.raises(AnswersChanged):
        save_readiness_answers(
            project=cast.fresh(), side=SCHOOL, answers=answers_of(cast, words="Mine."), seen=opened, by=cast.head, at=NOON
        )
    assert {one["words"] for one in ReadinessAnswers.objects.get().answers.values()} == {"Theirs."}


def test_answers_with_a_theme_open_are_not_submitted(cast: Cast) -> None:
    save(cast, SCHOOL, trust="")

    with pytest.raises(NotReady, match="for every theme"):
        submit(cast, SCHOOL)
    assert ReadinessAnswers.objects.get().submitted_at is None


def test_nothing_is_submitted_before_anything_is_saved(cast: Cast) -> None:
    with pytest.raises(NotReady):
        submit(cast, LEADER)
    assert ReadinessConversation.objects.count() == 0


@pytest.mark.parametrize("act", [save, submit])
def test_a_submitted_side_is_not_changed_or_submitted_again(cast: Cast, act: Any) -> None:
    before = answer(cast, SCHOOL, words="As we see it.")

    with pytest.raises(AlreadySubmitted):
        act(cast, SCHOOL)
    row = ReadinessAnswers.objects.get()
    assert (row.answers, row.version, row.submitted_at) == (before.answers, 1, NOON)


def test_a_submitted_row_refuses_any_other_way_to_change_it(cast: Cast) -> None:
    row = answer(cast, SCHOOL, words="As we see it.")
    row.answers = {}

    with pytest.raises(AlreadySubmitted):
        row.save()


@pytest.mark.parametrize("change", [{"purpose": {"place": "MAYBE", "words": ""}}, {"other": {"place": "", "words": ""}},
                                    {"purpose": {"place": "YES", "words": "x" * 2001}}, {"purpose": {"place": "YES"}}])  # fmt: skip
def test_what_is_no_answer_to_what_is_asked_is_refused(cast: Cast, change: dict[str, Any]) -> None:
    answers = {**answers_of(cast), **change}

    with pytest.raises(ValidationError):
        save_readiness_answers(project=cast.fresh(), side=SCHOOL, answers=answers, seen=seen(cast, SCHOOL), by=cast.head, at=NOON)
    assert ReadinessConversation.objects.count() == 0


def test_nobody_answers_for_the_other_side_or_without_a_part_in_one(cast: Cast) -> None:
    nobody = [
        (SCHOOL, cast.leader.user), (LEADER, cast.head), (SCHOOL, cast.lead), (LEADER, cast.broker), (LEADER, cast.supporting_head),
        (SCHOOL, make_user(is_superuser=True)), (SCHOOL, make_head(cast.school, kind="business-manager")),
        (SCHOOL, make_head(cast.school, kind="chair-of-governors")), (SCHOOL, make_head(cast.school, verified=False)),
    ]  # fmt: skip
    for side, person in nobody:
        for act in (save, submit):
            with pytest.raises(PermissionDenied):
                act(cast, side, by=person)
    assert ReadinessConversation.objects.count() == 0


def test_whoever_stands_on_both_sides_answers_for_neither(cast: Cast) -> None:
    head = SchoolRoleKind.objects.get(key="head")
    given = {"user": cast.leader.user, "school": cast.school, "kind": head, "starts_on": SINCE, "claimed_at": NOON}
    SchoolRole.objects.create(**given, verified_at=NOON, verified_by=cast.lead)

    assert side_of(cast.leader.user, cast.fresh(), NOON.date()) is None
    assert side_of(cast.head, cast.fresh(), NOON.date()) == SCHOOL


@pytest.mark.parametrize("stage", [Stage.BROKERING, Stage.INITIAL_MEETING_HELD])
def test_answers_are_given_between_the_agreed_team_and_the_initial_meeting_alone(stage: Stage) -> None:
    cast = Cast()
    reach(cast, stage)
    if stage == Stage.BROKERING:
        cast.propose_team()

    with pytest.raises(NotNow):
        save(cast, SCHOOL)
    with pytest.raises(NotNow):
        submit(cast, SCHOOL)


def test_both_are_opened_and_told_when_the_second_side_submits(cast: Cast) -> None:
    answer(cast, LEADER, words="LEADERS-WORDS")
    told_before = OutboxMessage.objects.filter(details__sentence__startswith="Both sides answered").count()
    later = NOON + timedelta(hours=1)
    save(cast, SCHOOL, words="SCHOOLS-WORDS")
    submit(cast, SCHOOL, at=later)

    messages = OutboxMessage.objects.filter(details__sentence__startswith="Both sides answered")
    assert (told_before, ReadinessConversation.objects.get().opened_at) == (0, later)
    assert {message.recipient for message in messages} == {cast.leader.user, cast.head, cast.broker}
    written = [str(message.details) for message in OutboxMessage.objects.all()]
    written += [f"{event.sentence} {event.values} {event.reason}" for event in cast.fresh().case.events.all()]
    assert [text for text in written if "-WORDS" in text] == []


def test_the_furthest_apart_comes_first_and_then_the_order_of_the_themes(cast: Cast) -> None:
    answer(cast, LEADER, place=Place.PARTLY, trust=Place.YES, time=Place.NOT_YET, lasting=Place.YES, words="Ours.")
    answer(cast, SCHOOL, place=Place.PARTLY, trust=Place.NOT_YET, purpose=Place.YES, time=Place.YES, lasting=Place.YES, words="Theirs.")

    rows = comparison_of(cast.fresh())

    assert [(row.title, row.distance) for row in rows] == [
        ("Trust", 2), ("Time and release", 2), ("Purpose", 1), ("Capacity", 0), ("Data and evidence", 0), ("Staff and governors", 0),
        ("Sustaining the gains", 0),
    ]  # fmt: skip
    assert [(side.place, side.words) for side in rows[0].sides] == [(Place.YES, "Ours."), (Place.NOT_YET, "Theirs.")]


def test_the_wording_is_frozen_for_both_sides_with_the_first_answer(cast: Cast) -> None:
    save(cast, SCHOOL)
    theme = ReadinessTheme.objects.get(key="trust")
    theme.title = theme.school_question = theme.leader_question = "Reworded"
    theme.save_revision().publish()
    ReadinessTheme.objects.get(key="time").unpublish()

    asked = asked_of(cast.fresh())["en-gb"]
    assert [one["key"] for one in asked] == KEYS
    assert asked[1]["title"] == "Trust"
    submit(cast, SCHOOL)
    answer(cast, LEADER)
    assert {row.title for row in comparison_of(cast.fresh())} >= {"Trust", "Time and release"}


def test_a_page_opened_before_the_wording_was_frozen_otherwise_is_told(cast: Cast) -> None:
    opened = seen(cast, LEADER)
    theme = ReadinessTheme.objects.get(key="trust")
    theme.leader_question = "Reworded?"
    theme.save_revision().publish()
    save(cast, SCHOOL)

    with pytest.raises(AnswersChanged):
        save_readiness_answers(project=cast.fresh(), side=LEADER, answers=answers_of(cast), seen=opened, by=cast.leader.user, at=NOON)


def test_the_database_keeps_one_set_of_answers_for_each_side(cast: Cast) -> None:
    row = save(cast, SCHOOL)
    twin = ReadinessAnswers(conversation=row.conversation, side=SCHOOL, saved_at=NOON)

    with pytest.raises(ValidationError):
        twin.full_clean()
