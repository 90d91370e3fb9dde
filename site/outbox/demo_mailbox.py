"""The demo's mail backend: keeps every e-mail in the database, where the demo shows it."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from outbox.models import DemoMail


class DemoMailboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for mail in email_messages:
            DemoMail.objects.create(to=", ".join(mail.recipients()), subject=str(mail.subject), body=_body_of(mail))
        return len(email_messages)


def _body_of(mail: EmailMessage) -> str:
    """The text, with the names of what is attached."""
    names = [attachment[0] for attachment in mail.attachments if isinstance(attachment, tuple)]
    return f"{mail.body}\n[{', '.join(str(name) for name in names)}]" if names else str(mail.body)
