from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from cases.models import Attachment, Case, Message
from common.actions import By
from common.files import store_private_file


def attach_files(*, case: Case, files: Sequence[UploadedFile], by: By, at: datetime, message: Message | None = None) -> list[Attachment]:
    """Keep uploads with a case or one of its messages. Part of an action; raises `ValidationError` for a refused file."""
    return [
        Attachment.objects.create(case=case, message=message, private_file=store_private_file(upload=upload, by=by, at=at))
        for upload in files
    ]
