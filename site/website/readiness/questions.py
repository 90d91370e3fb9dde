"""Which questions are asked now, in which language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from website.freshness import per_content
from website.models.readiness import ReadinessTheme

Asked = dict[str, list[dict[str, str]]]
"""The wording of a whole conversation: language → its themes in order, with `key`, `title`, `introduction` and a question for each side."""

SCHOOL, LEADER = "school", "leader"
"""The two sides, as the wording names their questions."""
WORDS = 2000
"""The longest answer, in characters."""


class Place(models.TextChoices):
    """Where somebody sees themselves on a question, from nothing to all of it."""

    NOT_YET = "NOT_YET", _("Not yet")
    PARTLY = "PARTLY", _("Partly")
    YES = "YES", pgettext_lazy("where somebody stands on a question", "Yes")

    @property
    def step(self) -> int:
        """How far along it is: 0 to 2."""
        return list(Place).index(self)


@dataclass(frozen=True)
class Questions:
    """The themes in one language. `is_fallback` says that it is not the reader's: it is then shown, and marked, in another."""

    language: str
    themes: list[dict[str, str]]
    is_fallback: bool


@per_content
def asked_now() -> Asked:
    """
    The live themes in every language that has all of them; the site's own comes first. Empty where there are no themes.

    A language that lacks one is left out whole, so that nobody is asked half in one language and half in another.
    """
    rows = list(ReadinessTheme.objects.filter(live=True).select_related("locale"))
    own = [row for row in rows if row.locale.language_code == settings.LANGUAGE_CODE]
    asked = {settings.LANGUAGE_CODE: [_wording(row) for row in own]} if own else {}
    for code in sorted({row.locale.language_code for row in rows} - {settings.LANGUAGE_CODE}):
        translated = {row.key: row for row in rows if row.locale.language_code == code}
        if own and all(row.key in translated for row in own):
            asked[code] = [_wording(translated[row.key]) for row in own]
    return asked


def in_language(asked: Asked, language: str | None = None) -> Questions:
    """Questions in a language, the active one if none is named, or in the first there is."""
    wanted = language or translation.get_language() or settings.LANGUAGE_CODE
    found = wanted if wanted in asked else next(iter(asked), wanted)
    return Questions(found, asked.get(found, []), is_fallback=found != wanted and bool(asked))


def questions_now() -> Questions:
    """What is asked now, in the active language where it is translated whole."""
    return in_language(asked_now())


def _wording(row: Any) -> dict[str, str]:
    return {
        "key": row.key,
        "title": row.title,
        "introduction": row.introduction,
        SCHOOL: row.school_question,
        LEADER: row.leader_question,
    }
