"""Contracting agreements: frozen text, its hash, and who signed it (W8)."""

from __future__ import annotations

import hashlib

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.models import School
from common.fields import done_by_somebody, person_field
from common.history import History
from finance.models import Quote
from s2s_workflow.enums import PartyKind
from s2s_workflow.models.projects import TEXT, SupportProject


class AgreementClause(models.Model):
    """A clause of the terms and conditions; agreements quote those in use when their text is frozen."""

    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), max_length=TEXT)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_in_use = models.BooleanField(_("in use"), default=True)

    history = History()

    class Meta:
        verbose_name = _("clause of agreements")
        verbose_name_plural = _("clauses of agreements")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title


class Agreement(models.Model):
    """
    One version of the text that all parties sign. It is never changed: a change request voids it, and the next version follows.

    `text` is canonical: UTF-8 NFC, lines ended by a line feed. `sha256` is of those bytes. `quote` and `plan` are the costs and the
    objectives that it was frozen with, in force once all have signed. A version that `amends` a signed one says why in `reason`; the
    one before stays in force until all have signed (D4).
    """

    project = models.ForeignKey(SupportProject, on_delete=models.PROTECT, related_name="agreements", verbose_name=_("project"))
    version = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("text"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    quote = models.ForeignKey(Quote, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("quote"))
    plan = models.JSONField(_("action plan"), default=dict, blank=True)
    amends = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="amended_by", verbose_name=_("amends version")
    )
    reason = models.TextField(_("why it is amended"), blank=True, max_length=TEXT)
    frozen_at = models.DateTimeField(_("frozen"))
    frozen_by = person_field(_("frozen by"))
    completed_at = models.DateTimeField(_("signed by all"), null=True, blank=True)
    voided_at = models.DateTimeField(_("voided"), null=True, blank=True)
    voided_by = person_field(_("voided by"))
    void_reason = models.TextField(_("change asked for"), blank=True, max_length=TEXT)

    history = History()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["project", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["project", "version"], name="one_agreement_per_version"),
            models.UniqueConstraint(
                fields=["project"], condition=Q(voided_at=None, completed_at=None), name="one_agreement_at_a_time_to_sign"
            ),
            models.CheckConstraint(condition=Q(voided_at=None) | Q(completed_at=None), name="signed_agreement_is_not_voided"),
            models.CheckConstraint(condition=Q(voided_at=None) | ~Q(void_reason=""), name="voided_agreement_says_why"),
            models.CheckConstraint(condition=Q(amends=None) | ~Q(reason=""), name="amendment_says_why"),
            done_by_somebody("agreement_frozen_at_and_by", "frozen"),
            done_by_somebody("agreement_voided_at_and_by", "voided"),
        ]

    def __str__(self) -> str:
        return f"{self.project.case.reference}, {self.version}"

    @property
    def is_open(self) -> bool:
        """It waits for signatures."""
        return self.voided_at is None and self.completed_at is None

    @property
    def is_amendment(self) -> bool:
        return self.amends_id is not None

    @property
    def is_intact(self) -> bool:
        """The text is the one that was frozen."""
        return hash_of(self.text) == self.sha256


def hash_of(text: str) -> str:
    """SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


class AgreementParty(models.Model):
    """A slot for one signature. `school` is empty for the alliance."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parties", verbose_name=_("agreement"))
    kind = models.CharField(_("party"), max_length=20, choices=PartyKind.choices)
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("school"))

    history = History()

    class Meta:
        verbose_name = _("party to an agreement")
        verbose_name_plural = _("parties to agreements")
        ordering = ["agreement", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "kind", "school"], name="one_slot_per_school"),
            models.UniqueConstraint(fields=["agreement"], condition=Q(school=None), name="one_slot_for_the_alliance"),
            models.CheckConstraint(
                condition=Q(kind=PartyKind.S2S_LEAD, school=None) | (~Q(kind=PartyKind.S2S_LEAD) & Q(school__isnull=False)),
                name="a_school_party_names_its_school",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.school}" if self.school else self.get_kind_display()

    @property
    def is_signed(self) -> bool:
        return hasattr(self, "signature")


class Signature(models.Model):
    """One party's signature: the name as typed, and the hash of the text that was shown."""

    party = models.OneToOneField(AgreementParty, on_delete=models.PROTECT, related_name="signature", verbose_name=_("party"))
    signed_by = person_field(_("signed by"))
    signed_at = models.DateTimeField(_("signed"))
    typed_name = models.CharField(_("name, as typed"), max_length=250)
    sha256 = models.CharField(_("SHA-256 of the text"), max_length=64)

    history = History()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["signed_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(typed_name=""), name="signature_has_a_name"),
            models.CheckConstraint(condition=Q(signed_by__isnull=False), name="signature_has_a_signer"),
        ]

    def __str__(self) -> str:
        return f"{self.typed_name}, {self.party}"
