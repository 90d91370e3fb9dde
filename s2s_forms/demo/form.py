"""The demo's request page: its words, and a form that an editor made their own."""

from __future__ import annotations

import json
from typing import Any

from s2s_forms.request_form.standard import standard_form
from website.demo.text import T

FOR_OTHERS = ["local-authority", "diocese", "trust", "dfe", "national-college", "teaching-school", "other"]

PAGE: dict[str, Any] = {
    "title": T("Request support", "Gofyn am gefnogaeth"),
    "slug": T("request-support", "gofyn-am-gefnogaeth"),
    "introduction": T(
        "Tell us what your school, or a school you work with, needs help with.",
        "Dywedwch wrthym gyda beth y mae angen help ar eich ysgol, neu ysgol rydych chi’n gweithio gyda hi.",
    ),
    "what_you_need": [
        T("It takes about ten minutes. You need:", "Mae’n cymryd tua deng munud. Bydd angen:"),
        T("the name or URN of the school", "enw neu URN yr ysgol"),
        T("what you would like to improve, in your own words", "yr hyn yr hoffech ei wella, yn eich geiriau eich hun"),
        T("an e-mail address and a telephone number", "cyfeiriad e-bost a rhif ffôn"),
        T(
            "Asking costs nothing and commits you to nothing. Please do not name pupils.",
            "Nid yw gofyn yn costio dim nac yn eich ymrwymo i ddim. Peidiwch ag enwi disgyblion.",
        ),
    ],
    "declaration": [
        T(
            "By sending this you confirm that the head of the school, or whoever acts for the head, knows about the request. Only the alliance’s S2S lead and brokers read it.",
            "Drwy anfon hwn rydych chi’n cadarnhau bod pennaeth yr ysgol, neu bwy bynnag sy’n gweithredu dros y pennaeth, yn gwybod am y cais. Dim ond arweinydd cefnogaeth a broceriaid y gynghrair sy’n ei ddarllen.",
        )
    ],
    "what_happens_next": [
        T(
            "We read your request and ring you. If we have a question before that, we write to you; you answer on your private page.",
            "Rydyn ni’n darllen eich cais ac yn eich ffonio. Os oes gennym gwestiwn cyn hynny, ysgrifennwn atoch; byddwch yn ateb ar eich tudalen breifat.",
        )
    ],
}

STEP_TITLES = [
    T("Who is asking", "Pwy sy’n gofyn"),
    T("Which school is it?", "Pa ysgol yw hi?"),
    T("The kind of support", "Y math o gefnogaeth"),
    T("What you need", "Beth sydd ei angen arnoch"),
    T("Background", "Cefndir"),
    T("How to reach you", "Sut i’ch cyrraedd"),
]
ORGANISATION = T("Your organisation", "Eich sefydliad")
AGREED = T("Has the school’s head agreed that you ask?", "A yw pennaeth yr ysgol wedi cytuno i chi ofyn?")
YES = T("Yes", "Ydy")
NOT_YET = T("Not yet", "Ddim eto")
ROLL = T("How many pupils are on roll?", "Faint o ddisgyblion sydd ar y gofrestr?")
ABOUT = T("Roughly is enough.", "Mae rhif bras yn ddigon.")
CALL = T("When do we best ring you?", "Pryd yw’r amser gorau i’ch ffonio?")
MORNINGS, AFTERNOONS, LATER = T("Mornings", "Yn y bore"), T("Afternoons", "Yn y prynhawn"), T("After school", "Ar ôl ysgol")

WORDS = [PAGE, STEP_TITLES, ORGANISATION, AGREED, YES, NOT_YET, ROLL, ABOUT, CALL, MORNINGS, AFTERNOONS, LATER]


def demo_form() -> str:
    """The standard form; who asks for somebody else is asked one step more, and two questions are the alliance's own."""
    steps = json.loads(standard_form())
    for step, title in zip(steps, STEP_TITLES, strict=True):
        step["value"]["title"] = title.en
    who, _school, _kind, _need, background, contact = steps
    organisation = who["value"]["questions"].pop()
    agreed = _question("choice", "agreed", AGREED, options=_options(YES, NOT_YET))
    background["value"]["questions"].append(_question("number", "roll", ROLL, help=ABOUT.en, minimum="1", maximum=None))
    contact["value"]["questions"].append(_question("several_choices", "call", CALL, options=_options(MORNINGS, AFTERNOONS, LATER)))
    for_others = {
        "id": "organisation", "type": "step",
        "value": {"title": ORGANISATION.en, "introduction": "", "only_for": FOR_OTHERS, "questions": [organisation, agreed]},
    }  # fmt: skip
    return json.dumps([who, for_others, *steps[1:]])


def _question(kind: str, key: str, label: T, **values: Any) -> dict[str, Any]:
    return {"id": key, "type": kind, "value": {"label": label.en, "help": "", "is_needed": False, **values}}


def _options(*texts: T) -> list[dict[str, str]]:
    return [{"id": text.en.lower().replace(" ", "-"), "type": "item", "value": text.en} for text in texts]
