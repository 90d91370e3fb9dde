"""
Take the pictures of the guides: load a fresh demo, serve it, walk through it. Run by `make screenshots`.

`python -m docs.screenshots days editing` takes only those parts.
"""

from __future__ import annotations

import shutil
import sys

from playwright.sync_api import sync_playwright

from docs.screenshots.days import take_days
from docs.screenshots.editing import take_editing
from docs.screenshots.projects import take_projects
from docs.screenshots.requests import take_portal, take_public
from docs.screenshots.taking import IMAGES, served_demo

PARTS = {"public": take_public, "portal": take_portal, "projects": take_projects, "days": take_days, "editing": take_editing}
"""In this order: the public part sends a request, which then stands in the portal's lists."""


def main() -> None:
    chromium = shutil.which("chromium") or sys.exit("Screenshots need a chromium on the path.")
    wanted = sys.argv[1:] or list(PARTS)
    if unknown := set(wanted) - set(PARTS):
        sys.exit(f"There are no pictures of {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}.")
    IMAGES.mkdir(exist_ok=True)
    with served_demo() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for part in wanted:
            PARTS[part](browser, site)
        browser.close()


if __name__ == "__main__":
    main()
