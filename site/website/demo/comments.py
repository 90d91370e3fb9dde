"""The demo's comments on articles: some shown, one that waits, one refused."""

from __future__ import annotations

from datetime import timedelta

from common.demo import World
from website.actions.refuse_comment import refuse_comment
from website.actions.show_comment import show_comment
from website.actions.write_comment import write_comment
from website.models import ArticlePage

SHOWN, WAITING, REFUSED = "shown", "waiting", "refused"
COMMENTS = [
    (
        "the-first-meeting",
        "commenter",
        SHOWN,
        12,
        "As a parent governor I had never heard of a first meeting. We asked the second question at ours, and two teachers were "
        "given an hour a week for the work. It made all the difference.",
    ),
    (
        "the-first-meeting",
        "otherhead",
        SHOWN,
        9,
        "“Who reads the notes?” is the one we forgot. It came up in week five and cost us most of a term's trust.",
    ),
    (
        "the-first-meeting",
        "head",
        SHOWN,
        3,
        "I would add a sixth: what will you tell your staff on the day after?\n\nOurs heard of the support from a parent at the gate.",
    ),
    (
        "the-first-meeting",
        "commenter",
        WAITING,
        1,
        "Is there a list of these questions that one can print? I would take it to our next meeting.",
    ),
    (
        "alongside-not-above",
        "governor",
        SHOWN,
        20,
        "Bring one thing home each time: our school still uses the reading boxes that came back in a car boot.",
    ),
    ("how-we-match", "commenter", REFUSED, 6, "Have a look at my shop, everything half price: www.example.org"),
    ("ochr-yn-ochr", "commenter", SHOWN, 5, "Diolch am hyn. Mae'r frawddeg am fis Gorffennaf ar wal ein hystafell staff bellach."),
]
"""Slug of the article, who wrote it, what became of it, how many days ago, and the words."""


def load_comments(world: World) -> None:
    """Add them where there are people to write them; the tests of pages load none."""
    if "commenter" not in world.people:
        return
    editor = world.people["editor"]
    for slug, author, outcome, days_ago, text in COMMENTS:
        at = world.now - timedelta(days=days_ago)
        comment = write_comment(article=ArticlePage.objects.get(slug=slug), text=text, by=world.people[author], at=at)
        if outcome == SHOWN:
            show_comment(comment=comment, by=editor, at=at + timedelta(hours=5))
        elif outcome == REFUSED:
            reason = "We do not show advertisements. You are welcome to write about the article."
            refuse_comment(comment=comment, reason=reason, by=editor, at=at + timedelta(hours=5))
