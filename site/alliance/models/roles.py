"""Roles people hold at schools, with dates. Titles vary, so kinds are editable and carry powers."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.enums import Power
from alliance.models.dated import Dated, DatedQuerySet, ends_after_it_starts
from alliance.models.schools import School
from common.fields import ListOfChoices
from common.history import History


class SchoolRoleKind(models.Model):
    """A title at a school (head, acting head, chair of governors, executive headteacher…) and what it may do."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    powers = ListOfChoices(Power, verbose_name=_("powers"))
    acts_for_head = models.BooleanField(_("is or acts for the head"), default=False)
    order = models.PositiveIntegerField(_("order"), default=0)

    history = History()

    class Meta:
        verbose_name = _("kind of role at a school")
        verbose_name_plural = _("kinds of role at a school")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def is_asked_for(self, power: Power) -> bool:
        """Whether its holders are asked to use the power. What a school signs or accepts is its head's, so a chair of governors is not."""
        return power in self.powers and (power != Power.SIGN or self.acts_for_head)

    @property
    def is_governing(self) -> bool:
        """Whether its holders are the governors: it signs, but neither acts for the head nor books."""
        return Power.SIGN in self.powers and Power.BOOK not in self.powers and not self.acts_for_head


class SchoolRoleQuerySet(DatedQuerySet):
    def live(self, on: date) -> Self:
        """Verified by the alliance and in force: the only roles that let anyone do anything."""
        return self.in_force(on).filter(verified_at__isnull=False, declined_at=None)

    def claimed(self) -> Self:
        return self.filter(verified_at=None, declined_at=None)


class SchoolRole(Dated):
    """One person's role at one school. Claimed until the alliance verifies it, and powerless until then."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="school_roles", verbose_name=_("person"))
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="roles", verbose_name=_("school"))
    kind = models.ForeignKey(SchoolRoleKind, on_delete=models.PROTECT, related_name="roles", verbose_name=_("role"))
    claimed_at = models.DateTimeField(_("claimed"), editable=False)
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True, editable=False)
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    history = History()
    objects = SchoolRoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role at a school")
        verbose_name_plural = _("roles at schools")
        ordering = ["school", "kind", "-starts_on", "pk"]
        permissions = [("verify_schoolrole", _("Can verify, decline and end roles at schools"))]
        constraints = [
            ends_after_it_starts("school_role_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["user", "school", "kind"],
                condition=Q(ends_on=None, declined_at=None),
                name="one_open_role_of_a_kind_per_person_and_school",
            ),
            models.CheckConstraint(
                condition=Q(verified_at=None, verified_by=None) | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="school_role_verified_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None, declined_by=None) | Q(declined_at__isnull=False, declined_by__isnull=False),
                name="school_role_declined_at_and_by",
            ),
            models.CheckConstraint(condition=Q(verified_at=None) | Q(declined_at=None), name="school_role_is_not_verified_and_declined"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.kind}, {self.school}"

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None

    @property
    def state(self) -> str:
        """The state of the claim in words."""
        if self.declined_at:
            return str(_("Declined"))
        return str(_("Verified") if self.verified_at else _("Claimed, waiting"))
