"""Mid-term reviews, the end as agreed, and concerns (D4, D5)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from s2s_workflow.tabs.reader import Reader

SLUG, LABEL, ORDER, TEMPLATE = "reviews", _("Reviews"), 550, "s2s_workflow/tabs/reviews.html"


def context(reader: Reader) -> dict[str, Any]:
    project = reader.project
    return {
        "reviews": list(project.mid_term_reviews.select_related("written_by", "agreed_by", "sent_back_by").order_by("-held_on", "-pk")),
        "concerns": list(project.concerns.select_related("raised_by", "resolved_by").order_by("-raised_at", "-pk")),
    }
