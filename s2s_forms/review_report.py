"""The report of protocols by the day on which they are to be reviewed (P2)."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports import PageReportView

from alliance.access import roles_access
from alliance.roles import Role
from common.access import AccessMixin
from s2s_forms.models import ProcessPage

LOOKS_AFTER_PROTOCOLS = roles_access(Role.EDITOR, Role.REVIEWER, Role.S2S_LEAD)


class ReviewReportView(AccessMixin, PageReportView):
    """Live process pages, those due first, those without a date last."""

    access = LOOKS_AFTER_PROTOCOLS
    model = ProcessPage
    page_title = _("Reviews of protocols")
    header_icon = "date"
    index_url_name = "s2s_forms_reviews"
    index_results_url_name = "s2s_forms_reviews_results"
    results_template_name = "s2s_forms/admin/reviews.html"
    list_export = ["title", "locale", "review_due_on", "owner", "last_published_at"]
    export_headings = {"review_due_on": _("Review due"), "owner": _("Owner"), "last_published_at": _("Last published")}

    def get_queryset(self) -> Any:
        self.queryset = (
            ProcessPage.objects.live().select_related("owner", "locale").order_by(F("review_due_on").asc(nulls_last=True), "title", "pk")
        )
        return super().get_queryset()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**context, "today": timezone.localdate()}
