"""A file of 100 MB to a real server process: a plain error, nothing stored, and hardly any memory taken (promise 12)."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection

from common.models import PrivateFile
from config.environment import BASE_DIR
from s2s_forms.models import DraftFile, RequestDraft
from tests.factories.pages import make_home, make_process_page, make_request_page
from tests.factories.people import make_school

pytestmark = pytest.mark.django_db(transaction=True)
BASE = "/support/request/"
MB = 1024 * 1024
STEP = f"{BASE}step/background/"


@dataclass
class Server:
    """A gunicorn as in production, with one web process; and a browser's cookies."""

    port: int
    worker: int
    folder: Path
    cookies: dict[str, str]

    def send(self, method: str, path: str, body: Iterator[bytes] | None = None, **headers: str) -> tuple[int, str, str]:
        """Status, page and where it leads. The body is sent to its end before the answer is read, as a browser does."""
        sender = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        sender.putrequest(method, path)
        for name, value in {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **headers}.items():
            sender.putheader(name.replace("_", "-"), value)
        sender.endheaders()
        for chunk in body or ():
            sender.send(chunk)
        response = sender.getresponse()
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        page = response.read().decode()
        sender.close()
        return response.status, page, response.headers.get("Location", "")

    def post(self, path: str, **values: str) -> tuple[int, str, str]:
        body = urlencode({**values, "csrfmiddlewaretoken": self.token(path)}).encode()
        return self.send("POST", path, iter([body]), Content_Type="application/x-www-form-urlencoded", Content_Length=str(len(body)))

    def upload(self, path: str, size: int, **values: str) -> tuple[int, str, str]:
        """A PDF of so many bytes, in small pieces, with the other fields before it."""
        fields = {**values, "csrfmiddlewaretoken": self.token(path)}
        head = "".join(f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
        head += '--edge\r\nContent-Disposition: form-data; name="uploads"; filename="plan.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
        tail = "\r\n--edge--\r\n"

        def body() -> Iterator[bytes]:
            yield head.encode()
            yield b"%PDF-1.7"
            left = size - 8
            while left:
                yield b" " * min(left, MB)
                left -= min(left, MB)
            yield tail.encode()

        length = str(len(head.encode()) + size + len(tail))
        return self.send("POST", path, body(), Content_Type="multipart/form-data; boundary=edge", Content_Length=length)

    def token(self, path: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.send("GET", path)[1])
        assert found
        return found[1]

    def memory(self, what: str) -> float:
        """MB of the web process: `VmRSS` now, `VmHWM` at most since `forget_peak`."""
        status = Path(f"/proc/{self.worker}/status").read_text()
        return int(re.search(rf"{what}:\s+(\d+) kB", status)[1]) / 1024  # type: ignore[index]  # it is there

    def forget_peak(self) -> None:
        Path(f"/proc/{self.worker}/clear_refs").write_text("5")

    def files(self) -> list[str]:
        """Temporary files and stored ones."""
        folders = [self.folder / "tmp", self.folder / "data" / "private"]
        return [str(file) for folder in folders if folder.exists() for file in folder.rglob("*") if file.is_file()]


def address() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    return f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


@pytest.fixture
def server(transactional_db, tmp_path) -> Iterator[Server]:
    make_school()
    make_request_page(make_process_page(make_home()))
    (tmp_path / "tmp").mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ, "DATABASE_URL": address(), "DATA_DIR": str(tmp_path / "data"), "TMPDIR": str(tmp_path / "tmp"),
        "S2S_ENVIRONMENT": "demo", "S2S_IGNORE_DOTENV": "1", "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "--pythonpath", "site,.", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "2"]
    command += ["--worker-tmp-dir", "/dev/shm", "--log-level", "error", "--timeout", "120"]
    process = subprocess.Popen(command, env=environment, cwd=BASE_DIR)
    try:
        yield Server(port, _worker_of(process.pid, port), tmp_path, {})
    finally:
        process.terminate()
        process.wait(timeout=30)


def _worker_of(master: int, port: int) -> int:
    """The web process, once it answers."""
    until = time.monotonic() + 90
    while time.monotonic() < until:
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                if children:
                    return int(children[0])
        except OSError:
            time.sleep(0.2)
    raise AssertionError("The server does not answer.")


def test_a_file_of_100_mb_is_told_beside_its_field_and_kept_nowhere(server):
    server.post(BASE)
    assert server.upload(STEP, 3 * MB, already_tried="A first file")[0] == 302  # the process has done everything once
    kept = server.files()
    before = server.memory("VmRSS")
    server.forget_peak()

    status, page, _location = server.upload(STEP, 100 * MB, already_tried="A new scheme")

    grown = server.memory("VmHWM") - before
    assert (status, "“plan.pdf” is larger than 10 MB." in page, "A new scheme" in page, "Error:" in page) == (200, True, True, True)
    assert grown < 20
    assert (server.files(), len(kept)) == (kept, 1)
    assert (PrivateFile.objects.count(), DraftFile.objects.count()) == (1, 1)
    assert RequestDraft.objects.get().answers == {"already_tried": "A first file"}

    # Larger than all files of any form together: told at once, without being read.
    sender = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    sender.putrequest("POST", STEP)
    sender.putheader("Content-Type", "multipart/form-data; boundary=edge")
    sender.putheader("Content-Length", str(1024 * MB))
    sender.endheaders()
    refused = sender.getresponse()
    assert (refused.status, "That was too much at once" in refused.read().decode()) == (413, True)
    sender.close()

    # No form has so much text: an answer all the same, and the connection is not cut off in the middle.
    field = b"already_tried=" + b"x" * (20 * MB)
    status, page, _location = server.send(
        "POST", STEP, iter([field]), Content_Type="application/x-www-form-urlencoded", Content_Length=str(len(field))
    )
    assert (status, "That was too much at once" in page) == (413, True)
    assert server.files() == kept
    assert server.memory("VmHWM") - before < 20

    odd = {"Content_Type": "application/x-www-form-urlencoded; charset=rot13", "Content_Length": "3"}
    assert server.send("POST", f"{STEP}?change=1", iter([b"a=b"]), **odd)[0] == 400
