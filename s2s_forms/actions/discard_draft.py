from datetime import datetime

from common.actions import By, action
from common.links import delete_links
from outbox.actions.forget_recipients import forget_recipients
from s2s_forms.actions.remove_draft_file import remove_draft_file
from s2s_forms.drafts import RESUME
from s2s_forms.models import RequestDraft


@action
def discard_draft(*, draft: RequestDraft, by: By, at: datetime) -> None:
    """
    Delete a draft with its files, the links to go on with it, and whom they were sent to. The case and the files of a request that was
    sent stay.
    """
    for sent in draft.files.select_related("private_file"):
        remove_draft_file(sent=sent, by=by, at=at)
    delete_links(purpose=RESUME, subject=draft)
    forget_recipients(about=draft, by=by, at=at)
    draft.delete()
