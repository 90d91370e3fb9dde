"""A request form is composed by an editor: its steps, wording, help, order, conditions and questions of their own (R1, R2)."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Locale

from cases.models import Case
from common.models import PrivateFile
from s2s_forms.models import RequestDraft, RequestPage, SupportRequest
from s2s_forms.request_form.problems import problems_of
from tests.factories.pages import make_home, make_process_page, make_request_page
from tests.factories.people import make_school
from tests.factories.request_forms import composed_form, form_step, options, question, send, standard_steps
from tests.s2s_forms.test_request_journey import BASE, PDF, answers
from website.demo.translation import translate

pytestmark = pytest.mark.django_db
MORE = {
    "extra-story": "", "extra-classes": "14", "extra-inspection_day": "3", "extra-inspection_month": "5", "extra-inspection_year": "2025",
    "extra-day": "option-2", "extra-phases": ["option-1", "option-3"], "extra-agrees": "on",
}  # fmt: skip


@pytest.fixture
def school():
    return make_school(name="Otterbeck Primary School")


def composed_page() -> RequestPage:
    return make_request_page(make_process_page(make_home()), form=composed_form())


def fill(client, school, *, kind: str = "local-authority", base: str = BASE, more=MORE, starts: bool = True) -> None:
    if starts:
        client.post(base)
    steps = {**answers(school), "who": {"requester_kind": kind, "organisation": "Wharfeside Council"}}
    if kind == "local-authority":
        steps = {"who": steps.pop("who"), "authority": {"extra-officer": "Ada Adviser"}, **steps}
    for slug, values in {**steps, "more": more}.items():
        response = client.post(f"{base}step/{slug}/", values)
        assert response.status_code == 302, response.content.decode()


def test_answers_to_own_questions_are_kept_as_they_were_asked(client, school):
    composed_page()
    fill(client, school)

    check = client.get(f"{BASE}check/").content.decode()
    send(client)

    kept = {row["question"]: row["answer"] for row in SupportRequest.objects.get().answers}
    expected = {
        "Who leads on school improvement?": "Ada Adviser",
        "How many classes?": "14",
        "When was the last inspection?": "3 May 2025",
        "Which day suits a call?": "Thursday",
        "Which year groups?": "Reception\nYears 3 to 6",
        "The governors know of this request": "Yes",
    }
    assert {name: kept.get(name) for name in expected} == expected
    assert "What should we know about the school?" not in kept
    assert all(name in check for name in expected)


def test_a_step_for_some_is_asked_of_them_alone(client, school):
    composed_page()
    client.post(BASE)
    client.post(f"{BASE}step/who/", {"requester_kind": "school", "organisation": ""})

    assert client.get(f"{BASE}step/authority/").status_code == 404
    fill(client, school, kind="school")
    send(client)
    assert "Who leads on school improvement?" not in {row["question"] for row in SupportRequest.objects.get().answers}


def test_changing_who_asks_leads_to_the_step_that_is_asked_now_and_drops_what_is_not(client, school):
    composed_page()
    fill(client, school, kind="school")

    changed = client.post(f"{BASE}step/who/?change=1", {"requester_kind": "local-authority", "organisation": "Wharfeside Council"})
    assert changed["Location"] == f"{BASE}step/authority/"
    client.post(f"{BASE}step/authority/", {"extra-officer": "Ada Adviser"})
    back = client.post(f"{BASE}step/who/?change=1", {"requester_kind": "school", "organisation": ""})

    assert back["Location"] == f"{BASE}check/"
    assert "Ada Adviser" not in client.get(f"{BASE}check/").content.decode()


REFUSED = [
    ({"extra-classes": "many"}, "id_extra-classes"),
    ({"extra-classes": "0"}, "id_extra-classes"),
    ({"extra-classes": "61"}, "id_extra-classes"),
    ({"extra-classes": ""}, "id_extra-classes"),
    ({"extra-inspection_month": "13"}, "id_extra-inspection_0"),
    ({"extra-day": "Thursday"}, "id_extra-day_0"),
    ({"extra-phases": []}, "id_extra-phases_0"),
    ({"extra-phases": ["option-1", "option-9"]}, "id_extra-phases_0"),
    ({"extra-agrees": ""}, "id_extra-agrees"),
    ({"extra-story": "x" * 5001}, "id_extra-story"),
]


@pytest.mark.parametrize(("values", "target"), REFUSED)
def test_a_refused_answer_is_told_beside_its_question(client, school, values, target):
    composed_page()
    client.post(BASE)

    response = client.post(f"{BASE}step/more/", {**MORE, **values})

    page = response.content.decode()
    assert response.status_code == 200
    assert f'href="#{target}"' in page
    assert f'id="{target}"' in page
    assert RequestDraft.objects.get().answers == {}


def test_answers_come_back_into_the_form_as_they_were_given(client, school):
    composed_page()
    fill(client, school)

    page = client.get(f"{BASE}step/more/?change=1").content.decode()

    assert 'value="14"' in page
    assert 'value="2025"' in page
    assert page.count("checked") == 4


def test_a_file_of_an_own_question_goes_with_the_request_under_its_question(client, school):
    form = json.loads(composed_form())
    next(one for one in form[-1]["value"]["questions"] if one["type"] == "file")["value"]["is_needed"] = True
    make_request_page(make_process_page(make_home()), form=json.dumps(form))
    client.post(BASE)

    refused = client.post(f"{BASE}step/more/", MORE)
    fill(client, school, more={**MORE, "extra-plan": [SimpleUploadedFile("plan.pdf", PDF)]})
    again = client.post(f"{BASE}step/more/?change=1", MORE)
    send(client)

    assert "Answer: Your improvement plan" in refused.content.decode()
    assert again["Location"] == f"{BASE}check/"
    assert Case.objects.get().attachments.get().private_file.original_name == "plan.pdf"
    assert ("Your improvement plan", "plan.pdf") in {(row["question"], row["answer"]) for row in SupportRequest.objects.get().answers}


def test_an_editors_wording_takes_the_place_of_the_usual(client, school):
    steps = standard_steps()
    steps[3]["value"]["questions"][1]["value"] = {"label": "What is on your mind?", "help": "Take your time."}
    make_request_page(make_process_page(make_home()), form=json.dumps(steps))
    client.post(BASE)

    page = client.get(f"{BASE}step/need/").content.decode()

    assert "What is on your mind?" in page
    assert "Take your time." in page
    assert "What would you like to improve?" not in page


def test_what_is_stored_is_the_same_in_both_languages(client, school):
    Locale.objects.create(language_code="cy")
    page = composed_page()
    words = {"A little more": "Ychydig mwy", "Which day suits a call?": "Pa ddiwrnod?", "Thursday": "Dydd Iau", "Monday": "Dydd Llun"}
    for ancestor in [*page.get_ancestors().filter(depth__gt=1).specific(), page]:
        translate(ancestor, words)
    base = RequestPage.objects.get(locale__language_code="cy").get_url()

    client.post(BASE)
    client.post(f"{BASE}step/who/", {"requester_kind": "school", "organisation": ""})
    client.post(f"{BASE}step/more/", MORE)
    welsh = client.get(f"{base}step/more/").content.decode()

    assert "Ychydig mwy" in welsh and "Dydd Iau" in welsh
    assert RequestDraft.objects.get().answers["extra-day"] == "option-2"
    assert 'value="option-2" class="choice__input" id="id_extra-day_1" checked' in " ".join(welsh.split())
    fill(client, school, base=base, kind="school")
    send(client, base=base)
    request = SupportRequest.objects.get()
    assert (request.language, request.case.contact_language) == ("cy", "cy")
    assert ("Pa ddiwrnod?", "Dydd Iau") in {(row["question"], row["answer"]) for row in request.answers}


# What cannot be published


def without(*names: str):
    steps = standard_steps()
    for step in steps:
        step["value"]["questions"] = [one for one in step["value"]["questions"] if one["type"] not in names]
    return [step for step in steps if step["value"]["questions"]]


def with_step(step, *, first: bool = False):
    return [step, *standard_steps()] if first else [*standard_steps(), step]


CONTRADICTIONS = [
    (without("focus"), "“What would you like to improve?” is missing: every request holds it."),
    (without("school"), "“Choose the school” is missing: every request holds it."),
    (with_step(form_step("x", "Again", question("title", "t", ""))), "“In a few words” is asked 2 times. Ask it once."),
    (with_step(form_step("x", "Empty")), "“Empty” asks nothing."),
    (
        with_step(form_step("x", "Some", question("short_text", "a", "Who?"), only_for=("trust",)), first=True),
        "“Some” is for some only, but comes before the step that asks who is asking.",
    ),
    (
        [*without("contact_email"), form_step("x", "Some", question("contact_email", "e", ""), only_for=("trust",))],
        "“E-mail address” has to be asked of everybody, and “Some” is for some only.",
    ),
    (
        [*without("organisation"), form_step("x", "Some", question("organisation", "o", ""), only_for=("trust",))],
        "“Name of your organisation” has to be asked of: ",
    ),
    (
        [*without("school"), form_step("x", "Both", question("school", "s", ""), question("short_text", "a", "Who?"))],
        "The school is found on a page of its own: move the other questions of “Both” to another step.",
    ),
    (with_step(form_step("x", "One", question("choice", "c", "Which?", options=options("A")))), "“Which?”: give at least two choices."),
    (
        with_step(form_step("x", "Two", question("choice", "c", "Which?", options=options("A", "a ")))),
        "“Which?”: two choices are the same.",
    ),
    (
        with_step(form_step("x", "Many", question("number", "n", "How many?", minimum="5", maximum="4"))),
        "“How many?”: “at least” is above “at most”.",
    ),
]


@pytest.mark.parametrize(("form", "problem"), CONTRADICTIONS)
def test_a_form_that_lacks_something_or_contradicts_itself_says_so_and_is_not_published(form, problem):
    page = make_request_page(make_process_page(make_home()))

    page.form = json.dumps(form)

    assert [found for found in problems_of(page.form) if found.startswith(problem)]
    revision = page.save_revision()
    if "has to be asked of: " in problem:  # kinds are added at any time: that holds up the editor, and nothing that was scheduled
        revision.publish()
        return
    with pytest.raises(ValidationError):
        revision.publish()
    page.refresh_from_db()
    assert problems_of(page.form) == []


def test_the_standard_and_the_composed_form_have_no_problem():
    page = composed_page()

    assert problems_of(page.form) == []
    page.form = json.dumps(standard_steps())
    assert problems_of(page.form) == []


def test_a_file_of_a_step_that_is_not_asked_any_more_is_not_sent(client, school):
    form = json.loads(composed_form())
    form[1]["value"]["questions"].append(question("file", "secret", "Your authority's plan", is_needed=False))
    make_request_page(make_process_page(make_home()), form=json.dumps(form))
    client.post(BASE)
    client.post(f"{BASE}step/who/", {"requester_kind": "local-authority", "organisation": "Wharfeside Council"})
    client.post(f"{BASE}step/authority/", {"extra-officer": "Ada", "extra-secret": [SimpleUploadedFile("secret.pdf", PDF)]})
    fill(client, school, kind="school", more={**MORE, "extra-plan": [SimpleUploadedFile("plan.pdf", PDF)]}, starts=False)

    check = client.get(f"{BASE}check/").content.decode()
    send(client)

    assert ("plan.pdf" in check, "secret.pdf" in check) == (True, False)
    assert [one.private_file.original_name for one in Case.objects.get().attachments.all()] == ["plan.pdf"]
    assert PrivateFile.objects.count() == 1


def test_nought_is_an_answer(client, school):
    form = json.loads(composed_form())
    number = next(one for one in form[-1]["value"]["questions"] if one["type"] == "number")
    number["value"] |= {"minimum": None, "maximum": None, "is_needed": False}
    make_request_page(make_process_page(make_home()), form=json.dumps(form))
    fill(client, school, kind="school", more={**MORE, "extra-classes": "0"})

    send(client)

    assert ("How many classes?", "0") in {(row["question"], row["answer"]) for row in SupportRequest.objects.get().answers}
