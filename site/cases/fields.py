"""Form fields shared by every form that takes text or files for a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from common.files import ACCEPT_ATTRIBUTE, check_upload

MAX_FILES = 5


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to five files, each checked for size, kind and content; cleans to a list."""

    widget = SeveralFilesInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("label", _("Files"))
        options.setdefault(
            "help_text", _("PDF, Word, Excel, PowerPoint, pictures or plain text, up to 10 MB each. No pupils’ names, please.")
        )
        super().__init__(**options)
        self.widget.attrs["accept"] = ACCEPT_ATTRIBUTE

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        uploads = [super(FilesField, self).clean(one, initial) for one in data or [None]]
        uploads = [upload for upload in uploads if upload]
        if len(uploads) > MAX_FILES:
            raise forms.ValidationError(_("Send at most %(number)d files at once."), params={"number": MAX_FILES})
        for upload in uploads:
            check_upload(upload)
        return uploads
