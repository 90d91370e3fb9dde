from django.apps import AppConfig

from alliance.roles import keeps, views

READ = views(
    "finance", "ratecard", "membershipdiscountrate", "cancellationpolicy", "quote", "quoteline", "invoice", "invoiceline", "creditnote",
    "invoiceissuer",
)  # fmt: skip


class FinanceConfig(AppConfig):
    name = "finance"
    verbose_name = "Finance"
    public_words = ("enums.py",)
    role_permissions = {
        "FINANCE": (*READ, *keeps("finance", "ratecard", "membershipdiscountrate", "cancellationpolicy"), "finance.handle_invoice"),
        "S2S_LEAD": (*READ, "finance.handle_invoice"),
        "BROKER": READ,
    }
