"""The request page (R1): wording by editors, questions one step at a time, no account and no JavaScript."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms.utils import ErrorList
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from s2s_forms.request_form.blocks import FormStepBlock
from s2s_forms.request_form.problems import problems_of
from s2s_forms.request_form.standard import standard_form
from website.models import SitePage

PLAIN = ["bold", "link", "ul", "ol"]


class RequestPageForm(WagtailAdminPageForm):
    """A form that lacks something may be kept as a draft; it is not submitted or published, and says why."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if "form" in data and not self.is_deferred_validation:
            problems = problems_of(data["form"])
            if problems:
                self.add_error("form", StreamBlockValidationError(non_block_errors=ErrorList(problems)))
        return data


class RequestPage(RoutablePageMixin, SitePage):
    """Takes requests for support under the protocol of the process page above it."""

    what_you_need = RichTextField(
        _("what you need"), features=PLAIN, help_text=_("What to have at hand, how long it takes, what it costs.")
    )
    declaration = RichTextField(
        _("before sending"), features=PLAIN, help_text=_("Shown above the button that sends the request: what happens with the answers.")
    )
    what_happens_next = RichTextField(
        _("what happens next"), features=PLAIN, help_text=_("Shown with the reference once the request is sent.")
    )
    contact_role = models.SlugField(_("contact's role"), max_length=60, default="s2s-lead")
    form = StreamField(
        [("step", FormStepBlock())],
        verbose_name=_("questions"),
        default=standard_form,
        help_text=_("The steps of the request, one page each, and what they ask. The order is yours."),
    )

    content_panels = [
        *SitePage.content_panels,
        FieldPanel("what_you_need"),
        FieldPanel("form"),
        FieldPanel("declaration"),
        FieldPanel("what_happens_next"),
        FieldPanel("contact_role"),
    ]
    template = "s2s_forms/request_page.html"
    parent_page_types = ["s2s_forms.ProcessPage", "website.HomePage", "website.StandardPage"]
    subpage_types: list[str] = []
    base_form_class = RequestPageForm
    override_translatable_fields = [
        SynchronizedField("contact_role"),
        *(TranslatableField(name) for name in ("introduction", "what_you_need", "form", "declaration", "what_happens_next")),
    ]

    class Meta:
        verbose_name = _("request page")
        verbose_name_plural = _("request pages")

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> None:
        """
        By whatever way it comes: button, workflow, schedule, translation or shell. Raises `ValidationError` when the revision's form
        lacks something or contradicts itself. A kind of requester that was added meanwhile holds up nothing that was scheduled before.
        """
        problems = problems_of(revision.as_object().form, kinds_as_they_are=False)
        if problems:
            raise ValidationError({"form": problems})
        super().publish(revision, *args, **kwargs)

    @path("")
    def start(self, request: HttpRequest) -> HttpResponseBase:
        return _journey().start(request, self)

    @path("step/<slug:step>/")
    def step(self, request: HttpRequest, step: str) -> HttpResponseBase:
        return _journey().step(request, self, step)

    @path("check/")
    def check_answers(self, request: HttpRequest) -> HttpResponseBase:
        return _journey().check_answers(request, self)

    @path("sent/")
    def sent(self, request: HttpRequest) -> HttpResponseBase:
        return _journey().sent(request, self)

    @path("save/")
    def save_for_later(self, request: HttpRequest) -> HttpResponseBase:
        return _journey().save_for_later(request, self)


def _journey() -> ModuleType:
    """The views of the journey; found late, since they read the models."""
    return import_module("s2s_forms.views.journey")
