"""The content version: when it changes, and what happens while its store is away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from redis.exceptions import ConnectionError as RedisIsAway

from website import freshness
from website.freshness import (
    LIFETIME,
    LOOK_AT_FILE_EVERY,
    FileStamp,
    RedisStamp,
    content_changed,
    content_version,
    per_content,
    shared_version,
)


class Redis:
    """As much of Redis as the stamp needs. It can be away."""

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}
        self.is_away = False

    def _answer(self) -> None:
        if self.is_away:
            raise RedisIsAway

    def get(self, key: str) -> bytes | None:
        self._answer()
        return self.values.get(key)

    def set(self, key: str, value: str, *, nx: bool = False) -> None:
        self._answer()
        if not (nx and key in self.values):
            self.values[key] = value.encode()


@pytest.fixture
def store() -> Any:
    return Redis()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds of the monotonic clock, to be moved by the test."""
    now = [100.0]
    monkeypatch.setattr(freshness.time, "monotonic", lambda: now[0])
    return now


def test_file_stamp_changes_with_every_bump(tmp_path: Path) -> None:
    stamp = FileStamp(tmp_path / "data" / "content-version")
    versions = [stamp.read()]
    for _time in range(50):
        stamp.bump()
        versions.append(stamp.read())

    assert len(set(versions)) == 51


def test_file_stamp_is_looked_at_once_while_a_page_is_made(tmp_path: Path, clock: list[float]) -> None:
    reader, writer = FileStamp(tmp_path / "version"), FileStamp(tmp_path / "version")
    before = reader.read()
    writer.bump()

    assert reader.read() == before
    clock[0] += 2 * LOOK_AT_FILE_EVERY
    assert reader.read() == writer.read() != before


def test_file_stamp_is_the_same_for_another_process_that_reads_it(tmp_path: Path) -> None:
    one, other = FileStamp(tmp_path / "version"), FileStamp(tmp_path / "version")
    one.bump()

    assert other.read() == one.read()


def test_redis_stamp_is_looked_at_once_a_second(store: Any, clock: list[float]) -> None:
    reader, writer = RedisStamp(store), RedisStamp(store)
    before = reader.read()
    writer.bump()

    assert reader.read() == before
    clock[0] += 1.1
    assert reader.read() == writer.read() != before


def test_redis_stamp_knows_its_own_bump_at_once(store: Any, clock: list[float]) -> None:
    stamp = RedisStamp(store)
    before = stamp.read()
    stamp.bump()

    assert stamp.read() != before


def test_redis_stamp_changes_every_second_while_redis_is_away(store: Any, clock: list[float]) -> None:
    stamp = RedisStamp(store)
    store.is_away = True
    versions = set()
    for _second in range(5):
        versions.add(stamp.read())
        clock[0] += 1.0

    assert len(versions) == 5


def test_redis_stamp_makes_up_for_a_bump_that_redis_missed(store: Any, clock: list[float]) -> None:
    writer, reader = RedisStamp(store), RedisStamp(store)
    before = reader.read()
    store.is_away = True
    writer.bump()
    store.is_away = False
    clock[0] += 1.1
    writer.read()

    assert reader.read() == writer.read() != before


def test_redis_stamp_is_new_after_redis_was_emptied(store: Any, clock: list[float]) -> None:
    stamp = RedisStamp(store)
    before = stamp.read()
    store.values.clear()
    clock[0] += 1.1

    assert stamp.read() != before


def test_what_is_remembered_is_read_anew_after_a_while(clock: list[float]) -> None:
    before = content_version()
    clock[0] += LIFETIME

    assert content_version() != before


@pytest.mark.django_db
def test_change_counts_here_at_once_and_elsewhere_on_commit(django_capture_on_commit_callbacks: Any) -> None:
    here, elsewhere = content_version(), shared_version()
    with django_capture_on_commit_callbacks(execute=True):
        content_changed()
        assert content_version() != here
        assert shared_version() == elsewhere

    assert shared_version() != elsewhere


@pytest.mark.django_db
def test_remembered_result_is_made_once_until_the_content_changes() -> None:
    calls: list[str] = []

    @per_content
    def shout(word: str) -> str:
        calls.append(word)
        return word.upper()

    assert [shout("a"), shout("b"), shout("a")] == ["A", "B", "A"]
    content_changed()
    shout("a")

    assert calls == ["a", "b", "a"]
