"""What the website adds to the admin's first page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from website.models import ArticleComment


class CommentsPanel(Component):
    """How many comments wait, for those who decide on them."""

    name = "comments"
    template_name = "website/admin/comments_panel.html"
    order = 60

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"count": ArticleComment.objects.waiting().count(), "url": reverse("wagtailsnippets_website_articlecomment:waiting")}
