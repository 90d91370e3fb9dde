from finance.models.cancellation import CancellationPolicy
from finance.models.credit_notes import CreditNote
from finance.models.invoices import Invoice, InvoiceIssuer, InvoiceLine
from finance.models.quotes import Quote, QuoteLine
from finance.models.rates import MembershipDiscountRate, RateCard

__all__ = [
    "CancellationPolicy",
    "CreditNote",
    "Invoice",
    "InvoiceIssuer",
    "InvoiceLine",
    "MembershipDiscountRate",
    "Quote",
    "QuoteLine",
    "RateCard",
]
