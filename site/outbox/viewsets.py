"""The outbox in the Wagtail admin: what was told to whom, when it left, and a way to send it again."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from common.admin import DomainSnippetViewSet
from common.admin_actions import ActionView
from outbox.actions.resend_message import resend_message
from outbox.models import OutboxMessage


class ResendView(ActionView):
    name = "resend"
    permission_required = "resend"
    header_icon = "mail"
    page_title = button_label = _("Send again")
    explanation = _("A new message is written and leaves within a minute, with fresh links. This one stays as it is.")
    success_message = _("It is sent again: %(object)s.")

    def act(self, form: Any) -> None:
        resend_message(message=self.object, by=self.request.user, at=timezone.now())

    @classmethod
    def is_offered(cls, instance: OutboxMessage) -> bool:
        return bool(instance.sent_at or instance.given_up_at)


class OutboxMessageViewSet(DomainSnippetViewSet):
    model = OutboxMessage
    icon = "mail"
    menu_label = _("Outbox")
    menu_order = 195
    add_to_admin_menu = True
    refused = frozenset({"add", "change", "delete"})
    action_views = (ResendView,)
    list_display = ["kind", "recipient_email", "state", "written_at", "sent_at", "attempts"]
    list_filter = ["kind", "sent_at", "given_up_at"]
    list_export = ["kind", "recipient_email", "written_at", "sent_at", "given_up_at", "attempts", "last_error"]
    search_fields = ["recipient_email", "recipient_name", "kind"]
    panels = [FieldPanel(name, read_only=True) for name in ("kind", "recipient_email", "written_at", "sent_at", "attempts", "last_error")]
