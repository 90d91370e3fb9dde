"""Contacts by role, held once and shown wherever a page names the role."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from common.history import History

check_telephone = RegexValidator(r"^[0-9+() ]{6,30}$", _("Use digits, spaces, brackets and a plus sign only."))


class ContactRole(TranslatableMixin, index.Indexed, models.Model):
    """
    Whom to ring or write to about something: the role, and who holds it now.

    A translation has the role's title and hours in its language; the person is always that of the original.
    """

    key = models.SlugField(
        _("key"),
        max_length=40,
        help_text=_("A short name that pages refer to, such as “support-lead”. Do not change it once pages use it."),
    )
    title = models.CharField(_("role"), max_length=100, help_text=_("As the public reads it, such as “School support lead”."))
    person_name = models.CharField(_("name"), max_length=100, blank=True, help_text=_("Who holds the role now. May be left empty."))
    telephone = models.CharField(_("telephone"), max_length=30, blank=True, validators=[check_telephone])
    email = models.EmailField(_("e-mail"), blank=True)
    hours = models.CharField(
        _("hours"), max_length=100, blank=True, help_text=_("When somebody answers. Left empty, the site's telephone hours are shown.")
    )
    order = models.PositiveIntegerField(_("order"), default=0, help_text=_("Contacts are listed from the lowest number up."))

    history = History()

    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("hours"),
        SynchronizedField("key", overridable=False),
        SynchronizedField("person_name", overridable=False),
        SynchronizedField("telephone", overridable=False),
        SynchronizedField("email", overridable=False),
        SynchronizedField("order", overridable=False),
    ]
    panels = [
        HelpPanel(content=_("Pages show contacts by role. When somebody new takes a role, change the name here: every page follows.")),
        MultiFieldPanel([FieldPanel("title"), FieldPanel("key"), FieldPanel("order")], heading=_("Role")),
        MultiFieldPanel(
            [FieldPanel("person_name"), FieldPanel("telephone"), FieldPanel("email"), FieldPanel("hours")], heading=_("Who holds it")
        ),
    ]
    search_fields = [
        index.SearchField("title"),
        index.SearchField("person_name"),
        index.AutocompleteField("title"),
        index.AutocompleteField("person_name"),
        index.FilterField("locale"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["order", "title", "pk"]
        constraints = [models.UniqueConstraint(fields=["key", "locale"], name="one_contact_per_key_and_language")]

    def __str__(self) -> str:
        return f"{self.title}: {self.person_name}" if self.person_name else self.title
