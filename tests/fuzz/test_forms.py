"""
Hostile posts over every public form, and over those of people who sign in (promise 12): no fault of ours, and whatever was typed comes out
escaped or not at all, in pages, the admin, spreadsheets, mails and downloads.

A few hundred in every run; `FUZZ_POSTS=10000 pytest tests/fuzz -s` sends as many as promised, `FUZZ_SEED` others.
"""

from __future__ import annotations

import os
import random

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from alliance.roles import Role
from cases.models import Attachment, Case, Message
from outbox.delivery import deliver_due_messages
from outbox.models import OutboxMessage
from s2s_forms.models import RequestPage
from tests.factories.finance import make_policy, make_rate
from tests.factories.health_checks import make_leader
from tests.factories.pages import make_home, make_process_page, make_request_page
from tests.factories.people import make_head, make_school, make_user
from tests.factories.request_forms import composed_form
from tests.factories.website import add_page, make_article, make_article_index, make_directory
from tests.fuzz.harmless import content_of, harm_in_csv, harm_in_mail, harm_in_response, harm_in_xlsx
from tests.fuzz.payloads import MARK
from tests.fuzz.visitor import Visitor
from website.demo.translation import translate
from website.models import ReadinessPage

pytestmark = pytest.mark.django_db
POSTS = int(os.environ.get("FUZZ_POSTS", "200"))
SEED = int(os.environ.get("FUZZ_SEED", "20261127"))
LOOKED_AT = 20
"""Of each kind of record so many are opened one by one; lists and exports have them all."""
ADMIN = ("cases_case", "cases_message", "cases_turn", "s2s_forms_supportrequest", "outbox_outboxmessage", "website_articlecomment")


@pytest.fixture
def visitor(settings) -> Visitor:
    settings.RATE_LIMITS = {}
    settings.FORM_SOONEST_SECONDS = 0
    school, home = make_school(name="Otterbeck Primary School"), make_home()
    page = make_request_page(make_process_page(home), form=composed_form())
    article = make_article(make_article_index(home), slug="first")
    add_page(home, ReadinessPage(title="Are we ready?", slug="ready"))
    make_directory(home)
    Locale.objects.get_or_create(language_code="cy")
    for one in (home, page.get_parent().specific, page):
        translate(one, {"Support": "Cymorth"})
    make_leader()
    make_rate(designation="SLE")
    make_policy()
    pages = list(RequestPage.objects.live().order_by("pk"))
    people = {"lead": make_user(Role.S2S_LEAD), "reader": make_user(), "head": make_head(school)}
    return Visitor(random.Random(SEED), school, pages, article, **people)


def opened(client: Client, address: str) -> list[str]:
    response = client.get(address)
    harm = harm_in_response(response)
    if response.get("Content-Type", "").startswith("text/csv"):
        harm += harm_in_csv(content_of(response))
    elif "spreadsheet" in response.get("Content-Type", ""):
        harm += harm_in_xlsx(content_of(response))
    return [f"GET {address}: {one}" for one in harm] or (
        [] if response.status_code in (200, 302) else [f"{address} {response.status_code}"]
    )


def what_staff_open() -> list[str]:
    portal = [
        "/portal/",
        "/portal/cases/?state=all",
        "/portal/cases/export.csv?state=all",
        "/portal/cases/export.xlsx?state=all",
        f"/portal/search/?q={MARK}",
    ]
    some = Case.objects.order_by("-pk")[:LOOKED_AT]
    for case in some:
        portal += [f"/portal/cases/{case.reference}/{tab}" for tab in ("", "messages/")]
        portal += [f"/portal/cases/{case.reference}/request/"] if hasattr(case, "support_request") else []
    return portal


def what_the_admin_shows() -> list[str]:
    found = ["/admin/", "/admin/reports/site-history/"]
    for name in ADMIN:
        index = reverse(f"wagtailsnippets_{name}:list")
        found += [index, f"{index}?q={MARK}", f"{index}?export=csv", f"{index}?export=xlsx"]
    for name, model in (("cases_case", Case), ("cases_message", Message), ("outbox_outboxmessage", OutboxMessage)):
        keys = model._default_manager.order_by("-pk").values_list("pk", flat=True)[:LOOKED_AT]
        found += [reverse(f"wagtailsnippets_{name}:inspect", args=[key]) for key in keys]
        found += [reverse(f"wagtailsnippets_{name}:history", args=[key]) for key in keys[:5]]
    requests = Case.objects.filter(support_request__isnull=False).order_by("-pk").values_list("pk", flat=True)[:LOOKED_AT]
    return [*found, *(reverse("wagtailsnippets_s2s_forms_supportrequest:inspect", args=[key]) for key in requests)]


def test_hostile_posts_bring_no_fault_and_come_out_harmless(visitor):
    visitor.walk(POSTS)
    print(f"\n{visitor.posts} posts, seed {SEED}: answers {dict(visitor.statuses)}; led on {dict(visitor.taken)}")  # noqa: T201 - the figures of a long run
    assert Case.objects.filter(title__contains=MARK).exists()  # hostile text was taken, or nothing would be shown
    staff, admin = Client(raise_request_exception=False), Client(raise_request_exception=False)
    staff.force_login(visitor.lead, backend="alliance.backends.AllianceBackend")
    admin.force_login(make_user(is_superuser=True), backend="alliance.backends.AllianceBackend")
    harm = [one for address in what_staff_open() for one in opened(staff, address)]
    harm += [one for address in what_the_admin_shows() for one in opened(admin, address)]
    harm += [one for key in Attachment.objects.values_list("private_file__key", flat=True)[:40] for one in opened(staff, f"/files/{key}/")]

    mail.outbox.clear()
    while deliver_due_messages(timezone.now()):
        pass
    waiting = OutboxMessage.objects.filter(sent_at=None, given_up_at=None)
    assert [(message.kind, message.last_error) for message in waiting] == []
    harm += [one for sent in mail.outbox for one in harm_in_mail(sent)]
    print(f"{len(mail.outbox)} mails, {Case.objects.count()} cases, {Attachment.objects.count()} attachments")  # noqa: T201 - as above
    assert (len(mail.outbox) > 0, visitor.harm[:20], harm[:20]) == (True, [], [])
