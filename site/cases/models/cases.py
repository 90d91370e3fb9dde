"""A case, and the protocol version it follows."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from alliance.enums import Power
from alliance.models import Organisation, OrganisationKind, School, User
from alliance.queries import live_school_roles
from alliance.roles import Role, has_role
from cases.barred import cases_barred_to
from cases.enums import CaseKind, PublicStatus, SupportKind
from cases.signals import looked_at_wanted
from common.history import History
from common.references import new_reference


class ProtocolVersion(models.Model):
    """
    One published state of a protocol, frozen: a case follows the version it started under (P2).

    `content` is the resolved wording per language, `rules` how cases run (optional stages, money route, roles).
    Made by whoever publishes protocols; never changed.
    """

    protocol_key = models.CharField(_("protocol"), max_length=60)
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=255)
    content = models.JSONField(_("content"))
    rules = models.JSONField(_("rules"))
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published"))

    history = History()

    class Meta:
        verbose_name = _("protocol version")
        verbose_name_plural = _("protocol versions")
        ordering = ["protocol_key", "-number"]
        constraints = [models.UniqueConstraint(fields=["protocol_key", "number"], name="one_protocol_version_per_number")]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User, on: date) -> Self:
        """
        The cases a person may see: alliance staff all, whoever may book or sign for a school those of the school.

        Signing without booking is the chair of governors: they see how far a case is, and nothing of what is written
        (`worked_on_by`). Plugins add those with a part in a case (`looked_at_wanted`). `on` is today's date: roles have dates.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if has_role(user, Role.S2S_LEAD, Role.BROKER):
            return self
        seen = self._of_schools(user, on, Power.BOOK, Power.SIGN)
        answers: list[tuple[Any, Any]] = looked_at_wanted.send(sender=None, user=user, on=on)
        for _receiver, keys in answers:
            seen |= Q(pk__in=keys)
        return self.filter(seen)

    def worked_on_by(self, user: User, on: date) -> Self:
        """
        Those of them whose messages and files the person reads, and on which they act for the alliance or the school.

        Staff barred from a case (W3) see how far it is, so that the register is whole, and nothing of what is written, unless they act
        for its school: they then read what the school does.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        own = self._of_schools(user, on, Power.BOOK)
        if not has_role(user, Role.S2S_LEAD, Role.BROKER):
            return self.filter(own)
        return self.filter(*(own | ~Q(pk__in=barred) for barred in cases_barred_to(user)))

    def handled_by(self, user: User) -> Self:
        """Those on which the person acts for the alliance: none but for its staff, and for them all that they are not barred from (W3)."""
        if not has_role(user, Role.S2S_LEAD, Role.BROKER):
            return self.none()
        return self.filter(*(~Q(pk__in=barred) for barred in cases_barred_to(user)))

    @staticmethod
    def _of_schools(user: User, on: date, *powers: Power) -> Q:
        return Q(supported_school__in={role.school_id for role in live_school_roles(user, on) if {*powers} & {*role.kind.powers}})

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def with_twins(self) -> Self:
        """
        Add `has_twin`: whether another open case of the kind is about the same school, found or named. Nobody asked twice about a
        closed one.
        """
        others = Case.objects.open().filter(kind=OuterRef("kind")).exclude(pk=OuterRef("pk"))
        found = others.filter(supported_school=OuterRef("supported_school"))
        named = others.filter(supported_school=None, school_name_given__iexact=OuterRef("school_name_given"))
        same = Exists(found) | (Q(supported_school=None) & Exists(named))
        return self.annotate(has_twin=models.Case(models.When(Q(closed_at=None) & same, then=True), default=False))


class Case(models.Model):
    """The spine of one thread. What a plugin knows of it is one-to-one with it, under the same reference."""

    reference = models.CharField(_("reference"), max_length=20, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40, choices=CaseKind.choices)
    support_kind = models.CharField(_("kind of support"), max_length=40, choices=SupportKind.choices, blank=True)
    title = models.CharField(_("in short"), max_length=200)
    supported_school = models.ForeignKey(
        School, null=True, blank=True, on_delete=models.PROTECT, related_name="cases", verbose_name=_("supported school")
    )
    school_name_given = models.CharField(_("school, as given"), max_length=200, blank=True)
    contact_name = models.CharField(_("contact"), max_length=200)
    contact_email = models.EmailField(_("contact's e-mail address"))
    contact_telephone = models.CharField(_("contact's telephone"), max_length=40, blank=True)
    contact_role = models.CharField(_("contact's role"), max_length=100, blank=True)
    contact_language = models.CharField(_("contact's language"), max_length=10, blank=True)
    requester_kind = models.ForeignKey(
        OrganisationKind, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by a")
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="cases", verbose_name=_("organisation")
    )
    organisation_name_given = models.CharField(_("organisation, as given"), max_length=200, blank=True)
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="owned_cases", verbose_name=_("owner"))
    public_status = models.CharField(_("status"), max_length=20, choices=PublicStatus.choices, default=PublicStatus.RECEIVED)
    protocol_version = models.ForeignKey(
        ProtocolVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="cases", verbose_name=_("protocol version")
    )
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    history = History()
    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(supported_school__isnull=False) | ~Q(school_name_given=""),
                name="case_names_a_school",
                violation_error_message=_("Choose a school, or give its name."),
            ),
            models.CheckConstraint(condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="case_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(public_status__in=PublicStatus.values), name="case_status_is_known"),
        ]
        indexes = [models.Index(fields=["public_status", "-opened_at"], name="case_by_status")]

    def __str__(self) -> str:
        return f"{self.reference} {self.school_name}"

    @property
    def twins(self) -> CaseQuerySet:
        """Other open cases of the kind about the same school, as `has_twin` counts them."""
        others = Case.objects.open().filter(kind=self.kind).exclude(pk=self.pk)
        if not self.is_open:
            return others.none()
        if self.supported_school_id is None:
            return others.filter(supported_school=None, school_name_given__iexact=self.school_name_given)
        return others.filter(supported_school=self.supported_school_id)

    @property
    def school_name(self) -> str:
        return self.supported_school.name if self.supported_school else self.school_name_given

    @property
    def staff_status(self) -> str:
        return PublicStatus(self.public_status).for_staff

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


def save_with_reference(case: Case, *, prefix: str) -> Case:
    """Save a new case under a reference nobody has; the unique constraint decides, not a look beforehand."""
    while True:
        case.reference = new_reference(prefix)
        try:
            with transaction.atomic():
                case.save(force_insert=True)
        except IntegrityError:
            if not Case.objects.filter(reference=case.reference).exists():
                raise
        else:
            return case
