"""A draft is its writers' own: no page of the admin, no export and no history shows one to somebody else (docs/decisions/0012)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision

from alliance.models import User
from alliance.roles import Role
from s2s_workflow.actions.write_evaluation import write_evaluation
from s2s_workflow.actions.write_plan import Objective, write_plan
from s2s_workflow.actions.write_report import write_report
from s2s_workflow.enums import Stage
from s2s_workflow.models import ActionPlan, DueDiligenceReport, Evaluation
from tests.conftest import NOON
from tests.factories.people import make_user
from tests.factories.projects import FULL, LATER, Cast, at_stage, reach
from tests.s2s_workflow.admin_pages import pages_of, text_of

pytestmark = pytest.mark.django_db
CANARY = "CANARY-IN-A-DRAFT"


def write_the_report(cast: Cast) -> None:
    texts = dict.fromkeys(("findings", "tried_already", "inspection_risk", "recommendation"), CANARY)
    write_report(project=cast.fresh(), **texts, by=cast.broker, at=NOON)


def write_the_plan(cast: Cast) -> None:
    objectives = [Objective(CANARY, CANARY, "7.2", "8.0", "Reading lead", NOON.date())]
    write_plan(project=cast.fresh(), objectives=objectives, schedule=CANARY, exit_arrangements=CANARY, by=cast.leader.user, at=NOON)


def write_the_evaluation(cast: Cast) -> None:
    names = ("impact_on_supporting", "sustained_by", "achievements", "challenges", "next_steps")
    write_evaluation(project=cast.fresh(), judgements=[], **dict.fromkeys(names, CANARY), by=cast.head, at=LATER)


def people(cast: Cast) -> dict[str, User]:
    return {
        "lead": cast.lead, "broker": cast.broker, "editor": make_user(Role.EDITOR), "finance": cast.finance, "reviewer": cast.reviewer,
        "group": cast.group[0], "superuser": make_user(is_superuser=True, is_staff=True),
    }  # fmt: skip


def found_by(user: User, document: Any) -> set[str]:
    """Names of the pages that show the canary to somebody."""
    client, found = Client(), set()
    client.force_login(User.objects.get(pk=user.pk), backend="alliance.backends.AllianceBackend")
    for name, address in pages_of(document):
        response = client.get(address)
        if CANARY.encode() in text_of(response):
            found.add(name)
    return found


def shown_to(cast: Cast, document: Any) -> dict[str, set[str]]:
    return {who: pages for who, user in people(cast).items() if (pages := found_by(user, document))}


STAFF_INSPECT = {who: {"inspect"} for who in ("lead", "broker", "superuser")}


@pytest.mark.parametrize(
    ("stage", "write", "model", "expected"),
    [
        (Stage.DUE_DILIGENCE, write_the_report, DueDiligenceReport, STAFF_INSPECT),  # the alliance writes it
        (Stage.INITIAL_MEETING_HELD, write_the_plan, ActionPlan, STAFF_INSPECT),  # so does it, beside the named lead
        (Stage.FINAL_REVIEW_DUE, write_the_evaluation, Evaluation, {}),  # it is the school's alone
    ],
    ids=["report", "plan", "evaluation"],
)
def test_a_draft_is_shown_in_the_admin_to_those_who_may_write_it_alone(
    stage: Stage, write: Callable[[Cast], None], model: Any, expected: dict[str, set[str]]
) -> None:
    cast = Cast(rules=FULL)
    cast.start_due_diligence() if stage == Stage.DUE_DILIGENCE else reach(cast, stage)
    write(cast)
    document = model.objects.get()
    assert CANARY in str(Revision.objects.for_instance(document).get().content)  # it is there to leak

    assert shown_to(cast, document) == expected


def test_what_a_school_writes_after_a_return_is_not_shown_either() -> None:
    cast = at_stage(Stage.EVALUATION_REVIEW)
    cast.return_evaluation()
    write_the_evaluation(cast)

    assert shown_to(cast, Evaluation.objects.get()) == {}


def test_what_was_sent_in_is_shown_to_staff_and_behind_the_task_and_what_was_approved_to_staff() -> None:
    cast = at_stage(Stage.EVALUATION_REVIEW)
    words = "What we say of achievements."
    evaluation = Evaluation.objects.get()

    def opened() -> dict[tuple[str, str], bool]:
        found = {}
        for who, user in (("lead", cast.lead), ("reviewer", cast.reviewer)):
            client = Client()
            client.force_login(User.objects.get(pk=user.pk), backend="alliance.backends.AllianceBackend")
            for view in ("inspect", "edit"):
                page = client.get(reverse(f"{Evaluation.snippet_viewset.url_namespace}:{view}", args=[evaluation.pk]))
                found[who, view] = words in page.content.decode()
        return found

    sent_in = opened()
    cast.approve_evaluation()

    assert sent_in == {("lead", "inspect"): True, ("lead", "edit"): False, ("reviewer", "inspect"): False, ("reviewer", "edit"): True}
    assert opened() == {("lead", "inspect"): True, ("lead", "edit"): False, ("reviewer", "inspect"): False, ("reviewer", "edit"): False}


@pytest.mark.parametrize("model", [DueDiligenceReport, ActionPlan, Evaluation], ids=lambda model: model.__name__)
def test_everything_that_is_written_stands_in_revisions_alone_until_it_is_approved(model: Any) -> None:
    """A field that is added to a document and forgotten here would stand in its row from the first draft on."""
    kept_by_wagtail = {"id", "project", "live", "latest_revision", "live_revision", "has_unpublished_changes", "first_published_at"}
    kept_by_wagtail |= {"last_published_at", "go_live_at", "expire_at", "expired", "locked", "locked_at", "locked_by"}

    assert {field.name for field in model._meta.concrete_fields} - kept_by_wagtail == set(model.drafted)


def test_the_row_and_its_history_hold_nothing_of_a_first_draft_and_all_of_what_was_approved() -> None:
    cast = at_stage(Stage.FINAL_REVIEW_DUE)
    cast.write_evaluation()
    drafted = Evaluation.objects.get()
    before = (drafted.achievements, list(drafted.history.values_list("achievements", flat=True)), drafted.draft.achievements)
    reach(cast, Stage.APPROVED)

    words = "What we say of achievements."
    assert before == ("", [""], words)
    assert (Evaluation.objects.get().achievements, drafted.history.first().achievements) == (words, words)
