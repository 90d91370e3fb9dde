"""Protocols: steps that several share, versions that cases keep, and reviews that fall due (P1, P2)."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from alliance.roles import Role
from cases.models import Case, ProtocolVersion
from common.actions import Actor
from common.jobs import run_due_jobs
from outbox.delivery import deliver_due_messages
from outbox.models import OutboxMessage
from s2s_forms.actions import publish_protocol_version
from s2s_forms.actions.remind_of_reviews import remind_of_reviews
from s2s_forms.models import ProcessPage, ProcessStep
from s2s_forms.protocols import current_version, versions_in_use
from tests.conftest import NOON
from tests.factories.cases import make_case
from tests.factories.pages import make_home, make_process_page
from tests.factories.people import make_head, make_school, make_user
from website.demo.translation import translate

pytestmark = pytest.mark.django_db


def make_step(title: str = "We listen") -> ProcessStep:
    step = ProcessStep(title=title, who="The lead", text="<p>We ring you.</p>", live=False)
    step.locale = ProcessPage.objects.first().locale if ProcessPage.objects.exists() else make_home().locale
    step.save()
    step.save_revision().publish()
    step.refresh_from_db()
    return step


def show(page: ProcessPage, *steps: ProcessStep) -> None:
    page.steps = json.dumps(
        [*json.loads(json.dumps(list(page.steps.raw_data))), *({"type": "shared_step", "value": step.pk} for step in steps)]
    )
    page.save_revision().publish()


def reword(step: ProcessStep, title: str) -> None:
    step.title = title
    step.save_revision().publish()


@pytest.fixture
def protocols():
    """Two protocols that share a step."""
    home = make_home()
    first, second = make_process_page(home), make_process_page(home, slug="fuller", protocol_key="fuller", title="Fuller")
    step = make_step()
    for page in (first, second):
        show(page, step)
    return first, second, step


def test_one_wording_serves_two_protocols(client, protocols):
    _first, _second, step = protocols

    reword(step, "We listen to you")

    for address in ("/support/", "/fuller/"):
        assert "We listen to you" in client.get(address).content.decode()


def test_a_draft_of_a_shared_step_shows_nowhere_and_makes_no_version(client, protocols):
    _first, _second, step = protocols
    before = ProtocolVersion.objects.count()

    step.title = "Half a thought"
    step.save_revision()

    assert "Half a thought" not in client.get("/support/").content.decode()
    assert ProtocolVersion.objects.count() == before


def test_publishing_a_shared_step_makes_the_next_version_of_each_protocol_that_shows_it_and_cases_keep_theirs(protocols):
    _first, _second, step = protocols
    case = make_case(protocol_version=current_version("short"))
    before = {key: current_version(key).number for key in ("short", "fuller")}

    reword(step, "We listen to you")

    assert {key: current_version(key).number for key in before} == {key: number + 1 for key, number in before.items()}
    assert current_version("short").content["en-gb"]["steps"][-1]["title"] == "We listen to you"
    case.refresh_from_db()
    assert case.protocol_version.content["en-gb"]["steps"][-1]["title"] == "We listen"


def test_taking_a_shared_step_off_makes_the_next_version_without_it(protocols):
    _first, _second, step = protocols
    before = current_version("short")

    step.unpublish()

    after = current_version("short")
    assert (after.number, len(after.content["en-gb"]["steps"])) == (before.number + 1, len(before.content["en-gb"]["steps"]) - 1)


def test_what_is_set_for_a_day_is_published_on_it_by_the_job_runner_and_makes_one_version(client, protocols):
    page, _second, step = protocols
    case = make_case(protocol_version=current_version("short"))
    now = timezone.now()
    for changed, title in ((page, "Support from May on"), (step, "We listen from May on")):
        changed.title = title
        changed.go_live_at = now + timedelta(days=2)
        changed.save_revision().publish()
    before = current_version("short")

    seen = []
    for days in (1, 3, 4):
        with time_machine.travel(now + timedelta(days=days)):
            assert run_due_jobs(at=timezone.now()) == []
            seen.append((current_version("short").number - before.number, "from May on" in client.get("/support/").content.decode()))

    assert seen == [(0, False), (2, True), (2, True)]
    content = current_version("short").content["en-gb"]
    assert (content["title"], content["steps"][-1]["title"]) == ("Support from May on", "We listen from May on")
    case.refresh_from_db()
    assert case.protocol_version == before


def test_the_case_shows_the_process_that_it_started_under(client, protocols):
    _first, _second, step = protocols
    school = make_school()
    case = make_case(protocol_version=current_version("short"), school=school)
    reword(step, "We listen to you")
    client.force_login(make_head(school))

    page = client.get(f"/portal/cases/{case.reference}/process/").content.decode()

    assert "We listen" in page
    assert "We listen to you" not in page
    assert "This case keeps what is written here." in page


def test_an_editor_sees_how_many_open_cases_follow_each_version(client, protocols):
    first, _second, step = protocols
    old = current_version("short")
    for _number in range(2):
        make_case(protocol_version=old)
    closed = make_case(protocol_version=old)
    Case.objects.filter(pk=closed.pk).update(closed_at=timezone.now(), public_status="COMPLETED")
    reword(step, "We listen to you")

    client.force_login(make_user(Role.EDITOR))
    pages = [
        client.get(address).content.decode()
        for address in (f"/admin/pages/{first.pk}/edit/", f"/admin/snippets/s2s_forms/processstep/edit/{step.pk}/")
    ]

    assert [(one.version.number, one.open_cases, one.is_current) for one in versions_in_use(["short"])] == [
        (old.number + 1, 0, True),
        (old.number, 2, False),
    ]
    for page in pages:
        assert f"version {old.number}: 2 open cases" in " ".join(page.split())


def test_an_editor_sends_a_step_in_and_a_reviewer_publishes_it(client, protocols):
    _first, _second, step = protocols
    editor, reviewer = make_user(Role.EDITOR), make_user(Role.REVIEWER)
    address = f"/admin/snippets/s2s_forms/processstep/edit/{step.pk}/"
    posted = {
        "title": "We listen first",
        "icon": "listen",
        "who": "The lead",
        "text": '{"blocks": [], "entityMap": {}}',
        "documents-count": "0",
    }
    posted["text"] = json.dumps(
        {
            "blocks": [{"key": "a", "text": "We ring.", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}],
            "entityMap": {},
        }
    )

    client.force_login(editor)
    refused = client.post(address, {**posted, "action-publish": "1"})
    client.post(address, {**posted, "action-submit": "1"})
    step.refresh_from_db()
    assert (refused.status_code, step.title, step.current_workflow_state is not None) == (302, "We listen", True)
    client.force_login(reviewer)
    state = step.current_workflow_task_state
    client.post(reverse("wagtailsnippets_s2s_forms_processstep:workflow_action", args=[step.pk, "approve", state.pk]))

    step.refresh_from_db()
    assert (step.title, current_version("short").content["en-gb"]["steps"][-1]["title"]) == ("We listen first", "We listen first")
    assert step.history.first().history_user == reviewer


@pytest.mark.parametrize(("role", "status"), [(Role.EDITOR, 200), (Role.REVIEWER, 200), (Role.BROKER, 302), (Role.FINANCE, 302)])
def test_those_who_write_or_publish_a_shared_step_compare_its_versions(client, protocols, role, status):
    _first, _second, step = protocols
    step.title = "We listen first"
    draft = step.save_revision()
    client.force_login(make_user(role))

    response = client.get(f"/admin/snippets/s2s_forms/processstep/history/{step.pk}/revisions/compare/live...{draft.pk}/")

    assert response.status_code == status
    assert status != 200 or "We listen first" in re.sub("<[^>]+>", "", response.content.decode())


def review_on(page: ProcessPage, day: date) -> int:
    return remind_of_reviews(by=Actor.job("reviews"), at=NOON.replace(year=day.year, month=day.month, day=day.day))


def test_the_owner_is_told_once_when_a_review_is_due(mailoutbox, protocols):
    page, other, _step = protocols
    owner, lead = make_user(Role.EDITOR), make_user(Role.S2S_LEAD)
    due = NOON.date() + timedelta(days=3)
    ProcessPage.objects.filter(pk=page.pk).update(review_due_on=due, owner=owner)
    ProcessPage.objects.filter(pk=other.pk).update(review_due_on=due, owner=None)

    numbers = [review_on(page, due + timedelta(days=late)) for late in (-1, 0, 1)]

    assert numbers == [0, 2, 0]
    assert set(OutboxMessage.objects.values_list("recipient_email", flat=True)) == {owner.email, lead.email}


def test_a_review_that_was_done_meanwhile_is_not_asked_for(mailoutbox, protocols):
    page, _other, _step = protocols
    due = NOON.date()
    ProcessPage.objects.filter(pk=page.pk).update(review_due_on=due, owner=make_user(Role.EDITOR))
    review_on(page, due)

    ProcessPage.objects.filter(pk=page.pk).update(review_due_on=due + timedelta(days=365))
    deliver_due_messages(NOON + timedelta(hours=1))

    assert mailoutbox == []


@pytest.mark.parametrize(("role", "status"), [(Role.EDITOR, 200), (Role.S2S_LEAD, 200), (Role.FINANCE, 302), (Role.BROKER, 302)])
def test_the_report_of_reviews_opens_to_those_who_look_after_protocols(client, protocols, role, status):
    page, _other, _step = protocols
    ProcessPage.objects.filter(pk=page.pk).update(review_due_on=date(2020, 1, 1))
    client.force_login(make_user(role))

    response = client.get("/admin/reports/protocols/")

    assert response.status_code == status
    if status == 200:
        assert "1 January 2020" in response.content.decode()
        assert client.get("/admin/reports/protocols/?export=csv").status_code == 200


def test_whoever_publishes_a_moment_later_makes_the_version_after_with_the_words_of_both(monkeypatch, protocols):
    first, _second, step = protocols
    stale = current_version("short")
    reword(step, "We listen to you")
    ProcessPage.objects.filter(pk=first.pk).update(introduction="How it goes now.")
    answers = [stale]
    monkeypatch.setattr(
        publish_protocol_version, "current_version", lambda key: answers.pop() if answers else current_version(key)
    )  # as another process read it

    version = publish_protocol_version.publish_protocol_version(page=first, by=Actor.job("publishing"), at=NOON)

    words = version.content["en-gb"]
    assert (version.number, words["introduction"], words["steps"][-1]["title"]) == (
        stale.number + 2,
        "How it goes now.",
        "We listen to you",
    )


def test_a_version_is_named_in_the_alliances_language_whichever_translation_was_published_last(protocols):
    first, _second, _step = protocols
    Locale.objects.get_or_create(language_code="cy")
    for page in (*first.get_ancestors().filter(depth__gt=1).specific(), first):
        translate(page, {"Support": "Cymorth"})
    welsh = ProcessPage.objects.get(protocol_key="short", locale__language_code="cy")

    welsh.introduction = "Fel hyn."
    welsh.save_revision().publish()

    version = current_version("short")
    assert (version.title, version.content["cy"]["title"], version.content["cy"]["introduction"]) == ("Support", "Cymorth", "Fel hyn.")
