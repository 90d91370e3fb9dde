"""SQLite: write-ahead logging, so that readers never wait for the one writer."""

from typing import Any

from django.db import connections


def use_write_ahead_log(sender: Any, using: str, **kwargs: Any) -> None:
    """Set WAL once, after migrate: the setting stays in the file. Set per connection, parallel first connects race."""
    connection = connections[using]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
