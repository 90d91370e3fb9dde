"""The evaluation in the portal, and whether it may be told: written by the school, decided on, and read by whom it concerns."""

from __future__ import annotations

from typing import Any

import pytest

from alliance.roles import Role
from s2s_workflow.enums import GroupSubject, Stage
from s2s_workflow.models import Evaluation, StoryConsent
from tests.factories.people import make_head, make_school, make_user
from tests.factories.projects import FULL, Cast, at_stage
from tests.s2s_workflow.document_pages import page_of, seen, send, tab, turns_of

pytestmark = pytest.mark.django_db
EVALUATION = {
    "impact_on_supporting": "Coaches grew.", "sustained_by": "A reading lead.", "achievements": "CANARY-EVALUATION", "challenges": "",
    "next_steps": "Writing next.",
}  # fmt: skip


def make_once() -> Cast:
    """The delivery is over, the head writes."""
    return at_stage(Stage.FINAL_REVIEW_DUE)


@pytest.fixture
def reviewing(made: Cast) -> Cast:
    return made


def evaluate(cast: Cast, **more: Any) -> Any:
    evaluation = Evaluation.objects.filter(project=cast.project).first()
    judged = {"judgement_0": "MET", "evidence_0": "Reading age 8.1"}
    return send(cast.head, cast, "write-evaluation", **{**EVALUATION, **judged, "seen": seen(evaluation), **more})


def test_evaluation_is_saved_unfinished_and_kept_until_sent_in(reviewing):
    cast = reviewing
    evaluate(cast, judgement_0="", next_steps="")
    page = page_of(cast.head, cast, "write-evaluation").content.decode()
    send(cast.head, cast, "send-evaluation")

    assert ("Reading age 8.1</textarea>" in page, "Read better" in page, cast.fresh().stage) == (True, True, Stage.FINAL_REVIEW_DUE)


def test_evaluation_is_sent_in_returned_changed_and_approved_by_a_reviewer(reviewing):
    cast = reviewing
    evaluate(cast)
    send(cast.head, cast, "send-evaluation")
    assert (cast.fresh().stage, "review" in turns_of(cast.reviewer, cast)) == (Stage.EVALUATION_REVIEW, True)

    read = seen(cast.fresh().evaluation)
    send(cast.reviewer, cast, "decide-evaluation", decision="return", comment="Say more of writing.", seen=read)
    assert (cast.fresh().stage, "Say more of writing." in tab(cast.head, cast)) == (Stage.CHANGES_REQUESTED, True)
    evaluate(cast, next_steps="Writing, with dates.")
    send(cast.head, cast, "send-evaluation")
    send(cast.reviewer, cast, "decide-evaluation", decision="approve", comment="", seen=seen(cast.fresh().evaluation))

    evaluation = cast.fresh().evaluation
    assert (cast.fresh().stage, evaluation.live, evaluation.next_steps) == (Stage.APPROVED, True, "Writing, with dates.")


def test_evaluation_is_read_by_those_it_is_open_to_and_when(reviewing):
    cast = reviewing
    people = {
        "head": cast.head, "lead": cast.lead, "reviewer": cast.reviewer, "leader": cast.leader.user, "supporting head": cast.supporting_head,
        "head elsewhere": make_head(make_school()),
    }  # fmt: skip

    def reads() -> set[str]:
        pages = {who: tab(user, cast) + tab(user, cast, "project") for who, user in people.items()}
        return {who for who, page in pages.items() if "CANARY-EVALUATION" in page or "Reading age 8.1" in page}

    evaluate(cast)
    drafted = reads()
    send(cast.head, cast, "send-evaluation")
    sent = reads()
    cast.approve_evaluation()
    approved = reads()
    cast.disseminate()

    assert (drafted, sent, approved) == ({"head"}, {"head", "lead", "reviewer"}, {"head", "lead", "reviewer"})
    assert reads() == {"head", "lead", "leader", "supporting head"}


def test_the_draft_that_follows_a_return_is_the_schools_own(reviewing):
    cast = reviewing
    cast.submit_evaluation()
    cast.return_evaluation()
    evaluate(cast, achievements="CANARY-UNFINISHED")

    pages = tab(cast.reviewer, cast) + tab(cast.lead, cast) + page_of(cast.reviewer, cast, "decide-evaluation").content.decode()

    assert ("CANARY-UNFINISHED" in tab(cast.head, cast), "CANARY-UNFINISHED" in pages) == (True, False)
    assert "What we say of achievements." in tab(cast.reviewer, cast)


@pytest.mark.parametrize("slug", ["write-evaluation", "send-evaluation"])
def test_evaluation_is_the_supported_heads(reviewing, slug):
    cast = reviewing
    others = [cast.lead, cast.leader.user, cast.supporting_head, make_head(cast.school, kind="nominated-lead")]

    assert [page_of(user, cast, slug).status_code for user in others] == [403, 403, 403, 403]
    assert page_of(cast.head, cast, slug).status_code == 200


def test_head_of_each_school_says_whether_it_may_be_told(reviewing):
    cast = reviewing
    send(cast.head, cast, "consent-to-story", cast.school.pk, consents="yes")
    send(cast.supporting_head, cast, "consent-to-story", cast.supporting_school.pk, consents="no")

    answers = dict(StoryConsent.objects.values_list("school", "consents"))
    assert answers == {cast.school.pk: True, cast.supporting_school.pk: False}
    assert ("Does not agree" in tab(cast.lead, cast), "Does not agree" in tab(cast.head, cast)) == (True, False)


def test_nobody_consents_for_another_school(reviewing):
    cast = reviewing
    answers = [
        send(cast.head, cast, "consent-to-story", cast.supporting_school.pk, consents="yes").status_code,
        send(cast.lead, cast, "consent-to-story", cast.school.pk, consents="yes").status_code,
        send(cast.head, cast, "consent-to-story", make_school().pk, consents="yes").status_code,
    ]

    assert (answers, StoryConsent.objects.exists()) == ([403, 403, 404], False)


def test_reviewer_and_group_find_their_turns():
    cast = at_stage(Stage.EVALUATION_REVIEW, rules=FULL)
    before = (turns_of(cast.group[0], cast), turns_of(cast.reviewer, cast))

    cast.give_views(GroupSubject.EVALUATION)

    assert before == ({"group-EVALUATION"}, set())
    assert (turns_of(cast.group[0], cast), turns_of(cast.reviewer, cast)) == (set(), {"review"})
    assert turns_of(make_user(Role.EDITOR), cast) == set()
