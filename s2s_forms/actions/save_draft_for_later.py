from datetime import datetime

from common.actions import By, action
from outbox.actions.take_back_messages import take_back_messages
from outbox.actions.write_message import write_message
from outbox.models import OutboxMessage
from s2s_forms.models import RequestDraft


@action
def save_draft_for_later(*, draft: RequestDraft, email: str, by: By, at: datetime) -> RequestDraft:
    """
    Send the draft's owner a private link to come back by (R1). The answers were kept step by step already.

    At most one such message waits to be sent: saving again changes nothing for the same address, and replaces the
    message for another one.
    """
    draft = RequestDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    draft.email, draft.changed_at = email, at
    draft.save()
    if not OutboxMessage.objects.waiting(kind="draft_saved", about=draft).filter(recipient_email__iexact=email).exists():
        take_back_messages(kind="draft_saved", about=draft, by=by, at=at)
        write_message(kind="draft_saved", about=draft, at=at, email=email, language=draft.language)
    return draft
