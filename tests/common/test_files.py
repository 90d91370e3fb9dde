import hashlib
import zipfile
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
import requests
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from moto.server import ThreadedMotoServer
from storages.backends.s3 import S3Storage

from common.files import check_upload, serve_private_file, store_private_file
from common.models import PrivateFile
from config.settings import _s3 as s3_storage
from tests.conftest import NOON
from tests.factories.alliance import UserFactory

PDF = b"%PDF-1.7 an invented report"


def office_file(folder: str) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(f"{folder}document.xml" if folder.endswith("/") else folder, "<x/>")
    return content.getvalue()


GOOD = {
    "report.pdf": PDF,
    "REPORT.PDF": PDF,
    "plan.docx": office_file("word/"),
    "sheet.xlsx": office_file("xl/"),
    "slides.pptx": office_file("ppt/"),
    "plan.odt": office_file("mimetype"),
    "photo.jpg": b"\xff\xd8\xff\xe0 picture",
    "photo.png": b"\x89PNG\r\n\x1a\n picture",
    "notes.txt": "Bringt’s an’ den Tag".encode(),
    "numbers.csv": b"a,b\n1,2\n",
}
BAD = {
    "page.html": b"<script>alert(1)</script>",
    "picture.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "program.exe": b"MZ",
    "report": PDF,
    "report.pdf.exe": PDF,
    "report.pdf": b"<html>no report</html>",
    "plan.docx": office_file("xl/"),
    "sheet.xlsx": b"PK\x03\x04 no archive",
    "photo.png": b"\xff\xd8\xff\xe0 picture",
    "notes.txt": b"text\x00binary",
    "empty.pdf": b"",
}


@pytest.fixture
def disk(monkeypatch, tmp_path) -> FileSystemStorage:
    """A private folder of the test's own."""
    storage = FileSystemStorage(location=tmp_path)
    monkeypatch.setattr(PrivateFile._meta.get_field("file"), "storage", storage)
    return storage


@pytest.fixture(scope="module")
def s3_address() -> Iterator[str]:
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3(monkeypatch, s3_address) -> Iterator[S3Storage]:
    """A bucket of the test's own, opened with the options of the settings."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    bucket = boto3.resource("s3", endpoint_url=s3_address, region_name="eu-west-2").Bucket("s2s-private-test")
    bucket.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    options = {
        **s3_storage("s2s-private-test")["OPTIONS"],
        "endpoint_url": s3_address,
        "region_name": "eu-west-2",
        "querystring_auth": True,
    }
    storage = S3Storage(**options)
    monkeypatch.setattr(PrivateFile._meta.get_field("file"), "storage", storage)
    yield storage
    storage.connection.meta.client.close()
    bucket.objects.delete()
    bucket.delete()
    bucket.meta.client.close()


def store(name: str = "report.pdf", content: bytes = PDF) -> PrivateFile:
    return store_private_file(upload=SimpleUploadedFile(name, content), by=UserFactory(), at=NOON)


@pytest.mark.parametrize("name", GOOD)
def test_check_upload_takes(name):
    assert check_upload(SimpleUploadedFile(name, GOOD[name])) is None


@pytest.mark.parametrize("name", BAD)
def test_check_upload_refuses(name):
    with pytest.raises(ValidationError):
        check_upload(SimpleUploadedFile(name, BAD[name]))


def test_check_upload_refuses_what_is_too_large(settings):
    settings.PRIVATE_FILE_MAX_BYTES = 1024 * 1024
    upload = SimpleUploadedFile("report.pdf", PDF + b" " * 1024 * 1024)

    with pytest.raises(ValidationError) as refused:
        check_upload(upload)

    assert refused.value.messages == ["“report.pdf” is larger than 1 MB."]


@pytest.mark.django_db
def test_store_private_file_keeps_name_size_and_digest_under_a_key_that_says_nothing(disk):
    stored = store("../../Report on Otterbeck.pdf")

    assert (stored.original_name, stored.content_type, stored.size) == ("Report on Otterbeck.pdf", "application/pdf", len(PDF))
    assert stored.sha256 == hashlib.sha256(PDF).hexdigest()
    assert stored.file.name == f"{stored.key.hex[:2]}/{stored.key.hex}"
    with disk.open(stored.file.name) as kept:
        assert kept.read() == PDF


@pytest.mark.django_db
def test_store_private_file_keeps_nothing_of_what_it_refuses(disk):
    with pytest.raises(ValidationError):
        store("page.html", b"<script>")

    assert (PrivateFile.objects.count(), disk.listdir("")) == (0, ([], []))


@pytest.mark.django_db
def test_serve_private_file_sends_a_download_from_disk(disk):
    response = serve_private_file(store("Report.pdf"))

    assert b"".join(response.streaming_content) == PDF
    assert {name: response[name] for name in ("Content-Disposition", "Content-Type", "Cache-Control", "X-Content-Type-Options")} == {
        "Content-Disposition": 'attachment; filename="Report.pdf"',
        "Content-Type": "application/pdf",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    response.close()


@pytest.mark.django_db
def test_serve_private_file_sends_to_a_short_lived_address_on_s3(s3):
    stored = store("Report.pdf")

    response = serve_private_file(stored)

    asked = parse_qs(urlsplit(response["Location"]).query)
    assert (response.status_code, asked["X-Amz-Expires"], response["Cache-Control"]) == (302, ["60"], "private, no-store")
    with requests.get(response["Location"], timeout=10) as fetched:
        assert (fetched.content, fetched.headers["Content-Disposition"]) == (PDF, f'attachment; filename="{stored.key}.pdf"')


@pytest.mark.django_db
def test_store_private_file_on_s3_neither_overwrites_nor_publishes(s3):
    first, second = store(content=PDF), store(content=PDF + b" two")

    assert s3.exists(first.file.name) and s3.exists(second.file.name) and first.file.name != second.file.name
    grants = s3.bucket.Object(first.file.name).Acl().grants
    assert [grant["Permission"] for grant in grants if grant["Grantee"]["Type"] == "Group"] == []
