"""The public page of health check days (P7)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from health_checks.indicative import indicative_prices
from website.blocks import BodyBlock
from website.contacts import contact_for
from website.models import SitePage


class HealthCheckPage(SitePage):
    """What health check days are, who conducts them, and what they cost by the rates in force (P7): no price is typed here."""

    schema_type = "Service"

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    contact_role = models.SlugField(
        _("contact's role"), max_length=60, default="health-checks", help_text=_("The key of the contact beside the text.")
    )

    content_panels = [*SitePage.content_panels, FieldPanel("body"), FieldPanel("contact_role")]
    search_fields = [*SitePage.search_fields, index.SearchField("body")]
    template = "health_checks/health_check_page.html"
    parent_page_types = ["website.HomePage", "website.StandardPage"]

    class Meta:
        verbose_name = _("health check days page")
        verbose_name_plural = _("health check days pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "contact": contact_for(self.contact_role), "prices": indicative_prices(timezone.localdate())}
