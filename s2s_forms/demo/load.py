"""Load the demo's protocols, its request page, and requests at different stages."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from wagtail.models import Locale, Page

from alliance.models import School
from cases.actions.answer_question import answer_question
from cases.actions.ask_question import ask_question
from cases.models import Case
from common.actions import Actor
from common.demo import World
from s2s_forms.actions.submit_request import submit_request
from s2s_forms.demo.form import PAGE, WORDS, demo_form
from s2s_forms.demo.protocols import LISTEN, LISTEN_BEFORE, PROTOCOLS, SHARED
from s2s_forms.demo.requests import REQUESTS
from s2s_forms.models import ProcessPage, ProcessStep, RequestDraft, RequestPage
from website.demo import T, add_way_in
from website.demo.text import english, welsh_words
from website.demo.translation import translate

REVIEW_IN = (timedelta(days=200), timedelta(days=-12))
"""When each protocol is to be reviewed; the second is overdue."""


def load_demo(world: World) -> None:
    """
    Add the process pages below the home page, the request page, and requests sent over the last weeks, all in two languages.

    One shared step was reworded after the requests came: their cases show the earlier version.
    """
    home = world.pages["home"]
    steps = _shared_steps()
    for number, protocol in enumerate(PROTOCOLS):
        page = _process_page(world, home, protocol, steps, in_menus=number == 0, review_in=REVIEW_IN[number])
        world.pages[page.protocol_key] = page
    main = world.pages[PROTOCOLS[0]["protocol_key"]]
    request_page = _request_page(main)
    world.pages["request"] = request_page
    for protocol in PROTOCOLS:
        page = world.pages[protocol["protocol_key"]]
        page.request_page = request_page
        page.save_revision().publish()
        translate(page, _words(protocol))
    _show_the_way(world, home, main, request_page)
    request_page.refresh_from_db()  # its path: the page above it was moved
    leaders = world.pages["leaders"]
    leaders.refresh_from_db()  # its path: the page moved to before it
    leaders.support_page = request_page
    leaders.save_revision().publish()
    translate(leaders, {})  # its words are translated already
    for row in REQUESTS:
        _request(world, request_page, row)
    _reword(steps["listen"])


def _shared_steps() -> dict[str, ProcessStep]:
    """The steps that both protocols show, the first under its earlier name."""
    steps = {}
    for name, words in SHARED.items():
        step = ProcessStep(locale=Locale.get_default(), live=False, **_step_fields(words))
        if words is LISTEN:
            step.title = LISTEN_BEFORE.en
        step.save()
        step.save_revision().publish()
        translate(step, welsh_words([words, LISTEN_BEFORE]))
        steps[name] = step
    return steps


def _reword(step: ProcessStep) -> None:
    step.refresh_from_db()
    step.title = LISTEN["title"].en
    step.save_revision().publish()
    translate(step, welsh_words(LISTEN))


def _step_fields(words: dict[str, Any]) -> dict[str, Any]:
    fields = english({name: value for name, value in words.items() if name != "documents"})
    return {**fields, "text": f"<p>{fields['text']}</p>"}


def _process_page(
    world: World, home: Page, protocol: dict[str, Any], steps: dict[str, ProcessStep], *, in_menus: bool, review_in: timedelta
) -> ProcessPage:
    body: list[dict[str, Any]] = []
    for number, step in enumerate(protocol["steps"], start=1):
        key = f"{protocol['protocol_key']}-{number}"
        if isinstance(step, str):
            body.append({"id": key, "type": "shared_step", "value": steps[step].pk})
        else:
            body.append({"id": key, "type": "step", "value": {**_step_fields(step), "documents": []}})
    fields = english({name: value for name, value in protocol.items() if name not in ("steps", "closing")})
    page = ProcessPage(
        show_in_menus=in_menus, steps=json.dumps(body), closing=_headed(protocol["closing"]),
        review_due_on=world.today + review_in, owner=world.people["editor"], **fields,
    )  # fmt: skip
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


def _headed(words: list[T]) -> str:
    """The first as a heading, the rest as paragraphs."""
    return "".join(f"<h2>{text.en}</h2>" if number == 0 else f"<p>{text.en}</p>" for number, text in enumerate(words))


def _words(protocol: dict[str, Any]) -> dict[str, str]:
    """English to Welsh; steps that are shared have translations of their own."""
    return welsh_words({**protocol, "steps": [step for step in protocol["steps"] if not isinstance(step, str)]})


def _request_page(main: ProcessPage) -> RequestPage:
    need = [text.en for text in PAGE["what_you_need"]]
    points = "".join(f"<li>{text}</li>" for text in need[1:4])
    page = RequestPage(
        form=demo_form(),
        what_you_need=f"<p>{need[0]}</p><ul>{points}</ul><p>{need[4]}</p>",
        **{name: "".join(f"<p>{text.en}</p>" for text in PAGE[name]) for name in ("declaration", "what_happens_next")},
        **{name: PAGE[name].en for name in ("title", "slug", "introduction")},
    )
    main.add_child(instance=page)
    page.save_revision().publish()
    translate(main, _words(PROTOCOLS[0]))
    translate(page, welsh_words(WORDS))
    return page


def _show_the_way(world: World, home: Page, main: ProcessPage, request_page: RequestPage) -> None:
    """First in the menu, and one of the ways in on the home page."""
    main.move(home.get_first_child(), pos="left")
    add_way_in(
        world,
        page=request_page,
        icon="together",
        title=T("Support for your school", "Cefnogaeth i’ch ysgol chi"),
        text=T(
            "A leader or a team works with yours for a term or two, on what you want to improve.",
            "Mae arweinydd neu dîm yn gweithio gyda’ch tîm chi am dymor neu ddau, ar yr hyn yr hoffech ei wella.",
        ),
        action=T("Request support", "Gofyn am gefnogaeth"),
    )


def _request(world: World, page: RequestPage, row: dict[str, Any]) -> Case:
    at: datetime = world.now - timedelta(days=row["days_ago"], hours=row.get("hours_ago", 0))
    school = School.objects.open().order_by("urn")[row["school"]]
    answers = {**row["answers"], "school": school.urn, "school_name": "", "q": school.name}
    draft = RequestDraft.objects.create(page=page, answers=answers, language="en-gb", started_at=at, changed_at=at)
    case = submit_request(draft=draft, page=page, by=Actor.form_sender(answers["contact_name"]), at=at)
    lead = world.people["lead"]
    for number, (question, answer) in enumerate(row.get("questions", ())):
        asked = ask_question(case=case, text=question, by=lead, at=at + timedelta(hours=20 + 10 * number))
        if answer:
            answer_question(question=asked, text=answer, by=Actor.link_holder(case.contact_name), at=at + timedelta(hours=26 + 10 * number))
    world.cases[row["stage"]] = [*world.cases.get(row["stage"], []), case]
    return case
