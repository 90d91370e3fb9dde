"""The cache in Redis, which nothing waits for: while it is away, each process counts and remembers for itself."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

NOT_ASKED_FOR = 10.0
"""Seconds in which a Redis that did not answer is not asked again: each question to one that hangs costs its whole patience."""
log = logging.getLogger("s2s.cache")


class RedisOrMemoryCache(RedisCache):
    """
    Redis, or this process's memory when Redis does not answer: limits of attempts then hold for each process.

    Without it a Redis that is down would refuse every sign-in and every request for support, which count their attempts.
    """

    _asked_again_at = 0.0  # of the process, not of the object: every thread has its own cache

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._memory = LocMemCache("while-redis-is-away", {name: value for name, value in params.items() if name != "OPTIONS"})

    def _or_memory(self, asked: Callable[[], Any], instead: Callable[[], Any]) -> Any:
        if time.monotonic() < RedisOrMemoryCache._asked_again_at:
            return instead()
        try:
            return asked()
        except RedisError as error:
            log.warning("Redis does not answer: %s", type(error).__name__)
            RedisOrMemoryCache._asked_again_at = time.monotonic() + NOT_ASKED_FOR
            return instead()

    def add(self, *args: Any, **kwargs: Any) -> Any:
        return self._or_memory(lambda: super(RedisOrMemoryCache, self).add(*args, **kwargs), lambda: self._memory.add(*args, **kwargs))

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._or_memory(lambda: super(RedisOrMemoryCache, self).get(*args, **kwargs), lambda: self._memory.get(*args, **kwargs))

    def set(self, *args: Any, **kwargs: Any) -> Any:
        return self._or_memory(lambda: super(RedisOrMemoryCache, self).set(*args, **kwargs), lambda: self._memory.set(*args, **kwargs))

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return self._or_memory(
            lambda: super(RedisOrMemoryCache, self).delete(*args, **kwargs), lambda: self._memory.delete(*args, **kwargs)
        )
