"""Private files (R6): checked as they arrive, kept outside the media folder, served only after a check."""

from __future__ import annotations

import hashlib
import logging
import struct
import zipfile
from datetime import datetime
from pathlib import PurePath
from typing import IO, Any, cast

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.actions import Actor, By
from common.malware import ScannerAway, is_configured, scan
from common.models import PrivateFile
from common.personal_data import ERASED, erase_in_history

SIGNED_ADDRESS_SECONDS = 60
MEGABYTE = 1024 * 1024
log = logging.getLogger("s2s.files")

# Extension → content type and how the first bytes must look. No SVG, no HTML: a browser runs what is in them.
ALLOWED: dict[str, tuple[str, bytes]] = {
    "pdf": ("application/pdf", b"%PDF-"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", b"PK\x03\x04"),
    "odt": ("application/vnd.oasis.opendocument.text", b"PK\x03\x04"),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", b"PK\x03\x04"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "txt": ("text/plain", b""),
    "csv": ("text/csv", b""),
}
ACCEPT_ATTRIBUTE = ",".join(f".{extension}" for extension in ALLOWED)
NOT_ALLOWED = gettext_lazy(
    "“%(name)s” is not a kind of file we take. "
    "Send a PDF, Word, Excel, PowerPoint or OpenDocument file, a JPEG or PNG picture, or plain text."
)
ZIP_MARKS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/", "odt": "mimetype", "ods": "mimetype"}


def check_upload(upload: UploadedFile) -> None:
    """
    Raise `ValidationError` unless size, extension and content agree with what is allowed, and no scanner finds malware in it.

    A form checks what was sent before anything is written, so that a slow scanner holds up nobody else; an upload is scanned once.
    """
    name = PurePath(upload.name or "").name
    if (upload.size or 0) > settings.PRIVATE_FILE_MAX_BYTES:
        raise ValidationError(
            _("“%(name)s” is larger than %(megabytes)d MB.") % {"name": name, "megabytes": settings.PRIVATE_FILE_MAX_BYTES // MEGABYTE}
        )
    if not upload.size:
        raise ValidationError(_("“%(name)s” is empty.") % {"name": name})
    extension = PurePath(name).suffix.lower().lstrip(".")
    if extension not in ALLOWED:
        raise ValidationError(NOT_ALLOWED % {"name": name})
    if not _content_fits(upload, extension):
        raise ValidationError(
            _("“%(name)s” is not what its name says. Save it again as %(kind)s and try once more.")
            % {"name": name, "kind": extension.upper()}
        )
    _is_scanned(upload)


def _content_fits(upload: UploadedFile, extension: str) -> bool:
    upload.seek(0)
    head = upload.read(4096)
    upload.seek(0)
    if not head.startswith(ALLOWED[extension][1]):
        return False
    if extension in ZIP_MARKS:
        try:
            with zipfile.ZipFile(cast("IO[bytes]", upload.file)) as archive:
                return any(entry.startswith(ZIP_MARKS[extension]) for entry in archive.namelist())
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, struct.error, ValueError, OSError):
            return False
        finally:
            upload.seek(0)
    return extension not in ("txt", "csv") or b"\x00" not in head


def store_private_file(*, upload: UploadedFile, by: By, at: datetime) -> PrivateFile:
    """
    Check, scan and keep an upload under a random key, with its SHA-256.

    Raises `ValidationError`, also while the storage is away, and then nothing is stored. Where no scanner answers, the file is kept as
    unscanned. Called inside an action.
    """
    check_upload(upload)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    name = PurePath(upload.name or "").name
    extension = PurePath(name).suffix.lower().lstrip(".")
    stored = PrivateFile(
        file=upload,
        original_name=name[-200:],
        content_type=ALLOWED[extension][0],
        size=upload.size or 0,
        sha256=digest.hexdigest(),
        uploaded_at=at,
        uploaded_by=Actor.of(by).user,
        scanned_at=at if _is_scanned(upload) else None,
    )
    try:
        stored.save(force_insert=True)
    except (OSError, BotoCoreError, ClientError) as error:
        log.error("An upload was not stored: %s", type(error).__name__)
        raise ValidationError(
            _("We cannot keep files just now. Go on without “%(name)s”, and send it to us later.") % {"name": name}
        ) from error
    return stored


def delete_private_file(stored: PrivateFile) -> None:
    """
    Delete a file's row, and take its name out of the history; the file itself goes once that is committed. Called inside an action.

    A process that dies in between, or a storage that is away, leaves a file without a row, which `remove_orphan_files` finds.
    """
    storage, name = stored.file.storage, str(stored.file.name)
    erase_in_history(stored, original_name=ERASED)
    stored.original_name = ERASED  # a deletion is recorded with what is deleted
    stored.delete()
    transaction.on_commit(lambda: storage.delete(name), robust=True)


def _is_scanned(upload: UploadedFile) -> bool:
    """Whether a scanner saw the file and found nothing; asked once. Raises `ValidationError` where it found malware."""
    if not hasattr(upload, "threat"):
        upload.threat = _threat_in(upload)  # type: ignore[attr-defined]  # kept on the upload
    threat: str | None = upload.threat  # type: ignore[attr-defined]  # as above
    if threat:
        raise ValidationError(
            _("“%(name)s” holds harmful software, so it was not taken. Have your computer checked.") % {"name": upload.name}
        )
    return threat is not None


def _threat_in(upload: UploadedFile) -> str | None:
    """What the scanner calls it, empty for a clean file; None where no scanner answers."""
    if not is_configured():
        return None
    try:
        threat = scan(upload.chunks()).threat
    except ScannerAway as away:
        log.warning("An upload stays unscanned: %s", away)
        return None
    finally:
        upload.seek(0)
    if threat:
        log.error("An upload was refused: %s", threat)
    return threat


def serve_private_file(stored: PrivateFile) -> HttpResponseBase:
    """
    Answer with the file as a download. The caller has checked the reader.

    On S3 this is a redirect to an address signed for 60 seconds; on disk the file is streamed. Raises `PermissionDenied` for a file in
    which a scan found malware.
    """
    if stored.threat:
        raise PermissionDenied(_("This file holds harmful software, so it is kept shut. Ask whoever sent it for another one."))
    storage: Any = stored.file.storage
    if hasattr(storage, "bucket"):
        address = storage.url(
            stored.file.name,
            parameters={"ResponseContentDisposition": f'attachment; filename="{stored.key}{PurePath(stored.original_name).suffix}"'},
            expire=SIGNED_ADDRESS_SECONDS,
        )
        response: HttpResponseBase = HttpResponseRedirect(address)
    else:
        response = FileResponse(stored.file.open("rb"), as_attachment=True, filename=stored.original_name, content_type=stored.content_type)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
