"""Which responses are kept for other visitors, and that a kept one is never stale nor anybody's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries
from redis.exceptions import ConnectionError as RedisIsAway
from wagtail.models import PageViewRestriction, Site

from tests.factories.people import make_user
from tests.factories.website import make_contact, make_standard
from website import page_cache
from website.freshness import content_version, forget
from website.models import HomePage, SiteSettings
from website.page_cache import Kept, PageCacheMiddleware, ProcessStore, SharedStore, allow_caching


def is_kept(client: Client, address: str, **options: Any) -> bool:
    """Whether a second request is answered without the page being made: only then it was rendered once."""
    first, second = client.get(address, **options), client.get(address, **options)
    return first.context is not None and second.context is None


def test_page_is_served_again_without_a_query(client: Client, home: HomePage, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first = client.get("/")

    with django_assert_num_queries(0):
        second = client.get("/")

    assert second.content == first.content


def test_kept_page_has_the_headers_of_the_first(client: Client, home: HomePage) -> None:
    first, second = client.get("/"), client.get("/")

    assert dict(second.items()) == dict(first.items())
    assert "default-src 'self'" in second["Content-Security-Policy"]
    assert (second["X-Frame-Options"], second["X-Content-Type-Options"], second["Referrer-Policy"]) == (
        "SAMEORIGIN",
        "nosniff",
        "same-origin",
    )


@pytest.mark.parametrize("query", ["", "?page=2", "?phase=PRIMARY&kind=PEER", "?from=no-translation"])
def test_page_is_kept_for_queries_that_pages_read(client: Client, home: HomePage, query: str) -> None:
    assert is_kept(client, f"/{query}")


@pytest.mark.parametrize("query", ["?utm_source=mail", "?page=abc", "?page=12345", "?q=reading", "?phase=<script>", "?page=1&x=1"])
def test_page_is_not_kept_for_other_queries(client: Client, home: HomePage, query: str) -> None:
    assert not is_kept(client, f"/{query}")


@pytest.mark.parametrize("cookie", [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"])
def test_page_is_not_kept_nor_served_from_what_is_kept_with_a_cookie_of_ours(client: Client, home: HomePage, cookie: str) -> None:
    client.get("/")
    client.cookies[cookie] = "a" * 32

    assert not is_kept(client, "/")


def test_page_of_somebody_signed_in_is_not_shown_to_others(home: HomePage) -> None:
    insider, visitor = Client(), Client()
    insider.force_login(make_user())

    assert b"Your account" in insider.get("/").content
    assert b"Your account" not in visitor.get("/").content
    assert b"Your account" in insider.get("/").content


def test_page_is_kept_per_host_and_scheme(client: Client, home: HomePage) -> None:
    client.get("/")

    assert is_kept(client, "/", headers={"host": "localhost"})
    assert is_kept(client, "/", secure=True)


def test_page_is_kept_per_language(client: Client, home: HomePage) -> None:
    client.get("/", headers={"accept-language": "en"})
    response = client.get("/", headers={"accept-language": "cy"})

    assert response["Content-Language"] == "en-gb"
    assert client.get("/cy/").status_code == 404


def test_restricted_page_is_not_kept(client: Client, home: HomePage) -> None:
    PageViewRestriction.objects.create(page=home, restriction_type=PageViewRestriction.PASSWORD, password="open-sesame")

    first, second = client.get("/"), client.get("/")

    assert "no-store" in first["Cache-Control"]
    assert second.context is not None  # it was rendered anew


def test_page_that_becomes_restricted_is_closed_at_once(client: Client, home: HomePage) -> None:
    client.get("/")
    PageViewRestriction.objects.create(page=home, restriction_type=PageViewRestriction.LOGIN)

    assert client.get("/").status_code == 302


def test_missing_page_is_not_kept(client: Client, home: HomePage) -> None:
    client.get("/later/")
    make_standard(home, slug="later")

    assert client.get("/later/").status_code == 200


def with_a_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("mine")
    response.set_cookie("choice", "mine")
    return response


def with_a_token(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


def with_a_nonce(request: HttpRequest) -> HttpResponse:
    request._csp_nonce = "abc"  # type: ignore[attr-defined]
    return HttpResponse("nonce")


RESPONSES: dict[str, tuple[Callable[[HttpRequest], Any], bool]] = {
    "a plain one": (lambda request: HttpResponse("same for all"), True),
    "one that varies by cookie": (lambda request: HttpResponse("x", headers={"Vary": "Cookie, Accept-Language"}), True),
    "one that sets a cookie": (with_a_cookie, False),
    "one that holds a form's token": (with_a_token, False),
    "one with a nonce": (with_a_nonce, False),
    "a private one": (lambda request: HttpResponse("x", headers={"Cache-Control": "private"}), False),
    "one not to be stored": (lambda request: HttpResponse("x", headers={"Cache-Control": "max-age=0, no-cache, no-store"}), False),
    "one that varies by something else": (lambda request: HttpResponse("x", headers={"Vary": "X-Requested-With"}), False),
    "a redirect": (lambda request: HttpResponse(status=302), False),
    "an error": (lambda request: HttpResponse(status=404), False),
    "a stream": (lambda request: StreamingHttpResponse([b"x"]), False),
}


@pytest.mark.parametrize("name", RESPONSES)
def test_only_what_is_nobodys_own_is_kept(name: str) -> None:
    make, kept = RESPONSES[name]
    made = []

    def view(request: HttpRequest) -> Any:
        allow_caching(request)
        made.append(request.path)
        return make(request)

    middleware = PageCacheMiddleware(view)
    for _time in range(2):
        middleware(RequestFactory().get(f"/{name}/"))

    assert len(made) == (1 if kept else 2)


def test_response_whose_view_did_not_allow_it_is_not_kept() -> None:
    made = []
    middleware = PageCacheMiddleware(lambda request: made.append(1) or HttpResponse("x"))  # type: ignore[func-returns-value]
    for _time in range(2):
        middleware(RequestFactory().get("/f/secret-token/"))

    assert len(made) == 2


def test_post_is_neither_kept_nor_answered_from_what_is_kept(client: Client, home: HomePage) -> None:
    client.get("/")

    assert client.post("/").context is not None


def test_head_is_answered_from_what_is_kept(client: Client, home: HomePage, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client.get("/")

    with django_assert_num_queries(0):
        assert client.head("/").status_code == 200


def change_title(home: HomePage) -> None:
    home.heading = "Changed"
    home.save_revision().publish()


def save_settings(home: HomePage) -> None:
    SiteSettings.objects.create(site=Site.objects.get(), name="Changed alliance")


CHANGES: dict[str, Callable[[HomePage], Any]] = {
    "publish": change_title,
    "unpublish": lambda home: home.get_children().get(slug="a").specific.unpublish(),
    "delete": lambda home: home.get_children().get(slug="a").delete(),
    "move": lambda home: home.get_children().get(slug="b").move(home.get_children().get(slug="a"), pos="left"),
    "settings": save_settings,
    "contact": lambda home: make_contact(),
    "restriction": lambda home: PageViewRestriction.objects.create(page=home.get_children().get(slug="b"), password="x"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_change_shows_in_the_next_response(client: Client, home: HomePage, change: str) -> None:
    for slug in ("a", "b"):
        make_standard(home, slug=slug, title=f"Page {slug}", show_in_menus=True)
    home.refresh_from_db()
    before = client.get("/").content

    CHANGES[change](home)

    assert client.get("/").content != before


def test_draft_changes_nothing_that_is_kept(client: Client, home: HomePage) -> None:
    version = content_version()
    home.heading = "Not yet"
    home.save_revision()

    assert content_version() == version


def kept(size: int) -> Kept:
    return Kept(b"x" * size, {})


def test_store_drops_the_oldest_when_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_cache, "MOST_BYTES", 100)
    store = ProcessStore()
    for name in "abc":
        store.put(("http", "host", name, ""), kept(40), "1")

    assert [store.get(("http", "host", name, ""), "1") is not None for name in "abc"] == [False, True, True]


def test_store_forgets_another_version() -> None:
    store, key = ProcessStore(), ("http", "host", "/", "")
    store.put(key, kept(1), "1")

    assert store.get(key, "2") is None


def test_response_made_while_the_content_changed_is_not_served_for_the_new_content() -> None:
    made = []

    def view(request: HttpRequest) -> HttpResponse:
        allow_caching(request)
        made.append(1)
        if len(made) == 1:
            forget()  # as publishing does
        return HttpResponse(f"{len(made)}")

    middleware = PageCacheMiddleware(view)

    assert [middleware(RequestFactory().get("/race/")).content for _time in range(3)] == [b"1", b"2", b"2"]  # type: ignore[attr-defined]


class Redis(dict[str, bytes]):
    """As much of Redis as the shared store needs."""

    is_away = False

    def get(self, name: str) -> Any:  # type: ignore[override]
        if self.is_away:
            raise RedisIsAway
        return super().get(name)

    def set(self, name: str, value: bytes, ex: int) -> None:
        if self.is_away:
            raise RedisIsAway
        self[name] = value


def test_shared_store_gives_back_content_and_headers_for_the_version() -> None:
    store, key = SharedStore(Redis()), ("http", "host", "/", "")  # type: ignore[arg-type]
    store.put(key, Kept(b"line\nline\x00", {"Content-Type": "text/html", "X-Name": "Gwrychoedd ŵ"}), "1")
    found = store.get(key, "1")

    assert found and (found.content, found.headers) == (b"line\nline\x00", {"Content-Type": "text/html", "X-Name": "Gwrychoedd ŵ"})
    assert store.get(key, "2") is None
    assert store.get(("https", "host", "/", ""), "1") is None


def test_shared_store_that_is_away_keeps_nothing() -> None:
    redis = Redis()
    redis.is_away = True
    store, key = SharedStore(redis), ("http", "host", "/", "")  # type: ignore[arg-type]
    store.put(key, kept(1), "1")

    assert store.get(key, "1") is None


@pytest.mark.parametrize("draft_first", [True, False])
def test_words_of_a_live_page_and_of_its_draft_are_not_remembered_for_each_other(client: Client, home: HomePage, draft_first: bool) -> None:
    """Also where the page itself is not kept, as for somebody who is signed in."""
    home.heading = "Not for everybody yet"
    draft = home.save_revision().as_object()

    def pages() -> tuple[str, str]:
        """The draft and the live page, made in the order that is tried."""
        made = {}
        for name in ("draft", "live") if draft_first else ("live", "draft"):
            made[name] = (draft.make_preview_request().render() if name == "draft" else client.get("/?not=kept")).content.decode()
        return made["draft"], made["live"]

    drafted, live = pages()

    assert ("Not for everybody yet" in drafted, "Experienced leaders" in drafted) == (True, False)
    assert ("Not for everybody yet" in live, "Experienced leaders" in live) == (False, True)


def test_preview_of_a_draft_does_not_reach_visitors(client: Client, home: HomePage) -> None:
    client.get("/?warm=1")
    draft = HomePage.objects.get(pk=home.pk)
    draft.title = draft.heading = "Not for everybody yet"

    assert "Not for everybody yet" in draft.make_preview_request().render().content.decode()
    assert "Not for everybody yet" not in client.get("/").content.decode()
    assert "Not for everybody yet" not in client.get("/?uncached=1").content.decode()
