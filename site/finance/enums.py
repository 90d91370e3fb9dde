"""Stored choices of finance."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MoneyRoute(models.TextChoices):
    """Who invoices whom (D3). Alliances differ, so a protocol says which; a case keeps the one it started with."""

    SUPPORTING_SCHOOL_INVOICES = "SUPPORTING_SCHOOL_INVOICES", _("The supporting school invoices the supported school")
    ALLIANCE_INVOICES = "ALLIANCE_INVOICES", _("The alliance invoices, and pays the supporting school")
    IN_ADVANCE = "IN_ADVANCE", _("The alliance invoices in advance, on signature")


class Service(models.TextChoices):
    """What members may pay less for. Support projects are no such thing: their price is what the parties sign."""

    HEALTH_CHECK = "HEALTH_CHECK", _("Health check days")


class InvoicePurpose(models.TextChoices):
    """What an invoice is for. One piece of work is billed once for each."""

    CHARGE = "CHARGE", _("The charge for support")
    SUPPORTING_SHARE = "SUPPORTING_SHARE", _("The supporting school’s share")
    BROKERAGE = "BROKERAGE", _("Brokerage")


QUOTE_LINE = "QUOTE_LINE"
"""The kind of work that a line of an invoice in advance names: there is no time yet, but the quote's line."""


class InvoiceStatus(models.TextChoices):
    DRAFT = "DRAFT", _("Draft")
    DISCARDED = "DISCARDED", _("Draft thrown away")
    ISSUED = "ISSUED", _("Issued")
    QUERIED = "QUERIED", _("Queried")
    PAID = "PAID", _("Paid")
    CREDITED = "CREDITED", _("Credited")


UNNUMBERED = (InvoiceStatus.DRAFT, InvoiceStatus.DISCARDED)
"""States without a number. Whatever was issued keeps its number for good, credited or not."""
SETTLED = (InvoiceStatus.DISCARDED, InvoiceStatus.PAID, InvoiceStatus.CREDITED)
"""States in which nothing is left to do."""
VOID = (InvoiceStatus.DISCARDED, InvoiceStatus.CREDITED)
"""States in which the lines count as not billed, so that they may be billed again."""


class VatTreatment(models.TextChoices):
    """How VAT applies. Finance chooses at every issue; nothing is chosen for them."""

    STANDARD = "STANDARD", _("Standard rate")
    REDUCED = "REDUCED", _("Reduced rate")
    ZERO = "ZERO", _("Zero rate")
    EXEMPT = "EXEMPT", _("Exempt")
    OUTSIDE_SCOPE = "OUTSIDE_SCOPE", _("Outside the scope of VAT")


VAT_CHARGED = (VatTreatment.STANDARD, VatTreatment.REDUCED)
"""Treatments with a rate above zero; all others have a rate of zero."""
