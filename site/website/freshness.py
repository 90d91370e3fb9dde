"""
Which version of the public content is in force: what is remembered about it is remembered under this version.

The version lives in Redis where the cache is Redis, otherwise in a file under DATA_DIR that every publishing lengthens by
a byte. A change counts at once in the process that makes it, on commit in the others: at their next look, which they take every
`LOOK_EVERY` seconds at Redis and every `LOOK_AT_FILE_EVERY` at the file. A process killed between its commit and the bump leaves the
others on what they remember for at most `LIFETIME` seconds, or until the next change.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any, ParamSpec, Protocol, TypeVar

from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from redis import Redis
from redis.exceptions import RedisError

from website.shared import shared_redis

P = ParamSpec("P")
R = TypeVar("R")

LOOK_EVERY = 1.0
LOOK_AT_FILE_EVERY = 0.02
"""Seconds: longer than a page takes to make, which asks many times."""

LIFETIME = 600
"""Seconds after which what is remembered is read anew even if nothing says that it changed."""

KEY = "website.content_version"
FILE_NAME = "content-version"
DRAFT_FIELDS = {
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    "locked",
    "locked_at",
    "locked_by",
}
"""A save of no more than these changes nothing that the public sees."""

log = logging.getLogger("s2s.website")


class Stamp(Protocol):
    """Where the version is kept for all processes. Neither method raises when the store is away."""

    def read(self) -> str: ...

    def bump(self) -> None: ...


class FileStamp:
    """The length of a file: appending a byte is atomic, survives a kill, and reading it is one system call."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._version = ""
        self._looked_at = float("-inf")

    def read(self) -> str:
        now = time.monotonic()
        if now - self._looked_at >= LOOK_AT_FILE_EVERY:
            self._version = self._look()
            self._looked_at = now
        return self._version

    def bump(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            file.write(b".")
        self._version = self._look()

    def _look(self) -> str:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return "0"
        return f"{found.st_size}-{found.st_mtime_ns}"


class RedisStamp:
    """A random word in Redis. While Redis is away the version changes every second, so nothing is remembered for long."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._version = ""
        self._looked_at = float("-inf")
        self._owes_a_bump = False

    def read(self) -> str:
        now = time.monotonic()
        if now - self._looked_at >= LOOK_EVERY:
            self._looked_at = now
            self._version = self._ask() or f"away-{int(now)}"
        return self._version

    def bump(self) -> None:
        self._owes_a_bump = True
        self._looked_at = float("-inf")
        self.read()

    def _ask(self) -> str | None:
        try:
            if self._owes_a_bump:
                self._redis.set(KEY, uuid.uuid4().hex)
                self._owes_a_bump = False
            version = self._redis.get(KEY)
            if version is None:
                self._redis.set(KEY, uuid.uuid4().hex, nx=True)
                version = self._redis.get(KEY)
        except RedisError:
            log.warning("Redis does not answer; the content version is unknown for now")
            return None
        return version.decode() if isinstance(version, bytes) else None


_stamp: Stamp | None = None
_changes = count()
_change, _forgot_at = next(_changes), time.monotonic()


def _shared_stamp() -> Stamp:
    global _stamp
    if _stamp is None:
        redis = shared_redis()
        _stamp = RedisStamp(redis) if redis else FileStamp(Path(settings.DATA_DIR) / FILE_NAME)
    return _stamp


def shared_version() -> str:
    """The version all processes agree on."""
    return _shared_stamp().read()


def content_version() -> str:
    """The version for what this process remembers: it also changes before a change is committed, and `LIFETIME` after the last change."""
    return f"{_change}.{int((time.monotonic() - _forgot_at) // LIFETIME)}.{shared_version()}"


def content_changed(**_kwargs: Any) -> None:
    """Drop what is remembered of the public content: here at once, everywhere on commit. Also a signal receiver."""
    forget()
    transaction.on_commit(_announce)


def _announce() -> None:
    forget()
    _shared_stamp().bump()


def forget() -> None:
    """Drop what this process remembers."""
    global _change, _forgot_at
    _change, _forgot_at = next(_changes), time.monotonic()


def per_content(function: Callable[P, R]) -> Callable[P, R]:
    """
    Remember what a function returns until the public content changes. Arguments are positional and few.

    What it returns is shared between requests: do not change it.
    """
    remembered: tuple[str, dict[Any, R]] = ("", {})

    @wraps(function)
    def recall(*args: P.args, **kwargs: P.kwargs) -> R:
        nonlocal remembered
        version, results = remembered
        now = content_version()
        if version != now:
            results = {}
            remembered = (now, results)
        if args not in results:
            results[args] = function(*args, **kwargs)
        return results[args]

    return recall


def watch(*watched: type[models.Model]) -> None:
    """Count every save and deletion of these models as a change of the public content; drafts of live rows do not count."""
    for model in watched:
        post_save.connect(_saved, sender=model, dispatch_uid=f"content-{model._meta.label}")
        post_delete.connect(content_changed, sender=model, dispatch_uid=f"content-{model._meta.label}")


def _saved(update_fields: frozenset[str] | None = None, **_kwargs: Any) -> None:
    if update_fields and set(update_fields) <= DRAFT_FIELDS:
        return
    content_changed()
