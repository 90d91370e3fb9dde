from datetime import datetime

from common.actions import By, action
from common.links import delete_links
from s2s_forms.actions.remove_draft_file import remove_draft_file
from s2s_forms.drafts import RESUME
from s2s_forms.models import RequestDraft


@action
def discard_draft(*, draft: RequestDraft, by: By, at: datetime) -> None:
    """Delete a draft with its files and the links to go on with it. The case and the files of a request that was sent stay."""
    for sent in draft.files.select_related("private_file"):
        remove_draft_file(sent=sent, by=by, at=at)
    delete_links(purpose=RESUME, subject=draft)
    draft.delete()
