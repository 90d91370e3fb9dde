"""The pages of the readiness conversation: answered, submitted and compared in the portal."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from s2s_workflow.enums import ReadinessSide, Stage
from s2s_workflow.models import ReadinessAnswers
from tests.factories.people import make_head
from tests.factories.projects import Cast, reach
from tests.factories.readiness import answer, save
from tests.factories.website import make_welsh
from tests.s2s_workflow.steps import Portal
from website.models import ReadinessTheme
from website.readiness import Place

pytestmark = pytest.mark.django_db
LEADER, SCHOOL = ReadinessSide.LEADER, ReadinessSide.SCHOOL
TAB_BUDGET = 40


def make_once() -> Cast:
    cast = Cast()
    reach(cast, Stage.TEAM_AGREED)
    return cast


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


@pytest.fixture
def head(cast: Cast) -> Portal:
    return Portal(cast.head, cast.project)


@pytest.fixture
def leader(cast: Cast) -> Portal:
    return Portal(cast.leader.user, cast.project)


def posted(portal: Portal, slug: str, **changed: str) -> dict[str, str]:
    """What the page would send, with some of it changed."""
    form = portal.get(slug).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name != "form_key"}
    return {**sent, **changed}


def places(place: str) -> dict[str, str]:
    return {f"place_{theme.key}": place for theme in ReadinessTheme.objects.filter(locale__language_code="en-gb")}


def test_head_saves_goes_on_later_and_submits(cast: Cast, head: Portal) -> None:
    head.post("answer-readiness-school", **posted(head, "answer-readiness-school", words_trust="We are wary."))
    offered_at_first = head.offers("readiness")
    later = posted(head, "answer-readiness-school", **places(Place.YES))
    head.post("answer-readiness-school", **later)
    read = head.get("submit-readiness-school").content.decode()
    done = head.post("submit-readiness-school", **posted(head, "submit-readiness-school"))

    row = ReadinessAnswers.objects.get()
    assert (offered_at_first, later["words_trust"], "We are wary." in read, done.status_code) == (
        {"answer-readiness-school"}, "We are wary.", True, 302,
    )  # fmt: skip
    assert (row.submitted_by, row.answers["trust"]) == (cast.head, {"place": "YES", "words": "We are wary."})
    assert head.offers("readiness") == set()
    assert "We are wary." in head.words("readiness")


def test_a_side_that_has_submitted_is_told_so_when_it_sends_an_old_page(cast: Cast, head: Portal) -> None:
    old = posted(head, "answer-readiness-school", **places(Place.NOT_YET))
    answer(cast, SCHOOL)

    page = head.post("answer-readiness-school", **old).content.decode()

    assert "has submitted its answers already" in page
    assert {one["place"] for one in ReadinessAnswers.objects.get().answers.values()} == {"PARTLY"}


def test_a_colleagues_answers_stand_beside_what_was_typed(cast: Cast, head: Portal) -> None:
    mine = posted(head, "answer-readiness-school", words_trust="What I typed.")
    save(cast, SCHOOL, by=make_head(cast.school, kind="nominated-lead"), words="What they saved.")

    response = head.post("answer-readiness-school", **mine)
    refused = response.content.decode()
    again = {name: response.context["form"][name].value() or "" for name in response.context["form"].fields if name != "form_key"}
    head.post("answer-readiness-school", **again)

    assert ("A colleague saved" in refused, "What I typed." in refused, "What they saved." in refused) == (True, True, True)
    assert ReadinessAnswers.objects.get().answers["trust"]["words"] == "What I typed."


def test_what_is_too_long_is_told_beside_its_field_and_nothing_is_saved(head: Portal) -> None:
    page = head.post("answer-readiness-school", **posted(head, "answer-readiness-school", words_trust="x" * 2001)).content.decode()

    assert 'id="id_words_trust_error"' in page or "2000" in page
    assert ReadinessAnswers.objects.count() == 0


def test_the_furthest_apart_stands_on_top_for_both_sides_and_staff(cast: Cast, head: Portal, leader: Portal) -> None:
    answer(cast, LEADER, place=Place.YES, lasting=Place.YES, words="As we see it.")
    answer(cast, SCHOOL, place=Place.YES, lasting=Place.NOT_YET, time=Place.PARTLY, words="<b>As they see it.</b>")

    for portal in (head, leader, Portal(cast.broker, cast.project)):
        page = portal.words("readiness")
        order = re.findall(r'<h3 class="card__title">([^<]+)</h3>', page)
        assert order == [
            "Sustaining the gains",
            "Time and release",
            "Purpose",
            "Trust",
            "Capacity",
            "Data and evidence",
            "Staff and governors",
        ]
        assert ("As we see it." in page, "&lt;b&gt;As they see it.&lt;/b&gt;" in page) == (True, True)


def test_the_step_of_the_initial_meeting_leads_to_the_differences_once_both_are_in(cast: Cast, leader: Portal) -> None:
    answer(cast, LEADER, place=Place.YES)
    before = leader.get("record-meeting").content.decode()
    answer(cast, SCHOOL, place=Place.YES, trust=Place.NOT_YET)
    after = leader.get("record-meeting").content.decode()

    assert ("Where you differ" in before, "Where you differ" in after) == (False, True)
    assert after.index("Trust") < after.index("Purpose")
    assert f"/portal/cases/{cast.project.case.reference}/readiness/" in after


def test_the_questions_are_asked_in_the_readers_language_where_all_are_translated(cast: Cast, head: Portal) -> None:
    themes = list(ReadinessTheme.objects.all())
    welsh = {"title": "Thema", "school_question": "Cwestiwn i’r ysgol?", "leader_question": "Cwestiwn i’r arweinydd?"}
    for theme in themes[1:]:
        make_welsh(theme, **welsh)
    address = f"/cy{head.address('answer-readiness-school')}"
    half = head.client.get(address).content.decode()
    make_welsh(themes[0], **welsh)
    whole = head.client.get(address).content.decode()
    save(cast, LEADER)

    assert ("Cwestiwn i’r ysgol?" in half, themes[1].school_question in half, 'lang="en-gb"' in half) == (False, True, True)
    assert (whole.count("Cwestiwn i’r ysgol?"), themes[1].school_question in whole) == (7, False)
    assert "Cwestiwn i’r ysgol?" in head.client.get(address).content.decode()  # the frozen wording has both languages


def queries_of(portal: Portal, address: str) -> int:
    portal.client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert portal.client.get(address).status_code == 200
    return len(captured)


def test_pages_cost_the_same_for_seven_themes_and_twenty(cast: Cast, head: Portal, leader: Portal) -> None:
    def costs() -> list[int]:
        steps = [queries_of(portal, portal.address(f"answer-readiness-{side}")) for portal, side in ((head, "school"), (leader, "leader"))]
        return [*steps, queries_of(head, f"/portal/cases/{head.reference}/readiness/")]

    seven = costs()
    locale = ReadinessTheme.objects.first().locale  # type: ignore[union-attr]  # the seven that ship
    for number in range(13):
        ReadinessTheme.objects.create(key=f"more-{number}", title="More", school_question="Yes?", leader_question="No?", locale=locale)

    assert costs() == seven
    assert max(seven) <= TAB_BUDGET


def test_the_comparison_keeps_to_the_budget(cast: Cast, head: Portal) -> None:
    for side in ReadinessSide:
        answer(cast, side)

    assert queries_of(head, f"/portal/cases/{head.reference}/readiness/") <= TAB_BUDGET


def test_the_admin_lists_an_open_conversation_with_its_wording(cast: Cast) -> None:
    for side in ReadinessSide:
        answer(cast, side, words="As we see it.")
    staff: Any = Portal(cast.lead, cast.project).client
    row = ReadinessAnswers.objects.get(side=SCHOOL)

    wording = staff.get(f"/admin/snippets/s2s_workflow/readinessconversation/inspect/{cast.project.pk}/").content.decode()
    said = staff.get(f"/admin/snippets/s2s_workflow/readinessanswers/inspect/{row.pk}/").content.decode()

    assert "Do your staff and governors know that support is coming" in wording
    assert "As we see it." in said
