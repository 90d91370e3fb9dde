"""Files that came while no scanner answered are scanned once one does."""

from __future__ import annotations

import logging
from datetime import datetime

from common.actions import By, action
from common.malware import NotScannable, ScannerAway, is_configured, scan
from common.models import PrivateFile

BATCH = 50
log = logging.getLogger("s2s.files")


def scan_unscanned_files(*, by: By, at: datetime) -> int:
    """Scan a batch of files, oldest first; returns how many were scanned. Stops as soon as the scanner does not answer."""
    if not is_configured():
        return 0
    number = 0
    for stored in PrivateFile.objects.filter(scanned_at=None).order_by("uploaded_at", "pk").iterator(BATCH):
        if number == BATCH:
            break
        try:
            with stored.file.open("rb") as content:
                verdict = scan(content.chunks())
        except NotScannable as left:
            log.info("Private file %s stays unscanned: %s", stored.pk, left)
            continue
        except ScannerAway as away:
            log.warning("Files stay unscanned: %s", away)
            break
        except OSError as error:
            log.warning("Private file %s cannot be read: %s", stored.pk, type(error).__name__)
            continue
        _note(stored=stored, threat=verdict.threat, by=by, at=at)
        number += 1
    return number


@action
def _note(*, stored: PrivateFile, threat: str, by: By, at: datetime) -> None:
    kept = PrivateFile.objects.select_for_update().filter(pk=stored.pk).first()
    if kept is None:  # its draft was thrown away meanwhile
        return
    stored = kept
    stored.scanned_at, stored.threat = at, threat[:200]
    stored.save()
    if threat:
        log.error("Private file %s holds malware (%s) and is not served", stored.pk, threat)
