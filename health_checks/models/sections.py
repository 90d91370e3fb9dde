"""Sections of a school's self-evaluation form (SEF). Inspectors prescribe no template, so they are data that the alliance edits."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import RevisionMixin, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from common.history import History


class SefSection(RevisionMixin, TranslatableMixin, models.Model):
    """
    One section, such as the quality of education. Every saved version is kept as a revision.

    A brief keeps the title as it was when it was written, so that a section that is reworded changes no brief or record.
    """

    key = models.SlugField(_("key"), max_length=60, help_text=_("A short name that briefs refer to. Do not change it once schools use it."))
    title = models.CharField(_("title"), max_length=120)
    prompt = models.CharField(_("what a school may say here"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_in_use = models.BooleanField(
        _("in use"), default=True, help_text=_("Sections not in use are offered to nobody; briefs keep theirs.")
    )

    history = History(excluded_fields=["latest_revision"])

    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("prompt"),
        SynchronizedField("key", overridable=False),
        SynchronizedField("order", overridable=False),
        SynchronizedField("is_in_use", overridable=False),
    ]
    panels = [FieldPanel("title"), FieldPanel("key"), FieldPanel("prompt"), FieldPanel("order"), FieldPanel("is_in_use")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("section of the self-evaluation")
        verbose_name_plural = _("sections of the self-evaluation")
        ordering = ["order", "title", "pk"]
        constraints = [models.UniqueConstraint(fields=["key", "locale"], name="one_sef_section_per_key_and_language")]

    def __str__(self) -> str:
        return self.title
