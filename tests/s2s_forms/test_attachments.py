"""Files of a request (R6), by the same tests on disk and on S3: kept under keys that say nothing, and opened by whoever may read them."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from botocore.exceptions import EndpointConnectionError
from django.core.files.storage import Storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from alliance.roles import Role
from cases.models import Attachment, Case
from cases.purposes import FOLLOW
from common.links import make_link
from common.models import PrivateFile
from s2s_forms.models import DraftFile, RequestDraft
from tests.common.test_files import disk, s3, s3_address  # noqa: F401 - fixtures
from tests.factories.cases import make_case
from tests.factories.pages import make_home, make_process_page, make_request_page
from tests.factories.people import make_head, make_school, make_user
from tests.factories.request_forms import send
from tests.s2s_forms.test_request_journey import BASE, PDF, fill

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["disk", "s3"])
def storage(request) -> Storage:
    return request.getfixturevalue(request.param)


@pytest.fixture
def school():
    school = make_school(name="Otterbeck Primary School")
    make_request_page(make_process_page(make_home()))
    return school


def plan(content: bytes = PDF, name: str = "Our plan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def stored_names(storage: Storage) -> list[str]:
    folders, _files = storage.listdir("")
    return [f"{folder}/{name}" for folder in folders for name in storage.listdir(folder)[1]]


@pytest.fixture
def attachment(client, school, storage) -> Attachment:
    fill(client, school, background={"uploads": [plan()]})
    send(client)
    return Attachment.objects.get()


def read(response) -> bytes:
    """The file, from wherever the answer leads: on S3 to an address that is signed for a minute."""
    assert ("no-store" in response["Cache-Control"], response["X-Content-Type-Options"]) == (True, "nosniff")
    if response.status_code == 302:
        asked = parse_qs(urlsplit(response["Location"]).query)
        assert int(asked["X-Amz-Expires"][0]) <= 60
        assert asked["response-content-disposition"][0].startswith("attachment")
        with requests.get(response["Location"], timeout=10) as fetched:
            return fetched.content
    assert response["Content-Disposition"].startswith("attachment")
    return b"".join(response.streaming_content)


def follow(case: Case) -> str:
    return f"/f/{make_link(purpose=FOLLOW, subject=case, at=timezone.now())}/files/"


def test_a_file_of_a_request_is_kept_whole_under_a_key_that_says_nothing(attachment, storage):
    stored = attachment.private_file

    assert (stored.original_name, stored.content_type, stored.size) == ("Our plan.pdf", "application/pdf", len(PDF))
    assert stored.sha256 == hashlib.sha256(PDF).hexdigest()
    assert stored_names(storage) == [stored.file.name] == [f"{stored.key.hex[:2]}/{stored.key.hex}"]


def test_whoever_asked_and_the_staff_open_it_and_nobody_else_does(attachment, school):
    case, key = attachment.case, attachment.private_file.key
    by_staff, by_other_head = Client(), Client()
    by_staff.force_login(make_user(Role.S2S_LEAD))
    by_other_head.force_login(make_head(make_school()))
    other_case = make_case(school)

    assert read(Client().get(f"{follow(case)}{key}/")) == PDF
    assert read(by_staff.get(f"/files/{key}/")) == PDF
    assert Client().get(f"{follow(other_case)}{key}/").status_code == 404
    assert Client().get(f"/f/no-such-link/files/{key}/").status_code == 410
    assert by_other_head.get(f"/files/{key}/").status_code == 404
    assert Client().get(f"/files/{key}/").status_code == 302


@pytest.mark.parametrize(
    ("name", "content"), [("plan.pdf", b"MZ"), ("plan.html", b"<script>"), ("plan.pdf", b""), ("plan.pdf", PDF + b" " * 10 * 1024 * 1024)]
)
def test_a_refused_file_is_stored_nowhere(client, school, storage, name, content):
    client.post(BASE)

    response = client.post(f"{BASE}step/background/", {"already_tried": "A scheme", "uploads": [plan(content, name)]})

    assert (response.status_code, "A scheme" in response.content.decode()) == (200, True)
    assert (PrivateFile.objects.count(), stored_names(storage)) == (0, [])


def test_a_file_that_is_taken_out_of_a_draft_is_gone(client, school, storage, django_capture_on_commit_callbacks):
    client.post(BASE)
    client.post(f"{BASE}step/background/", {"already_tried": "", "uploads": [plan()]})

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{BASE}step/background/", {"remove": str(PrivateFile.objects.get().key)})

    assert (PrivateFile.objects.count(), DraftFile.objects.count(), stored_names(storage)) == (0, 0, [])


def test_while_no_file_can_be_stored_the_answers_are_kept_in_the_form_and_the_request_goes_without(client, school, storage, monkeypatch):
    def fail(*args, **kwargs) -> None:
        raise EndpointConnectionError(endpoint_url="http://127.0.0.1:1")

    fill(client, school)
    monkeypatch.setattr(type(storage), "_save", fail)

    refused = client.post(f"{BASE}step/background/", {"already_tried": "A newer scheme", "uploads": [plan()]}).content.decode()
    assert ("cannot keep files just now" in refused, "A newer scheme" in refused) == (True, True)
    assert RequestDraft.objects.get().answers["already_tried"] == "A new scheme"
    client.post(f"{BASE}step/background/", {"already_tried": "A newer scheme"})
    assert send(client)["Location"] == f"{BASE}sent/"
