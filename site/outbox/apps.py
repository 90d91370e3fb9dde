from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "outbox"
    verbose_name = "Outbox"
    role_permissions = {
        "S2S_LEAD": ("outbox.view_outboxmessage", "outbox.resend_outboxmessage"),
        "BROKER": ("outbox.view_outboxmessage", "outbox.resend_outboxmessage"),
    }
