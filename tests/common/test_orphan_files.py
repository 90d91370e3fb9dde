"""A stored file that no row has goes after a month, on disk and on S3; everything else stays."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from common.jobs import due_jobs
from common.models import PrivateFile
from common.orphan_files import OLDER_THAN, FilesOfAnotherDatabase, orphan_files, remove_orphan_files
from tests.common.test_files import disk, s3, s3_address, store  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
ORPHAN = "ab/" + "ab" * 16


@pytest.fixture(params=["disk", "s3"])
def storage(request):
    return request.getfixturevalue(request.param)


def test_a_file_without_a_row_goes_after_a_month(storage):
    kept = store()
    storage.save(ORPHAN, ContentFile(b"left behind"))
    storage.save("ab/notes.txt", ContentFile(b"not ours"))
    storage.save("README", ContentFile(b"not ours"))
    now = timezone.now()

    assert remove_orphan_files(now + OLDER_THAN - timedelta(minutes=5)) == 0
    assert (storage.exists(ORPHAN), list(orphan_files(now + OLDER_THAN * 2))) == (True, [ORPHAN])
    assert remove_orphan_files(now + OLDER_THAN * 2) == 1

    assert [storage.exists(name) for name in (ORPHAN, kept.file.name, "ab/notes.txt", "README")] == [False, True, True, True]
    assert remove_orphan_files(now + OLDER_THAN * 2) == 0


def test_the_dry_run_counts_them(disk, capsys):  # noqa: F811 - the fixture
    disk.save(ORPHAN, ContentFile(b"left behind"))
    path = Path(disk.path(ORPHAN))
    os.utime(path, (path.stat().st_mtime - 2 * OLDER_THAN.total_seconds(),) * 2)

    call_command("show_retention")

    assert "Private files without a row: 1 would go (kept 30 days)\n" in capsys.readouterr().out
    assert disk.exists(ORPHAN)


def test_a_storage_without_a_file_has_nothing_to_remove(tmp_path, monkeypatch):
    from django.core.files.storage import FileSystemStorage

    monkeypatch.setattr(PrivateFile._meta.get_field("file"), "storage", FileSystemStorage(location=tmp_path / "not-there"))

    assert remove_orphan_files(timezone.now()) == 0


def test_files_of_another_database_are_left_alone(disk):  # noqa: F811 - the fixture
    disk.save(ORPHAN, ContentFile(b"of a database that is not here"))

    with pytest.raises(FilesOfAnotherDatabase):
        remove_orphan_files(timezone.now() + OLDER_THAN * 2)

    assert disk.exists(ORPHAN)


def test_it_is_a_job_of_every_day():
    assert [job.every for job in due_jobs() if job.run is remove_orphan_files] == [timedelta(days=1)]
