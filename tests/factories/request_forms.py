"""Request forms as an editor composes them."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from common.spam_trap import opened_now
from s2s_forms.request_form.standard import standard_form

EXTRA = {"help": "", "is_needed": True}


def question(kind: str, key: str, label: str, **values: Any) -> dict[str, Any]:
    given = {"label": label, "help": ""} if kind == "consent" else {**EXTRA, "label": label}
    return {"id": key, "type": kind, "value": {**given, **values}}


def options(*texts: str) -> list[dict[str, str]]:
    return [{"id": f"option-{number}", "type": "item", "value": text} for number, text in enumerate(texts, start=1)]


def form_step(slug: str, title: str, *questions: dict[str, Any], only_for: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "id": slug,
        "type": "step",
        "value": {"title": title, "introduction": "", "only_for": list(only_for), "questions": list(questions)},
    }


def standard_steps() -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = json.loads(standard_form())
    return steps


def composed_form() -> str:
    """The standard form with a step for local authorities alone, and one that has a question of every kind."""
    authority = form_step(
        "authority", "Your authority", question("short_text", "officer", "Who leads on school improvement?"), only_for=("local-authority",)
    )
    more = form_step(
        "more", "A little more",
        question("long_text", "story", "What should we know about the school?", is_needed=False),
        question("number", "classes", "How many classes?", minimum="1", maximum="60"),
        question("date", "inspection", "When was the last inspection?"),
        question("choice", "day", "Which day suits a call?", options=options("Monday", "Thursday")),
        question("several_choices", "phases", "Which year groups?", options=options("Reception", "Years 1 and 2", "Years 3 to 6")),
        question("file", "plan", "Your improvement plan", is_needed=False),
        question("consent", "agrees", "The governors know of this request"),
    )  # fmt: skip
    who, *others = standard_steps()
    return json.dumps([who, authority, *others, more])


def send(client: Client, *, base: str = "/support/request/", follow: bool = False, **values: str) -> Any:
    """Press the button of the check page, whatever is asked before."""
    return client.post(f"{base}check/", {"opened_at": opened_now(), "subject_line": "", **values}, follow=follow)
