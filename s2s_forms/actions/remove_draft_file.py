from datetime import datetime

from common.actions import By, action
from common.files import delete_private_file
from s2s_forms.models import DraftFile, RequestDraft


@action
def remove_draft_file(*, sent: DraftFile, by: By, at: datetime) -> None:
    """
    Take a file out of a draft; the stored file goes with it once the change is committed.

    For a draft that was sent, or a file that is gone already, nothing happens.
    """
    draft = RequestDraft.objects.select_for_update(of=("self",)).get(pk=sent.draft_id)
    if draft.case_id is not None or not DraftFile.objects.filter(pk=sent.pk).exists():
        return
    private_file = sent.private_file
    sent.delete()
    delete_private_file(private_file)
