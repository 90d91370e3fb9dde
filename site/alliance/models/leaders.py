"""System leaders: who may be deployed, with what designation, for what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.enums import Designation, Phase
from alliance.models.dated import Dated, DatedQuerySet, ends_after_it_starts
from alliance.models.schools import School
from common.fields import ListOfChoices
from common.history import History


class Specialism(models.Model):
    """What a leader can help with; leaders and requests store the key, labels may be reworded and translated."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=100)
    order = models.PositiveIntegerField(_("order"), default=0)

    history = History()

    class Meta:
        verbose_name = _("specialism")
        verbose_name_plural = _("specialisms")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class SystemLeader(models.Model):
    """A leader employed by a supporting school. May hold no designation."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="system_leader", verbose_name=_("person"))
    supporting_school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="system_leaders", verbose_name=_("supporting school")
    )
    specialisms = models.ManyToManyField(Specialism, blank=True, related_name="leaders", verbose_name=_("specialisms"))
    phases = ListOfChoices(Phase, verbose_name=_("phases"))
    working_style = models.TextField(_("working style and approach"), blank=True, max_length=2000)
    travel_limit_metres = models.PositiveIntegerField(
        _("travel limit"), null=True, blank=True, help_text=_("Metres from the supporting school, as the crow flies.")
    )
    summary = models.TextField(_("what they offer"), blank=True, max_length=1000)
    consents_to_listing_at = models.DateTimeField(_("agreed to be listed in public"), null=True, blank=True)
    is_active = models.BooleanField(_("available for deployment"), default=True)

    history = History(m2m_fields=[specialisms])

    class Meta:
        verbose_name = _("system leader")
        verbose_name_plural = _("system leaders")
        ordering = ["user__last_name", "user__first_name", "pk"]

    def __str__(self) -> str:
        return str(self.user)


class LeaderDesignation(Dated):
    """A designation and when it was held: a snapshot of it goes into every agreement."""

    leader = models.ForeignKey(SystemLeader, on_delete=models.PROTECT, related_name="designations", verbose_name=_("leader"))
    designation = models.CharField(_("designation"), max_length=10, choices=Designation.choices)

    history = History()
    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("designation")
        verbose_name_plural = _("designations")
        ordering = ["leader", "-starts_on", "designation"]
        constraints = [
            ends_after_it_starts("designation_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["leader", "designation"], condition=Q(ends_on=None), name="one_open_designation_of_a_kind_per_leader"
            ),
            models.CheckConstraint(condition=Q(designation__in=Designation.values), name="designation_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.designation} ({self.leader})"


class DeclaredInterest(models.Model):
    """A tie between a leader and a school that keeps the leader off that school's team."""

    leader = models.ForeignKey(SystemLeader, on_delete=models.PROTECT, related_name="interests", verbose_name=_("leader"))
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="declared_interests", verbose_name=_("school"))
    reason = models.CharField(_("reason"), max_length=300)
    declared_on = models.DateField(_("declared"))

    history = History()

    class Meta:
        verbose_name = _("declared interest")
        verbose_name_plural = _("declared interests")
        ordering = ["leader", "school"]
        constraints = [models.UniqueConstraint(fields=["leader", "school"], name="one_interest_per_leader_and_school")]

    def __str__(self) -> str:
        return f"{self.leader}, {self.school}"
