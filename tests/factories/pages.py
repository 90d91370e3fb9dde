"""The pages a request needs: a home page, a process page and its request page."""

from __future__ import annotations

import json
from typing import Any

from wagtail.models import Locale, Page, Site

from s2s_forms.demo.protocols import step
from s2s_forms.models import ProcessPage, RequestPage
from website.models import HomePage


def make_home(**values: Any) -> HomePage:
    """The home page of the one site, in English; the page that Wagtail ships goes."""
    root = Page.objects.get(depth=1)
    locale, _ = Locale.objects.get_or_create(language_code="en-gb")
    home = HomePage(**{"title": "Home", "slug": "home-page", "heading": "Together", "locale": locale, **values})
    root.add_child(instance=home)
    home.save_revision().publish()
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True, site_name="Test")
    return home


def make_process_page(home: Page, *, steps: int = 2, **values: Any) -> ProcessPage:
    """A published process page with so many steps."""
    body = [
        {"type": "step", "value": step(f"Step {number}", "work", "Somebody", f"<p>What happens in {number}.</p>")}
        for number in range(1, steps + 1)
    ]
    page = ProcessPage(
        **{
            "title": "Support",
            "slug": "support",
            "protocol_key": "short",
            "introduction": "How it goes.",
            "steps": json.dumps(body),
            **values,
        }
    )
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


def make_request_page(parent: Page, **values: Any) -> RequestPage:
    page = RequestPage(**{
        "title": "Request support", "slug": "request", "introduction": "Ask us.", "what_you_need": "<p>Ten minutes.</p>",
        "declaration": "<p>The head knows.</p>", "what_happens_next": "<p>We ring you.</p>", **values,
    })  # fmt: skip
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page
