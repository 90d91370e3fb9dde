"""
Public pages for anonymous visitors, kept whole and served before any other middleware runs.

A response is kept only when its view allowed it (`allow_caching`; every unrestricted page does) and nothing in it is
anybody's own. It is kept with all its headers, so a hit carries the security headers that the middleware below set.
The language is part of the path, so a page does not vary by what a browser prefers.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from redis import Redis
from redis.exceptions import RedisError

from website.freshness import LIFETIME, content_version, shared_version
from website.shared import shared_redis

MOST_ENTRIES = 1_000
MOST_BYTES = 32 * 1024 * 1024

QUERY = re.compile(
    r"(?:(?:page=\d{1,3}|(?:phase|designation|kind)=[A-Z0-9_]{0,20}|(?:theme|specialism|authority)=[a-z0-9-]{0,60}"
    r"|from=no-translation)(?:&|$)){0,6}"
)
"""The queries that pages read. With any other, nothing is kept or served from what is kept."""

OWN_COOKIES = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
NOT_FOR_KEEPING = ("private", "no-store", "no-cache", "max-age=0")
VARYING = {"cookie", "accept-language"}
"""Cookies: a request with one of ours never comes here. Languages: see above."""

GetResponse = Callable[[HttpRequest], HttpResponseBase]
Key = tuple[str, str, str, str]


def allow_caching(request: HttpRequest) -> None:
    """Let the response to this request be kept for other anonymous visitors."""
    request._may_be_cached = True  # type: ignore[attr-defined]  # read below


@dataclass(frozen=True, slots=True)
class Kept:
    """A response as it left the middleware below."""

    content: bytes
    headers: dict[str, str]

    def response(self) -> HttpResponse:
        return HttpResponse(self.content, headers=self.headers)


class ProcessStore:
    """What this process keeps, for one version of the content. The oldest go first when it is full."""

    def __init__(self) -> None:
        self._version = ""
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Key, version: str) -> Kept | None:
        return self._kept.get(key) if version == self._version else None

    def put(self, key: Key, kept: Kept, version: str) -> None:
        """`version` is that of before the response was made: a change meanwhile must not be hidden by it."""
        with self._lock:
            if version != self._version:
                self._kept.clear()
                self._bytes = 0
                self._version = version
            replaced = self._kept.pop(key, None)
            self._kept[key] = kept
            self._bytes += len(kept.content) - (len(replaced.content) if replaced else 0)
            while self._bytes > MOST_BYTES or len(self._kept) > MOST_ENTRIES:
                _key, dropped = self._kept.popitem(last=False)
                self._bytes -= len(dropped.content)


class SharedStore:
    """What all processes keep in Redis: the headers as a line of JSON, then the content. Away, it is as if nothing were kept."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    def get(self, key: Key, version: str) -> Kept | None:
        try:
            found = self._redis.get(self._name(key, version))
        except RedisError:
            return None
        if not isinstance(found, bytes):
            return None
        headers, _, content = found.partition(b"\n")
        return Kept(content, json.loads(headers))

    def put(self, key: Key, kept: Kept, version: str) -> None:
        with suppress(RedisError):
            self._redis.set(self._name(key, version), json.dumps(kept.headers).encode() + b"\n" + kept.content, ex=LIFETIME)

    def _name(self, key: Key, version: str) -> str:
        return f"page:{settings.RELEASE}:{version}:{hashlib.sha256(repr(key).encode()).hexdigest()}"


process_store = ProcessStore()


class PageCacheMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        redis = shared_redis()
        self.shared_store = SharedStore(redis) if redis else None

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = _key(request)
        if key is None:
            return self.get_response(request)
        version = content_version()
        kept = process_store.get(key, version)
        if kept is None:
            # Lists with a query are many: they stay out of the shared store.
            store = None if key[3] else self.shared_store
            shared = shared_version()
            kept = store.get(key, shared) if store else None
            if kept is None:
                return self._make(request, key, version, store, shared)
            process_store.put(key, kept, version)
        return kept.response()

    def _make(self, request: HttpRequest, key: Key, version: str, store: SharedStore | None, shared: str) -> HttpResponseBase:
        """Make the response and keep it, under the version of before it was made."""
        response = self.get_response(request)
        if _may_be_kept(request, response):
            kept = Kept(response.content, dict(response.items()))  # type: ignore[attr-defined]  # it does not stream
            process_store.put(key, kept, version)
            if store:
                store.put(key, kept, shared)
        return response


def _key(request: HttpRequest) -> Key | None:
    """Scheme, host, path and query; None where nothing may be served from what is kept."""
    if request.method not in {"GET", "HEAD"}:
        return None
    cookies = request.META.get("HTTP_COOKIE", "")
    if cookies and any(name in cookies for name in OWN_COOKIES):
        return None
    query = request.META.get("QUERY_STRING", "")
    if query and not QUERY.fullmatch(query):
        return None
    return request.scheme or "", request.META.get("HTTP_HOST", ""), request.path, query


def _may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a response is nobody's own: it sets no cookie, holds no token and says nothing against keeping it."""
    if request.method != "GET" or response.status_code != 200 or response.streaming:
        return False
    if not getattr(request, "_may_be_cached", False) or response.cookies or response.has_header("Set-Cookie"):
        return False
    if request.META.get("CSRF_COOKIE") or getattr(request, "_csp_nonce", None):
        return False
    if any(word in response.get("Cache-Control", "") for word in NOT_FOR_KEEPING):
        return False
    return {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()} <= VARYING
