"""Stories: what a school set out to do, what was done, and what came of it (P6)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from alliance.enums import Phase
from cases.enums import SupportKind
from common.actions import Refusal
from website.blocks import TEXT_FEATURES, MeasureBlock, PartyBlock, QuoteBlock
from website.facets import Facet, chosen_in, filters
from website.models.base import SitePage
from website.models.listing import page_of, without_restricted
from website.pictures import renditions_of
from website.signals import story_goes_live


class StoryIndexPage(SitePage):
    """All stories, newest first, to narrow down by phase, theme and kind of support (P6)."""

    parent_page_types = ["website.HomePage"]
    subpage_types = ["website.StoryPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of stories")
        verbose_name_plural = _("lists of stories")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        stories = StoryPage.listed(self.locale_id).filter(path__startswith=self.path)
        told = list(stories.order_by().values_list("phase", "kind", "theme"))
        asked = facets(told)
        chosen = chosen_in(request, asked)
        for name, value in chosen.items():
            stories = stories.filter(**(_with_theme(told, value) if name == "theme" else {name: value}))
        return {**context, "found": page_of(request, stories), "filters": filters(told, asked, chosen), "is_filtered": bool(chosen)}


Told = tuple[str, str, str]
"""Phase, kind of support and theme of a story."""


def facets(told: list[Told]) -> list[Facet[Told]]:
    """Themes are the editors' own words: two that differ in capitals and spaces alone are one."""
    themes = dict(sorted((slugify(theme), theme) for _phase, _kind, theme in told if slugify(theme)))
    return [
        Facet("phase", _("Phase"), lambda story: (story[0],), dict(Phase.choices)),
        Facet("theme", _("Theme"), lambda story: (slugify(story[2]),), themes),
        Facet("kind", _("Kind of support"), lambda story: (story[1],), dict(SupportKind.choices)),
    ]


def _with_theme(told: list[Told], key: str) -> dict[str, Any]:
    return {"theme__in": {theme for _phase, _kind, theme in told if slugify(theme) == key}}


class StoryPage(SitePage):
    """One story, told in the same shape each time."""

    date = models.DateField(_("date"), help_text=_("When the work ended. The newest stories come first."))
    phase = models.CharField(_("phase"), max_length=20, choices=Phase)
    kind = models.CharField(_("kind of support"), max_length=20, choices=SupportKind)
    theme = models.CharField(_("theme"), max_length=60, blank=True, help_text=_("Such as “Reading” or “Attendance”."))
    is_featured = models.BooleanField(_("show on the home page"), default=False)
    involved = StreamField([("party", PartyBlock())], verbose_name=_("schools and leaders involved"), blank=True)
    context = RichTextField(_("context"), blank=True, features=TEXT_FEATURES, help_text=_("Where the school stood, and why it asked."))
    what_we_did = RichTextField(_("what we did"), blank=True, features=TEXT_FEATURES)
    measures = StreamField(
        [("measure", MeasureBlock())], verbose_name=_("measures"), blank=True, help_text=_("A few numbers, before and after.")
    )
    outcomes = RichTextField(
        _("outcomes"), blank=True, features=TEXT_FEATURES, help_text=_("What became different for pupils, first of all.")
    )
    went_well = RichTextField(_("what went well"), blank=True, features=TEXT_FEATURES)
    challenges = RichTextField(_("challenges and how we overcame them"), blank=True, features=TEXT_FEATURES)
    lessons = RichTextField(_("lessons learned"), blank=True, features=TEXT_FEATURES)
    advice = RichTextField(_("advice and next steps"), blank=True, features=TEXT_FEATURES)
    quote = StreamField([("quote", QuoteBlock())], verbose_name=_("quote"), blank=True, max_num=1)

    parent_page_types = ["website.StoryIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("date"), FieldPanel("phase"), FieldPanel("kind"), FieldPanel("theme"), FieldPanel("is_featured")],
            heading=_("About the work"),
        ),
        FieldPanel("involved"),
        FieldPanel("context"),
        FieldPanel("what_we_did"),
        MultiFieldPanel([FieldPanel("measures"), FieldPanel("outcomes")], heading=_("Outcomes")),
        FieldPanel("went_well"),
        FieldPanel("quote"),
        FieldPanel("challenges"),
        FieldPanel("lessons"),
        FieldPanel("advice"),
    ]
    search_fields = [
        *SitePage.search_fields,
        *(
            index.SearchField(name)
            for name in ("theme", "involved", "context", "what_we_did", "outcomes", "went_well", "challenges", "lessons", "advice")
        ),
        index.FilterField("phase"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def publish(self, *args: Any, **kwargs: Any) -> Any:
        """Raise the `Refusal` of whoever keeps the story from being told, before anything is shown or set for a day."""
        with self._agreed_to():
            return super().publish(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """The same for what goes past `publish`: Wagtail's page editor and its API publish by an action of their own."""
        if self.live or (self.pk and self.revisions.filter(approved_go_live_at__isnull=False).exists()):
            with self._agreed_to():
                return super().save(*args, **kwargs)
        return super().save(*args, **kwargs)

    @contextmanager
    def _agreed_to(self) -> Iterator[None]:
        """A day that was set goes with a refusal: what publishes on its day would meet it again at every run, before other pages."""
        try:
            with transaction.atomic():
                story_goes_live.send(sender=type(self), story=self)
                yield
        except Refusal:
            self.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)
            raise

    @classmethod
    def listed(cls, locale_id: int) -> QuerySet[Self]:
        """Live stories of a language that everybody may open, newest first, with their pictures."""
        stories = (
            cls.objects.live()
            .filter(locale_id=locale_id)
            .select_related("picture")
            .prefetch_related(renditions_of("card", field="picture"))
        )
        return without_restricted(stories).order_by("-date", "-pk")

    @property
    def phase_label(self) -> str:
        return str(dict(Phase.choices).get(self.phase, ""))

    @property
    def kind_label(self) -> str:
        return str(dict(SupportKind.choices).get(self.kind, ""))

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The parts of the story that were written, in their order, with their headings."""
        names = ("context", "what_we_did", "outcomes", "went_well", "challenges", "lessons", "advice")
        headings = {
            "context": _("Context"),
            "what_we_did": _("What we did"),
            "outcomes": _("Outcomes"),
            "went_well": _("What went well"),
            "challenges": _("Challenges and how we overcame them"),
            "lessons": _("Lessons learned"),
            "advice": _("Advice and next steps"),
        }
        return [{"name": name, "heading": headings[name], "text": getattr(self, name)} for name in names if getattr(self, name)]
