"""Process pages: one protocol each, shown as a timeline and pinned by the cases that follow it (P1, P2)."""

from __future__ import annotations

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail_localize.fields import SynchronizedField, TranslatableField

from finance.enums import MoneyRoute
from s2s_forms.blocks import StepBlock
from s2s_forms.step_words import StepWords, documents_in_words
from s2s_forms.use_panel import ProtocolUsePanel
from website.contacts import contact_for
from website.models import SitePage

OWN_STEP, SHARED_STEP = "step", "shared_step"


class ProcessPage(SitePage):
    """A protocol, step by step, and how its cases run. Publishing it makes a `ProtocolVersion`."""

    schema_type = "Service"

    protocol_key = models.SlugField(
        _("protocol"),
        max_length=60,
        help_text=_("Names the protocol in cases; the same in every language. Cannot be changed once cases follow it."),
    )
    steps = StreamField(
        [(OWN_STEP, StepBlock()), (SHARED_STEP, SnippetChooserBlock("s2s_forms.ProcessStep", label=_("Shared step")))],
        verbose_name=_("steps"),
        min_num=1,
    )
    closing = RichTextField(_("after the steps"), blank=True, features=["h2", "h3", "bold", "link", "ul", "ol"])
    contact_role = models.SlugField(
        _("contact's role"),
        max_length=60,
        default="s2s-lead",
        help_text=_("The key of the contact beside the steps. Contacts are held once, under Contacts."),
    )
    request_page = models.ForeignKey(
        "s2s_forms.RequestPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("request form")
    )
    has_due_diligence = models.BooleanField(_("due diligence before brokering"), default=False)
    has_working_group = models.BooleanField(_("reviewed by the working group"), default=False)
    has_audit_visit = models.BooleanField(_("audit visit"), default=False)
    money_route = models.CharField(_("money route"), max_length=30, choices=MoneyRoute.choices, default=MoneyRoute.ALLIANCE_INVOICES)
    review_due_on = models.DateField(_("review due"), null=True, blank=True)

    content_panels = [
        *SitePage.content_panels,
        ProtocolUsePanel(),
        FieldPanel("steps"),
        FieldPanel("closing"),
        FieldRowPanel([FieldPanel("contact_role"), FieldPanel("request_page")]),
    ]
    settings_panels = [
        MultiFieldPanel(
            [
                FieldPanel("protocol_key"),
                FieldPanel("has_due_diligence"),
                FieldPanel("has_working_group"),
                FieldPanel("has_audit_visit"),
                FieldPanel("money_route"),
            ],
            heading=_("How cases run"),
        ),
        FieldPanel("review_due_on"),
        *Page.settings_panels,
    ]
    search_fields = [*SitePage.search_fields, index.SearchField("steps"), index.SearchField("closing")]
    override_translatable_fields = [
        SynchronizedField("protocol_key"),
        SynchronizedField("has_due_diligence"),
        SynchronizedField("has_working_group"),
        SynchronizedField("has_audit_visit"),
        SynchronizedField("money_route"),
        SynchronizedField("review_due_on"),
        SynchronizedField("contact_role"),
        TranslatableField("introduction"),
        TranslatableField("steps"),
        TranslatableField("closing"),
    ]
    template = "s2s_forms/process_page.html"
    parent_page_types = ["website.HomePage", "website.StandardPage"]
    subpage_types: list[str] = ["s2s_forms.RequestPage"]

    class Meta:
        verbose_name = _("process page")
        verbose_name_plural = _("process pages")

    def clean(self) -> None:
        super().clean()
        others = ProcessPage.objects.filter(protocol_key=self.protocol_key).exclude(translation_key=self.translation_key)
        if self.protocol_key and others.exists():
            raise ValidationError({"protocol_key": _("Another process page already has this protocol.")})

    @classmethod
    def served(cls) -> QuerySet[Self]:
        return super().served().select_related("request_page")

    @property
    def timeline(self) -> list[StepWords]:
        """Its own steps and the shared ones in their order; a shared step that is not published is left out."""
        return [_words(block) for block in self.steps if block.block_type == OWN_STEP or (block.value and block.value.live)]

    @property
    def shared_steps(self) -> set[Any]:
        """Keys of the shared steps that it shows, the same in every language."""
        return {block.value.translation_key for block in self.steps if block.block_type == SHARED_STEP and block.value}

    @property
    def rules(self) -> dict[str, Any]:
        """How cases under this protocol run: what the table of moves asks."""
        return {
            "due_diligence": self.has_due_diligence,
            "working_group": self.has_working_group,
            "audit_visit": self.has_audit_visit,
            "money_route": self.money_route,
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["contact"] = contact_for(self.contact_role)
        return context


def _words(block: Any) -> StepWords:
    value = block.value
    if block.block_type == SHARED_STEP:
        words: StepWords = value.words
        return words
    documents = documents_in_words(value["documents"])
    return StepWords(
        value["title"], value["icon"], value["who"], value["text"].source, value["result"], value["duration"], documents
    )  # fmt: skip
