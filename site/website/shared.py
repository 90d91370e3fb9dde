"""The Redis that all processes share, where the cache is one."""

from __future__ import annotations

import os
import threading
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from redis import Redis
from redis.exceptions import ConnectionError as RedisIsAway

PATIENCE = 1.0
"""Seconds to wait for Redis: a page is made without it sooner than that."""


class QuickRedis(Redis):
    """
    Redis that is asked for a value on a connection of the thread's own.

    The client's pool looks whether a connection still stands before each question, and counts and times it; together that takes longer
    than the answer.
    """

    _mine = threading.local()

    def get(self, name: Any) -> Any:
        """The value of a key, or None. Asks once more where the connection was lost meanwhile; raises `RedisError` when Redis is away."""
        if getattr(self._mine, "owner", None) != (os.getpid(), id(self)):  # a fork must not speak on its parent's
            self._mine.owner, self._mine.connection = (os.getpid(), id(self)), self.connection_pool.make_connection()
        stood = self._mine.connection.is_connected
        try:
            return self._ask(name)
        except RedisIsAway:
            if not stood:
                raise
            return self._ask(name)

    def _ask(self, name: Any) -> Any:
        connection = self._mine.connection
        connection.send_command("GET", name)  # connects where it has to; disconnects when it fails, as does the next line
        return connection.read_response(disable_decoding=True)


@lru_cache(maxsize=1)
def shared_redis() -> Redis | None:
    """
    One client for the process. Django's cache makes a client for every call, which costs more than the call.

    None where no Redis is configured.
    """
    if not isinstance(caches["default"], RedisCache):
        return None
    return QuickRedis.from_url(settings.CACHES["default"]["LOCATION"], socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
