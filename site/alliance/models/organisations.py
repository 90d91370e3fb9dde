"""Organisations that ask on a school's behalf: local authorities, dioceses, trusts. Kinds are editable data (R2)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import History


class OrganisationKind(models.Model):
    """A kind of requester; `key` is what requests store, so that the label may be reworded."""

    key = models.SlugField(_("key"), max_length=40, unique=True, help_text=_("Kept in requests; cannot be changed in use."))
    name = models.CharField(_("name"), max_length=100)
    is_school = models.BooleanField(_("is a school asking for itself"), default=False)
    order = models.PositiveIntegerField(_("order"), default=0)

    history = History()

    class Meta:
        verbose_name = _("kind of organisation")
        verbose_name_plural = _("kinds of organisation")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    name = models.CharField(_("name"), max_length=200)
    kind = models.ForeignKey(OrganisationKind, on_delete=models.PROTECT, verbose_name=_("kind"), related_name="organisations")
    email = models.EmailField(_("e-mail address"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)

    history = History()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name", "kind"], name="one_organisation_per_name_and_kind")]

    def __str__(self) -> str:
        return self.name
