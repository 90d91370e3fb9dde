"""A story is told with the consent of every school: without it nothing publishes it, and taken back it comes off the site (E5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale as WagtailLocale
from wagtail.models import Page, Revision

from alliance.models import User
from alliance.roles import Role
from cases.models import CaseEvent
from common.actions import Refusal
from outbox.kinds import message_kinds, word_message
from outbox.models import OutboxMessage
from s2s_workflow.actions.consent_to_story import consent_to_story
from s2s_workflow.actions.hold_story_back import NoStory, hold_story_back
from s2s_workflow.enums import Stage
from s2s_workflow.policies import NotNow
from s2s_workflow.stories import NoConsent
from tests.factories.pages import make_home
from tests.factories.people import make_user
from tests.factories.projects import LATER, Cast, at_stage
from tests.factories.website import make_story, make_story_index
from tests.s2s_workflow.steps import Portal
from website.models import StoryPage
from website.scheduled import NotDone, publish_scheduled

pytestmark = pytest.mark.django_db


def make_once() -> Cast:
    """A story was drafted: the evaluation is approved, and both schools agree."""
    make_story_index(make_home())
    cast = at_stage(Stage.APPROVED)
    for school, head in ((cast.school, cast.head), (cast.supporting_school, cast.supporting_head)):
        consent_to_story(project=cast.fresh(), school=school, consents=True, by=head, at=LATER)
    return cast


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


def answer(cast: Cast, *, consents: bool, by: User | None = None) -> None:
    school = cast.school if by == cast.head else cast.supporting_school
    consent_to_story(project=cast.fresh(), school=school, consents=consents, by=by or cast.supporting_head, at=LATER)


def story(cast: Cast) -> StoryPage:
    found: StoryPage = StoryPage.objects.get(pk=cast.fresh().story_id)
    return found


def publish(cast: Cast) -> None:
    story(cast).get_latest_revision().publish()


def refusal_of(cast: Cast) -> str:
    return (
        f"“{story(cast).title}” cannot be published: it needs the consent of every school, and this is missing: "
        f"{cast.supporting_school.name}."
    )


# --- Every door -----------------------------------------------------------------------------------


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="alliance.backends.AllianceBackend")
    return client


def form_of(page: StoryPage, **more: str) -> dict[str, str]:
    return {
        "title": page.title, "slug": page.slug, "introduction": "As an editor told it.", "date": "01/07/2026", "phase": "PRIMARY", "kind": "DEPLOYMENT",
        **{f"{name}-count": "0" for name in ("involved", "measures", "quote")},
        **dict.fromkeys(("context", "what_we_did", "outcomes", "went_well", "challenges", "lessons", "advice"), "null"),
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", **more,
    }  # fmt: skip


def in_the_page_editor(cast: Cast) -> str:
    page, client = story(cast), client_of(cast.lead)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = client.post(
        address, form_of(page, **{"action-publish": "1"}), headers={"referer": f"http://testserver{address}"}, follow=True
    )
    assert story(cast).get_latest_revision_as_object().introduction == "As an editor told it."  # what was typed is kept
    return str(response.content.decode())


def set_for_a_day_in_the_page_editor(cast: Cast) -> str:
    page, client = story(cast), client_of(cast.lead)
    day = (timezone.localtime() + timedelta(days=3)).strftime("%d/%m/%Y %H:%M")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = client.post(address, form_of(page, **{"action-publish": "1", "go_live_at": day}), follow=True)
    return str(response.content.decode())


def approved_by_a_reviewer(cast: Cast) -> str:
    page, reviewer = story(cast), cast.reviewer
    page.save_revision()
    page.get_workflow().start(page, make_user(Role.EDITOR))
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    response = client_of(reviewer).post(address, headers={"referer": f"http://testserver/admin/pages/{page.pk}/"}, follow=True)
    assert Page.objects.get(pk=page.pk).current_workflow_state.is_active
    return str(response.content.decode())


def approved_in_a_window_over_the_page(cast: Cast) -> str:
    page, reviewer = story(cast), cast.reviewer
    page.save_revision()
    page.get_workflow().start(page, make_user(Role.EDITOR))
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    client = client_of(reviewer)
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    answer_ = client.post(address, {"comment": "Good"}, headers={"x-requested-with": "XMLHttpRequest"})
    return str(client.get(answer_.json()["redirect"]).content.decode())


def with_others_in_bulk(cast: Cast) -> str:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = client_of(cast.lead).post(f"{address}?id={story(cast).pk}", follow=True)
    return str(response.content.decode())


def by_the_admins_own_api(cast: Cast) -> str:
    client = client_of(cast.lead)
    client.post(reverse("wagtailadmin_api:pages:action", args=[story(cast).pk, "publish"]))
    return str(client.get(reverse("wagtailadmin_home")).content.decode())


def set_for_a_day_by_the_admins_own_api(cast: Cast) -> str:
    page = story(cast)
    page.go_live_at = timezone.now() + timedelta(days=3)
    page.save_revision()
    return by_the_admins_own_api(cast)


def by_a_revision_in_a_shell(cast: Cast) -> str:
    return _words_of(lambda: story(cast).get_latest_revision().publish())


def by_saving_in_a_shell(cast: Cast) -> str:
    page = story(cast)
    page.live = True
    return _words_of(page.save)


def by_the_schedule(cast: Cast) -> str:
    """As if somebody had written the schedule into the database."""
    revision = story(cast).get_latest_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - timedelta(days=1))
    return _words_of(lambda: publish_scheduled(timezone.now()))


def _words_of(act: Callable[[], Any]) -> str:
    try:
        act()
    except (Refusal, NotDone) as refusal:
        return str(refusal)
    return ""


DOORS = [
    in_the_page_editor, set_for_a_day_in_the_page_editor, approved_by_a_reviewer, approved_in_a_window_over_the_page, with_others_in_bulk,
    by_the_admins_own_api, set_for_a_day_by_the_admins_own_api, by_a_revision_in_a_shell, by_saving_in_a_shell, by_the_schedule,
]  # fmt: skip


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_without_a_consent_nothing_publishes_the_story_and_whoever_tries_is_told_why(cast: Cast, door: Callable[[Cast], str]) -> None:
    answer(cast, consents=False)

    words = door(cast)

    assert refusal_of(cast) in words.replace("&#x27;", "’")
    assert (story(cast).live, story(cast).revisions.filter(approved_go_live_at__isnull=False).exists()) == (False, False)


@pytest.mark.parametrize("door", [in_the_page_editor, by_a_revision_in_a_shell, with_others_in_bulk, by_the_admins_own_api])
def test_with_every_consent_it_is_published(cast: Cast, door: Callable[[Cast], str]) -> None:
    door(cast)

    assert story(cast).live


def test_a_story_of_no_project_needs_no_consent(cast: Cast) -> None:
    answer(cast, consents=False)

    other = make_story(story(cast).get_parent().specific)

    assert other.live


def test_a_translation_is_the_same_story(cast: Cast) -> None:
    locale, _made = WagtailLocale.objects.get_or_create(language_code="cy")
    translated = story(cast).copy_for_translation(locale, copy_parents=True)
    answer(cast, consents=False)

    with pytest.raises(NoConsent):
        translated.get_latest_revision().publish()


# --- Taken back -----------------------------------------------------------------------------------


def told(user: User) -> list[str]:
    return list(OutboxMessage.objects.filter(recipient=user).order_by("pk").values_list("details__sentence", flat=True))


def test_consent_taken_back_before_publishing_is_told_to_editors_and_staff(cast: Cast) -> None:
    editor = make_user(Role.EDITOR)

    answer(cast, consents=False)

    assert told(editor) == ["A school took back its consent to a story. It cannot be published."]
    assert told(cast.broker)[-1] == "A school took back its consent to a story."
    sentences = list(CaseEvent.objects.filter(case=cast.project.case).order_by("pk").values_list("sentence", "is_public"))[-2:]
    assert sentences == [
        ("%(school)s does not agree to a story.", False),
        ("The story cannot be published: not every school agrees to it any more.", False),
    ]


def test_consent_taken_back_takes_a_live_story_off_the_site_at_once(cast: Cast) -> None:
    publish(cast)
    editor, address = make_user(Role.EDITOR), story(cast).url
    before = Client().get(address).status_code

    answer(cast, consents=False)

    assert (before, Client().get(address).status_code, story(cast).live) == (200, 404, False)
    assert told(editor) == ["A school took back its consent to a story. It is off the public site, and cannot be published."]
    assert CaseEvent.objects.filter(sentence__startswith="The story was taken off the public site").count() == 1


def test_every_language_comes_off_the_site(cast: Cast) -> None:
    locale, _made = WagtailLocale.objects.get_or_create(language_code="cy")
    translated = story(cast).copy_for_translation(locale, copy_parents=True)
    publish(cast)
    translated.get_latest_revision().publish()
    assert StoryPage.objects.live().count() == 2

    answer(cast, consents=False)

    assert StoryPage.objects.live().count() == 0


def test_a_day_that_was_set_is_taken_back_with_the_consent(cast: Cast) -> None:
    page = story(cast)
    page.go_live_at = timezone.now() + timedelta(days=3)
    page.save_revision().publish()
    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 1

    answer(cast, consents=False)

    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 0


def test_a_consent_given_again_lets_it_be_published_by_an_editors_act(cast: Cast) -> None:
    publish(cast)
    editor = make_user(Role.EDITOR)
    answer(cast, consents=False)
    answer(cast, consents=True)

    assert (story(cast).live, told(editor)[-1]) == (False, "Every school agrees to a story again. It can be published.")
    publish(cast)
    assert story(cast).live


def test_an_answer_repeated_is_told_once(cast: Cast) -> None:
    editor = make_user(Role.EDITOR)

    for _time in range(2):
        answer(cast, consents=False)

    assert len(told(editor)) == 1


def test_consent_is_taken_back_after_the_project_is_closed_too(cast: Cast) -> None:
    publish(cast)
    cast.disseminate()
    cast.close()
    head = Portal(cast.supporting_head, cast.project)
    offered = head.offers("documents")

    response = head.post("consent-to-story", cast.supporting_school, consents="no")

    assert ("consent-to-story" in offered, response.status_code, story(cast).live) == (True, 302, False)


def test_a_closed_project_without_a_story_asks_nobody() -> None:
    cast = at_stage(Stage.CLOSED)

    with pytest.raises(NotNow):
        answer(cast, consents=True)
    assert "consent-to-story" not in Portal(cast.head, cast.project).offers("documents")


def test_there_is_nothing_to_hold_back_without_a_story() -> None:
    cast = at_stage(Stage.APPROVED)

    with pytest.raises(NoStory):
        hold_story_back(project=cast.fresh(), by=cast.head, at=LATER)


# --- What people see ------------------------------------------------------------------------------


def test_staff_see_on_the_case_how_far_the_story_is(cast: Cast) -> None:
    staff = Portal(cast.lead, cast.project)
    drafted = staff.words("documents")
    publish(cast)
    live = staff.words("documents")
    answer(cast, consents=False)
    held = staff.words("documents")

    warning = "The story cannot be published: not every school agrees to it."
    assert ("Editors work on it." in drafted, "The story is on the public site." in live) == (True, True)
    assert [warning in page for page in (drafted, live, held)] == [False, False, True]


def test_the_mail_leads_editors_to_the_page_and_names_no_school(cast: Cast) -> None:
    editor = make_user(Role.EDITOR)
    answer(cast, consents=False)

    sent = word_message(OutboxMessage.objects.get(recipient=editor), at=LATER)

    assert f"/admin/pages/{story(cast).pk}/edit/" in sent.body
    assert cast.supporting_school.name not in sent.body + sent.subject


def test_a_message_about_a_story_that_is_gone_is_dropped(cast: Cast) -> None:
    editor = make_user(Role.EDITOR)
    answer(cast, consents=False)
    story(cast).delete()

    message = OutboxMessage.objects.get(recipient=editor)

    assert not message_kinds()[message.kind].still_wanted(message)
