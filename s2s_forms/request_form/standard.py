"""The form that a new request page starts with."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

USUAL = {"label": "", "help": ""}


def _step(slug: str, title: str, *questions: str) -> dict[str, Any]:
    asked = [{"id": name, "type": name, "value": USUAL} for name in questions]
    return {"id": slug, "type": "step", "value": {"title": title, "introduction": "", "only_for": [], "questions": asked}}


def standard_form() -> str:
    """Every core answer in six steps, in the usual words, as the JSON of a stream field."""
    return json.dumps(
        [
            _step("who", _("Who is asking"), "requester_kind", "organisation"),
            _step("school", _("Which school is it?"), "school"),
            _step("kind", _("The kind of support"), "support_kind", "timing"),
            _step("need", _("What you need"), "title", "focus", "desired_outcome"),
            _step("background", _("Background"), "already_tried", "uploads"),
            _step("contact", _("How to reach you"), "contact_name", "contact_role", "contact_email", "contact_telephone"),
        ]
    )
