"""Steps that several protocols share: one wording, edited and reviewed once (P1, P2)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PublishingPanel
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, TranslatableMixin, WorkflowMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from common.moderation import DocumentHistory
from s2s_forms.enums import StepIcon
from s2s_forms.step_words import StepWords, documents_in_words
from s2s_forms.use_panel import ProtocolUsePanel


class ProcessStep(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, TranslatableMixin, index.Indexed, models.Model
):
    """A step of the timeline that process pages choose. Publishing it changes every page that shows it, and makes their next version."""

    title = models.CharField(_("title"), max_length=100)
    icon = models.CharField(_("picture"), max_length=20, choices=StepIcon.choices, default=StepIcon.WORK)
    who = models.CharField(_("who acts"), max_length=100)
    text = RichTextField(_("what it covers"), features=["bold", "link", "ul", "ol"])
    result = models.CharField(_("what happens next, or what you get"), max_length=200, blank=True)
    duration = models.CharField(_("how long it usually takes"), max_length=100, blank=True)
    documents = StreamField([("document", DocumentChooserBlock(label=_("Document")))], verbose_name=_("documents"), blank=True)

    history = DocumentHistory()
    wagtail_reference_index_ignore = False

    translatable_fields = [
        *(TranslatableField(name) for name in ("title", "who", "text", "result", "duration")),
        SynchronizedField("icon"),
        SynchronizedField("documents"),
    ]
    panels = [
        ProtocolUsePanel(),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("who"), FieldPanel("icon")]),
        FieldPanel("text"),
        MultiFieldPanel([FieldPanel("result"), FieldPanel("duration")], heading=_("What comes of it")),
        FieldPanel("documents"),
        PublishingPanel(),
    ]
    search_fields = [index.SearchField("title"), index.AutocompleteField("title"), index.SearchField("text"), index.FilterField("locale")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("shared step")
        verbose_name_plural = _("shared steps")
        ordering = ["title", "pk"]
        permissions = [("publish_processstep", "Can publish shared step")]

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> StepWords:
        documents = documents_in_words(block.value for block in self.documents)
        return StepWords(self.title, self.icon, self.who, self.text, self.result, self.duration, documents)

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "s2s_forms/step_preview.html"
