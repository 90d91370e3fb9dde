"""Private files without a row: what a transaction that was rolled back, or a process that died, left behind."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from botocore.exceptions import ClientError
from django.core.files.storage import Storage
from django.utils import timezone

from common.models import PrivateFile

OLDER_THAN = timedelta(days=30)
"""A younger file may belong to a row that is just being written, or that a backup of the database does not have yet."""
FOLDER, KEY = re.compile(r"[0-9a-f]{2}"), re.compile(r"[0-9a-f]{32}")
"""How keys of private files are made. What is called otherwise is not ours to delete."""
BATCH = 500
log = logging.getLogger("s2s.files")


class FilesOfAnotherDatabase(Exception):
    """More files have no row than have one: the storage belongs to another database, or this one was not restored yet."""


def orphan_files(at: datetime) -> Iterator[str]:
    """The names of stored files that have no row, and are old."""
    storage = _storage()
    stored = _stored(storage)
    while names := list(islice(stored, BATCH)):
        kept = set(PrivateFile.objects.filter(file__in=names).values_list("file", flat=True))
        for name in names:
            if name not in kept and _is_old(storage, name, at):
                yield name


def remove_orphan_files(at: datetime) -> int:
    """
    Delete them; returns how many. A job; a file that is gone already is no error.

    Raises `FilesOfAnotherDatabase`, and then deletes none.
    """
    storage, names = _storage(), list(orphan_files(at))
    if len(names) > PrivateFile.objects.count():
        raise FilesOfAnotherDatabase(f"{len(names)} private files have no row, which is more than have one. None was deleted.")
    for name in names:
        storage.delete(name)
        log.info("A private file without a row was deleted: %s", name)
    return len(names)


def _storage() -> Storage:
    storage: Storage = PrivateFile._meta.get_field("file").storage
    return storage


def _stored(storage: Storage) -> Iterator[str]:
    try:
        folders, _files = storage.listdir("")
    except FileNotFoundError:  # nothing was ever stored
        return
    for folder in sorted(filter(FOLDER.fullmatch, folders)):
        _folders, files = storage.listdir(folder)
        yield from (f"{folder}/{file}" for file in sorted(filter(KEY.fullmatch, files)))


def _is_old(storage: Storage, name: str, at: datetime) -> bool:
    try:
        modified = storage.get_modified_time(name)
    except (OSError, ClientError):  # somebody else deleted it
        return False
    return at - (modified if timezone.is_aware(modified) else timezone.make_aware(modified)) > OLDER_THAN
