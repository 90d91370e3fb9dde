"""The demo's page of health check days."""

from __future__ import annotations

import json

from common.demo import World
from health_checks.models import HealthCheckPage
from website.demo import T, add_way_in

BODY = [
    {
        "type": "paragraph",
        "value": "<p>A health check day is a clear look at one part of your school by an experienced leader of another. You choose the part, you say how you see it yourself, and you keep the record.</p>",
    },
    {"type": "heading", "value": {"text": "How a day works", "level": "h2"}},
    {
        "type": "paragraph",
        "value": "<ol><li>You name the area and write down your own judgement of it.</li><li>We suggest a leader who does not work at your school, and agree the day.</li><li>Both sides agree the activities and what should come of them, before the day starts.</li><li>You get a record: what was confirmed, what was not, and what to do next. It is yours to use as evidence in your self-evaluation.</li></ol>",
    },
    {"type": "heading", "value": {"text": "Who conducts it", "level": "h2"}},
    {"type": "paragraph", "value": "<p>A local, specialist or national leader of education from our schools, never from yours.</p>"},
]


def load_page(world: World) -> None:
    """Add the public page below the home page."""
    page = HealthCheckPage(
        title="Health check days",
        slug="health-check-days",
        introduction="A fresh pair of eyes on one part of your school, for a day or half a day.",
        show_in_menus=True,
        body=json.dumps(BODY),
    )
    world.pages["home"].add_child(instance=page)
    page.save_revision().publish()
    world.pages["health-checks"] = page
    page.move(world.pages["stories"], pos="left")
    add_way_in(
        world,
        page=page,
        icon="pulse",
        title=T("Health check days", "Diwrnodau gwirio iechyd"),
        text=T(
            "An experienced leader looks at one part of your school with you, for a day or half a day.",
            "Mae arweinydd profiadol yn edrych ar un rhan o’ch ysgol gyda chi, am ddiwrnod neu hanner diwrnod.",
        ),
        action=T("See how a day works", "Gweld sut mae diwrnod yn gweithio"),
    )
