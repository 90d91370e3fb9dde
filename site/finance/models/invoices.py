"""Invoices: who asks whom for how much, under numbers without gaps."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation, School
from common.history import History
from finance.enums import SETTLED, UNNUMBERED, VAT_CHARGED, InvoicePurpose, InvoiceStatus, VatTreatment

ALLIANCE_PREFIX = "INV"


class InvoiceIssuer(models.Model):
    """
    A series of numbers: the alliance's (no school) or a supporting school's, whose invoices the alliance writes for it.

    `last_number` is locked and moved in the transaction that issues, so that a number is used once and none is left out;
    `last_credit_number` likewise in the one that credits: credit notes are a series of their own.
    """

    school = models.OneToOneField(
        School, null=True, blank=True, on_delete=models.PROTECT, related_name="invoice_issuer", verbose_name=_("school")
    )
    prefix = models.CharField(_("prefix"), max_length=10, unique=True)
    last_number = models.PositiveIntegerField(_("last number"), default=0)
    last_credit_number = models.PositiveIntegerField(_("last number of a credit note"), default=0)

    history = History()

    class Meta:
        verbose_name = _("issuer of invoices")
        verbose_name_plural = _("issuers of invoices")
        ordering = ["prefix"]
        constraints = [
            # With the prefix unique, there is one series without a school: the alliance's.
            models.CheckConstraint(
                condition=Q(school=None, prefix=ALLIANCE_PREFIX) | (Q(school__isnull=False) & ~Q(prefix=ALLIANCE_PREFIX)),
                name="issuer_is_the_alliance_or_a_school",
            )
        ]

    def __str__(self) -> str:
        return f"{self.prefix} ({self.school or _('the alliance')})"


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    def unsettled(self) -> Self:
        """Invoices with something left to do: drafts, and those that are neither paid nor credited."""
        return self.exclude(status__in=SETTLED)


class Invoice(models.Model):
    """
    One invoice, in pounds. Names and addresses are as they were when it was drafted; the payee is its issuer.

    It gets number, dates and VAT when it is issued, and keeps them whatever becomes of it. `case_reference` is text:
    finance knows no app above it. `note` is the reason of its last move. Moves are listed in `finance.transitions`.
    """

    issuer = models.ForeignKey(InvoiceIssuer, on_delete=models.PROTECT, related_name="invoices", verbose_name=_("issuer"))
    issuer_name = models.CharField(_("issued by"), max_length=200)
    issuer_address = models.TextField(_("issuer’s address"), blank=True, max_length=500)
    payer_school = models.ForeignKey(
        School, null=True, blank=True, on_delete=models.PROTECT, related_name="invoices_to_pay", verbose_name=_("school that pays")
    )
    payer_organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="invoices_to_pay",
        verbose_name=_("organisation that pays"),
    )
    payer_name = models.CharField(_("to"), max_length=200)
    payer_address = models.TextField(_("payer’s address"), blank=True, max_length=500)
    purpose = models.CharField(_("for"), max_length=20, choices=InvoicePurpose.choices)
    case_reference = models.CharField(_("case"), max_length=60)
    status = models.CharField(_("status"), max_length=10, choices=InvoiceStatus.choices, default=InvoiceStatus.DRAFT)
    note = models.TextField(_("why it is so"), blank=True, max_length=1000)
    sequence = models.PositiveIntegerField(null=True, blank=True, editable=False)
    number = models.CharField(_("number"), max_length=20, null=True, blank=True, unique=True)
    drafted_at = models.DateTimeField(_("drafted"))
    issued_on = models.DateField(_("issued"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    paid_on = models.DateField(_("paid"), null=True, blank=True)
    po_number = models.CharField(_("purchase order number"), max_length=60, blank=True)
    vat_treatment = models.CharField(_("VAT treatment"), max_length=20, choices=VatTreatment.choices, blank=True)
    vat_percent = models.DecimalField(_("VAT rate"), max_digits=5, decimal_places=2, null=True, blank=True, help_text=_("Per cent."))
    net = models.DecimalField(_("before VAT"), max_digits=10, decimal_places=2, help_text=_("Pounds."))
    vat = models.DecimalField(_("VAT"), max_digits=10, decimal_places=2, null=True, blank=True, help_text=_("Pounds."))

    history = History()
    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-drafted_at", "-pk"]
        permissions = [("handle_invoice", "Can issue an invoice, and record what becomes of it")]
        indexes = [
            models.Index(fields=["case_reference"], name="invoices_of_case"),
            models.Index(fields=["status", "due_on"], name="invoices_by_status"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "sequence"], name="one_invoice_per_number"),
            models.CheckConstraint(condition=Q(status__in=InvoiceStatus.values), name="invoice_status_is_known"),
            models.CheckConstraint(condition=Q(purpose__in=InvoicePurpose.values), name="invoice_purpose_is_known"),
            models.CheckConstraint(condition=Q(net__gt=0), name="invoice_asks_for_something"),
            models.CheckConstraint(condition=~Q(payer_name=""), name="invoice_names_a_payer"),
            models.CheckConstraint(condition=Q(payer_school=None) | Q(payer_organisation=None), name="invoice_has_one_payer"),
            models.CheckConstraint(
                condition=Q(
                    status__in=UNNUMBERED,
                    sequence=None,
                    number=None,
                    issued_on=None,
                    due_on=None,
                    vat_treatment="",
                    vat_percent=None,
                    vat=None,
                )
                | (
                    ~Q(status__in=UNNUMBERED)
                    & ~Q(vat_treatment="")
                    & Q(
                        sequence__gt=0,
                        number__isnull=False,
                        issued_on__isnull=False,
                        due_on__isnull=False,
                        vat_percent__isnull=False,
                        vat__isnull=False,
                    )
                ),
                name="invoice_has_number_dates_and_vat_from_its_issue",
            ),
            models.CheckConstraint(
                condition=Q(status=InvoiceStatus.PAID, paid_on__isnull=False) | (~Q(status=InvoiceStatus.PAID) & Q(paid_on=None)),
                name="invoice_is_paid_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(vat_treatment="")
                | Q(vat_treatment__in=VAT_CHARGED, vat_percent__gt=0, vat_percent__lt=100)
                | (Q(vat_treatment__in=VatTreatment.values, vat_percent=0, vat=0) & ~Q(vat_treatment__in=VAT_CHARGED)),
                name="invoice_vat_fits_its_treatment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or _('Draft')}: {self.payer_name}"

    @property
    def gross(self) -> Decimal:
        """Pounds to pay; of a draft, before VAT."""
        return self.net + (self.vat or Decimal("0.00"))


class InvoiceLine(models.Model):
    """
    One piece of work on an invoice. The same piece is billed once for each purpose (promise 8): the constraint says so.

    `is_void` is true once its invoice is credited or thrown away; the piece may then be billed again.
    """

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="lines", verbose_name=_("invoice"))
    position = models.PositiveSmallIntegerField(_("position"))
    description = models.CharField(_("description"), max_length=300)
    half_days = models.PositiveSmallIntegerField(_("half days"))
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2, help_text=_("Pounds, before VAT."))
    purpose = models.CharField(_("for"), max_length=20, choices=InvoicePurpose.choices)
    source_kind = models.CharField(_("work"), max_length=40)
    source_reference = models.CharField(_("reference"), max_length=60)
    is_void = models.BooleanField(_("void"), default=False)

    history = History()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("line of an invoice")
        verbose_name_plural = _("lines of invoices")
        ordering = ["invoice", "position"]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "position"], name="one_invoice_line_per_position"),
            models.UniqueConstraint(
                fields=["purpose", "source_kind", "source_reference"], condition=Q(is_void=False), name="work_is_billed_once"
            ),
            models.CheckConstraint(condition=Q(half_days__gt=0), name="invoice_line_has_time"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="invoice_line_asks_for_something"),
            models.CheckConstraint(condition=~Q(source_kind="") & ~Q(source_reference=""), name="invoice_line_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.invoice}: {self.description}"
