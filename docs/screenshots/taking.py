"""A served demo, pages that are signed in, and pictures of them, wide and narrow."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
PASSWORD = "wharfe-valley-demo"  # noqa: S105 - the demo's, printed for everybody
WIDTHS = {"": 1280, "-phone": 390}
TALL = 1600
LONG = ("record", "brief-write", "book-dates", "form-editor", "process-editor")
"""Pictures that end where a tall window ends."""


@contextmanager
def served_demo() -> Iterator[str]:
    """A fresh demo on a free port, without its job loop; gone afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="s2s-screenshots-") as folder:
        environment = {**os.environ, "DATA_DIR": folder, "S2S_IGNORE_DOTENV": "1", "SITE_URL": site, "REQUEST_SOONEST_SECONDS": "0"}
        manage = [sys.executable, str(ROOT / "manage.py")]
        for command in ("migrate", "load_demo"):
            subprocess.run([*manage, command, "-v0"], env=environment, check=True)  # noqa: S603 - our own commands
        server = subprocess.Popen([*manage, "runserver", "--noreload", f"127.0.0.1:{port}"], env=environment, stderr=subprocess.DEVNULL)  # noqa: S603
        try:
            wait_for(f"{site}/health/")
            yield site
        finally:
            server.terminate()
            server.wait(timeout=10)


def wait_for(url: str) -> None:
    for _attempt in range(120):
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The demo did not start.")


def take(page: Page, name: str, *, whole: bool = True) -> None:
    """The whole page, or as much of it as a tall window shows."""
    page.evaluate("document.querySelectorAll('img[loading=lazy]').forEach(image => image.loading = 'eager')")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png", full_page=whole)


def sign_in(page: Page, site: str, email: str) -> None:
    page.goto(f"{site}/account/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def new_page(browser: Browser, width: int) -> Page:
    return browser.new_context(viewport={"width": width, "height": 900}).new_page()


def take_wide_and_narrow(page: Page, name: str) -> None:
    is_long = name in LONG
    for suffix, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": TALL if is_long else 900})
        take(page, f"{name}{suffix}", whole=not is_long)
    page.set_viewport_size({"width": WIDTHS[""], "height": 900})
