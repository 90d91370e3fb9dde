"""Which schools are members, at which tier, when (H1): members book at reduced rates."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.models.dated import Dated, DatedQuerySet, ends_after_it_starts
from alliance.models.schools import School
from common.history import History


class MembershipTier(models.Model):
    key = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    order = models.PositiveIntegerField(_("order"), default=0)

    history = History()

    class Meta:
        verbose_name = _("membership tier")
        verbose_name_plural = _("membership tiers")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class Membership(Dated):
    """One school's membership. A school has at most one open one; overlaps with a closed one are refused by `clean`."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("school"))
    tier = models.ForeignKey(MembershipTier, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("tier"))

    history = History()
    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["school", "-starts_on"]
        constraints = [
            ends_after_it_starts("membership_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(ends_on=None),
                name="one_open_membership_per_school",
                violation_error_message=_("This school already has an open membership."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.tier}"

    def clean(self) -> None:
        super().clean()
        if not (self.school_id and self.starts_on):
            return
        others = Membership.objects.filter(school_id=self.school_id).exclude(pk=self.pk)
        if others.overlapping(self.starts_on, self.ends_on).exists():
            raise ValidationError(_("This school already has a membership in these days. Give that one its last day first."))
