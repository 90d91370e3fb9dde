"""What the alliance sets for the whole site: its name, its logo, its accent."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Locale, Page

from common.history import History
from website.colours import DEFAULT_TONES, HEX, LEAST_CONTRAST, weakest_contrast

DEFAULT_NAME = "School to school support"


def check_accent(value: str) -> None:
    """Refuse an accent on or in which text could not be read (WCAG 2 AA), and say the measured ratio."""
    if not HEX.fullmatch(value):
        raise ValidationError(_("Give the colour as # and six digits or letters a to f, such as #0b5a4e."))
    ratio, background = weakest_contrast(value)
    if ratio < LEAST_CONTRAST:
        raise ValidationError(
            _("The contrast of %(accent)s with %(background)s is %(ratio).2f to 1; text needs at least 4.5 to 1. Choose a darker colour."),
            params={"accent": value, "background": background, "ratio": int(ratio * 100) / 100},
        )


def other_languages() -> models.Q:
    """All but the one that the settings are written in."""
    return ~models.Q(language_code=settings.LANGUAGE_CODE)


@register_setting(icon="cog", order=10)
class SiteSettings(BaseSiteSetting):
    """Name, look and fixed pages of the site. One row: one install is one alliance."""

    name = models.CharField(
        _("name"), max_length=100, default=DEFAULT_NAME, help_text=_("The alliance's name, beside the logo and in every page title.")
    )
    strapline = models.CharField(
        _("strapline"), max_length=150, blank=True, help_text=_("What the alliance is for, in a line: shown at the foot of every page.")
    )
    telephone_hours = models.CharField(
        _("telephone hours"), max_length=100, blank=True, help_text=_("When the telephone is answered, such as “Term time, 8.30 to 4.30”.")
    )
    logo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Without one, a mark in the accent colour is shown."),
    )
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        default=DEFAULT_TONES.accent,
        validators=[check_accent],
        help_text=_("For buttons and links, such as #0b5a4e. A colour too pale to read is refused."),
    )
    accessibility_page = models.ForeignKey(
        Page, verbose_name=_("accessibility page"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    privacy_page = models.ForeignKey(
        Page, verbose_name=_("privacy page"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    contact_page = models.ForeignKey(
        Page, verbose_name=_("contact page"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    governors_page = models.ForeignKey(
        Page,
        verbose_name=_("brief for governors"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Governors are sent to it with the arrangements of a deployment."),
    )
    takes_comments = models.BooleanField(
        _("readers may comment on articles"),
        default=True,
        help_text=_("Without the tick no article shows or takes comments. One article alone is closed on its own page."),
    )

    history = History()
    wagtail_reference_index_ignore = False  # the logo is in use here

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("strapline"), FieldPanel("telephone_hours")], heading=_("Words")),
        MultiFieldPanel([FieldPanel("logo"), FieldPanel("accent")], heading=_("Look")),
        MultiFieldPanel(
            [FieldPanel("accessibility_page"), FieldPanel("privacy_page"), FieldPanel("contact_page")],
            heading=_("Links at the foot of every page"),
        ),
        FieldPanel("governors_page"),
        FieldPanel("takes_comments"),
    ]

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")

    def clean_fields(self, exclude: object = None) -> None:
        """Take an accent in capitals as well."""
        self.accent = self.accent.strip().lower()
        super().clean_fields(exclude=exclude)


class SiteWording(models.Model):
    """The words of the site settings in another language. An empty one falls back to the settings."""

    locale = models.OneToOneField(
        Locale, verbose_name=_("language"), on_delete=models.PROTECT, related_name="+", limit_choices_to=other_languages
    )
    name = models.CharField(_("name"), max_length=100, blank=True)
    strapline = models.CharField(_("strapline"), max_length=150, blank=True)
    telephone_hours = models.CharField(_("telephone hours"), max_length=100, blank=True)

    history = History()

    panels = [FieldPanel("locale"), FieldPanel("name"), FieldPanel("strapline"), FieldPanel("telephone_hours")]

    class Meta:
        verbose_name = _("wording in another language")
        verbose_name_plural = _("wording in other languages")
        ordering = ["locale__language_code"]

    def __str__(self) -> str:
        return str(self.locale)
