"""Two colleagues of one side, and both sides, submit at the same moment (promise 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from alliance.models import User
from outbox.models import OutboxMessage
from s2s_workflow.actions.save_readiness_answers import save_readiness_answers
from s2s_workflow.actions.submit_readiness_answers import submit_readiness_answers
from s2s_workflow.enums import ReadinessSide, Stage
from s2s_workflow.models import ReadinessAnswers, ReadinessConversation
from s2s_workflow.models.readiness import AlreadySubmitted
from s2s_workflow.readiness_rules import AnswersChanged
from tests.conftest import NOON
from tests.factories.people import make_head
from tests.factories.projects import Cast, reach
from tests.factories.readiness import answers_of, save, seen

pytestmark = pytest.mark.django_db(transaction=True)
LEADER, SCHOOL = ReadinessSide.LEADER, ReadinessSide.SCHOOL


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = Cast()
    reach(cast, Stage.TEAM_AGREED)
    return cast


def race(*runs: Callable[[], object]) -> Counter[str]:
    """Each in a thread of its own, at the same moment; what each came to."""
    barrier = Barrier(len(runs))

    def one(run: Callable[[], object]) -> str:
        try:
            barrier.wait(timeout=20)
            run()
        except (AlreadySubmitted, AnswersChanged) as refusal:
            return type(refusal).__name__
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(runs)) as threads:
        return Counter(threads.map(one, runs))


def submitting(cast: Cast, side: ReadinessSide, by: User) -> Callable[[], object]:
    opened = seen(cast, side)
    return lambda: submit_readiness_answers(project=cast.fresh(), side=side, seen=opened, by=User.objects.get(pk=by.pk), at=NOON)


def saving(cast: Cast, side: ReadinessSide, by: User) -> Callable[[], object]:
    opened, answers = seen(cast, side), answers_of(cast, words=str(by.pk))
    return lambda: save_readiness_answers(
        project=cast.fresh(), side=side, answers=answers, seen=opened, by=User.objects.get(pk=by.pk), at=NOON
    )


def test_two_colleagues_of_one_side_submit_once(cast: Cast) -> None:
    save(cast, SCHOOL)
    colleagues = [cast.head, *(make_head(cast.school, kind="nominated-lead") for _number in range(3))]

    outcome = race(*(submitting(cast, SCHOOL, person) for person in colleagues))

    assert outcome == {"done": 1, "AlreadySubmitted": 3}
    assert cast.fresh().case.events.filter(sentence__startswith="The supported school answered").count() == 1


def test_two_colleagues_save_one_after_the_other_and_the_second_is_told(cast: Cast) -> None:
    colleagues = [cast.head, make_head(cast.school, kind="nominated-lead")]

    outcome = race(*(saving(cast, SCHOOL, person) for person in colleagues))

    row = ReadinessAnswers.objects.get()
    assert (outcome, row.version) == ({"done": 1, "AnswersChanged": 1}, 1)
    assert {one["words"] for one in row.answers.values()} == {str(row.saved_by_id)}


def test_both_sides_at_once_open_the_conversation_once(cast: Cast) -> None:
    for side in ReadinessSide:
        save(cast, side)

    outcome = race(submitting(cast, SCHOOL, cast.head), submitting(cast, LEADER, cast.leader.user))

    told = OutboxMessage.objects.filter(details__sentence__startswith="Both sides answered").values_list("recipient", flat=True)
    assert (outcome, ReadinessConversation.objects.get().opened_at) == ({"done": 2}, NOON)
    assert Counter(told) == {person.pk: 1 for person in (cast.head, cast.leader.user, cast.broker)}


def test_both_sides_first_answers_at_once_are_asked_the_same(cast: Cast) -> None:
    outcome = race(saving(cast, SCHOOL, cast.head), saving(cast, LEADER, cast.leader.user))

    assert (outcome, ReadinessConversation.objects.count(), ReadinessAnswers.objects.count()) == ({"done": 2}, 1, 2)
