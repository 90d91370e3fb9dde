from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from common.actions import By, Refusal, action
from common.files import store_private_file
from s2s_forms.models import DraftFile, RequestDraft

MOST_FILES = 5


class DraftIsSent(Refusal):
    """The request was sent; its answers cannot change any more."""


@action
def keep_step(
    *, draft: RequestDraft, answers: Mapping[str, Any], files: Mapping[str, Sequence[UploadedFile]], by: By, at: datetime
) -> RequestDraft:
    """
    Keep one step's checked answers, and the files sent with it, in the draft; both by the name of their question.

    Raises `DraftIsSent`, and `ValidationError` for a refused file or more than five for one question.
    """
    draft = RequestDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if draft.case_id is not None:
        raise DraftIsSent(_("This request was sent already."))
    for name, uploads in files.items():
        if uploads and draft.files.filter(question=name).count() + len(uploads) > MOST_FILES:
            raise ValidationError({name: _("Send at most %(number)d files.") % {"number": MOST_FILES}})
    draft.answers = {**draft.answers, **answers}
    draft.changed_at = at
    draft.save()
    for name, uploads in files.items():
        for upload in uploads:
            DraftFile.objects.create(draft=draft, question=name, private_file=store_private_file(upload=upload, by=by, at=at))
    return draft
