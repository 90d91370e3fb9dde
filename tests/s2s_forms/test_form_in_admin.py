"""An editor composes a request form in the admin: drafts may be unfinished, nothing unfinished is published (R1)."""

from __future__ import annotations

import json

import pytest
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from alliance.roles import Role
from s2s_forms.models import RequestPage
from tests.factories.pages import make_home, make_process_page, make_request_page
from tests.factories.people import make_user
from tests.factories.request_forms import composed_form, standard_steps

pytestmark = pytest.mark.django_db


def as_posted(steps) -> dict[str, object]:
    """The steps as the editor's browser posts them."""

    def questions(step):
        return streamfield([(one["type"], _value(one)) for one in step["value"]["questions"]])

    return streamfield(
        [
            ("step", {"title": one["value"]["title"], "introduction": rich_text(""), "only_for": tuple(one["value"]["only_for"]), "questions": questions(one)})
            for one in steps
        ]
    )  # fmt: skip


def _value(question):
    value = {name: "" if given is None else given for name, given in question["value"].items()}
    if "options" in value:
        value["options"] = _list_of([one["value"] for one in value["options"]])
    if value.get("is_needed") is False:
        del value["is_needed"]
    return value


def _list_of(items):
    rows = {
        str(number): {"value": item, "deleted": "", "order": str(number), "id": f"option-{number + 1}"} for number, item in enumerate(items)
    }
    return {"count": str(len(items)), **rows}


def post(client, page: RequestPage, steps, **action):
    data = nested_form_data(
        {
            "title": page.title, "slug": page.slug, "introduction": page.introduction, "contact_role": "s2s-lead",
            "what_you_need": rich_text("<p>Ten minutes.</p>"), "declaration": rich_text("<p>Yes.</p>"),
            "what_happens_next": rich_text("<p>We ring.</p>"), "form": as_posted(steps), "comments": inline_formset([]),
        }
    )  # fmt: skip
    return client.post(f"/admin/pages/{page.pk}/edit/", {**data, **action})


@pytest.fixture
def page(client):
    client.force_login(make_user(Role.EDITOR, is_superuser=True))
    return make_request_page(make_process_page(make_home()))


def test_the_form_is_edited_and_published_with_no_code(client, page):
    response = post(client, page, json.loads(composed_form()), **{"action-publish": "1"})

    page.refresh_from_db()
    assert response.status_code == 302, response.content.decode()
    assert [step.value["title"] for step in page.form][:2] == ["Who is asking", "Your authority"]
    assert page.form[1].value["only_for"] == ["local-authority"]


def test_an_unfinished_form_is_kept_as_a_draft_but_not_published_and_says_why(client, page):
    unfinished = [one for one in standard_steps() if one["id"] != "need"]

    refused = post(client, page, unfinished, **{"action-publish": "1"})
    kept = post(client, page, unfinished)

    page.refresh_from_db()
    assert "is missing: every request holds it." in refused.content.decode()
    assert kept.status_code == 302
    assert len(page.form) == 6
    assert len(page.get_latest_revision_as_object().form) == 5
