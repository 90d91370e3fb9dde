"""Schools, from the national register. Never deleted: a school closes, and its successor is linked."""

from __future__ import annotations

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.enums import Phase, SchoolStatus
from common.history import History


class SchoolQuerySet(models.QuerySet["School"]):
    def open(self) -> Self:
        return self.exclude(status=SchoolStatus.CLOSED)

    def found_by(self, text: str) -> Self:
        """Open schools whose URN is the text, or whose name, town or postcode holds every word of it."""
        words = text[:100].replace("\x00", "").split()
        if len(words) == 1 and words[0].isdigit():
            return self.open().filter(urn=words[0])
        found = self.open()
        for word in words:
            found = found.filter(
                Q(name__icontains=word) | Q(town__icontains=word) | Q(postcode__istartswith=word) | Q(postcode__iendswith=word)
            )
        return found


class School(models.Model):
    """One establishment. Codes are text, as the register writes them; the grid reference is in metres."""

    urn = models.CharField(_("URN"), max_length=6, primary_key=True, validators=[RegexValidator(r"^\d{6}$", _("A URN has six digits."))])
    name = models.CharField(_("name"), max_length=200)
    phase = models.CharField(_("phase"), max_length=20, choices=Phase.choices, default=Phase.NOT_APPLICABLE)
    type_name = models.CharField(_("type"), max_length=100, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=SchoolStatus.choices, default=SchoolStatus.OPEN)
    local_authority_code = models.CharField(_("local authority code"), max_length=10, blank=True)
    local_authority = models.CharField(_("local authority"), max_length=100, blank=True)
    trust_code = models.CharField(_("trust code"), max_length=20, blank=True)
    trust = models.CharField(_("trust"), max_length=200, blank=True)
    diocese = models.CharField(_("diocese"), max_length=100, blank=True)
    religious_character = models.CharField(_("religious character"), max_length=100, blank=True)
    street = models.CharField(_("street"), max_length=200, blank=True)
    locality = models.CharField(_("locality"), max_length=200, blank=True)
    town = models.CharField(_("town"), max_length=100, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    website = models.CharField(_("website"), max_length=300, blank=True)
    easting = models.PositiveIntegerField(_("easting"), null=True, blank=True, help_text=_("Metres on the national grid."))
    northing = models.PositiveIntegerField(_("northing"), null=True, blank=True, help_text=_("Metres on the national grid."))
    opened_on = models.DateField(_("opened"), null=True, blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True)

    history = History()
    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        ordering = ["name", "urn"]
        indexes = [models.Index(fields=["name"], name="school_name"), models.Index(fields=["postcode"], name="school_postcode")]
        constraints = [
            models.CheckConstraint(
                condition=Q(easting=None, northing=None) | Q(easting__isnull=False, northing__isnull=False),
                name="school_grid_reference_is_whole",
                violation_error_message=_("Give both easting and northing, or neither."),
            ),
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="school_phase_is_known"),
            models.CheckConstraint(condition=Q(status__in=SchoolStatus.values), name="school_status_is_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """Town and postcode: what tells two schools of one name apart."""
        return ", ".join(part for part in (self.town, self.postcode) if part)


class SchoolLink(models.Model):
    """A school that took another one's place (academy conversion, merger)."""

    predecessor = models.ForeignKey(School, on_delete=models.PROTECT, related_name="successor_links", verbose_name=_("predecessor"))
    successor = models.ForeignKey(School, on_delete=models.PROTECT, related_name="predecessor_links", verbose_name=_("successor"))
    linked_on = models.DateField(_("date"), null=True, blank=True)

    history = History()

    class Meta:
        verbose_name = _("school succession")
        verbose_name_plural = _("school successions")
        ordering = ["predecessor", "successor"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="one_link_per_pair_of_schools"),
            models.CheckConstraint(condition=~Q(predecessor=models.F("successor")), name="school_does_not_succeed_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"
