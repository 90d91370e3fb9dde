"""Cases reached by running actions."""

from __future__ import annotations

from typing import Any

from alliance.models import School
from cases.actions.ask_question import ask_question
from cases.actions.open_case import open_case
from cases.enums import CaseKind
from cases.models import Case, Message
from common.actions import Actor
from tests.conftest import NOON
from tests.factories.people import make_school

VISITOR = Actor("visitor")


def make_case(school: School | None = None, **values: Any) -> Case:
    """A support case that just came in."""
    given = {
        "kind": CaseKind.SUPPORT,
        "title": "Reading in Year 3",
        "contact_name": "Sam Requester",
        "contact_email": "sam@example.org",
        **values,
    }
    if "school_name_given" not in given:
        given["supported_school"] = school or make_school()
    return open_case(case=Case(**given), prefix="S2S", by=VISITOR, at=NOON)


def make_question(case: Case, by: Any, text: str = "How many classes?") -> Message:
    return ask_question(case=case, text=text, by=by, at=NOON)
