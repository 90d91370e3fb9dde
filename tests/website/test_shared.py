"""The shared Redis, asked on a connection of the thread's own."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest
import redis

from tests.website.test_processes import REDIS_URL, redis_answers
from website.shared import QuickRedis


@pytest.fixture
def quick() -> Iterator[QuickRedis]:
    if not redis_answers():
        pytest.skip("no Redis answers at 127.0.0.1:6379")
    client = QuickRedis.from_url(REDIS_URL)
    yield client
    client._mine.connection.disconnect()
    client.close()


def test_value_is_what_the_client_itself_would_find(quick: QuickRedis) -> None:
    quick.set("words", b"one\r\ntwo")

    assert (quick.get("words"), quick.get("nothing")) == (b"one\r\ntwo", None)


def test_value_is_asked_for_once_more_where_the_connection_was_lost(quick: QuickRedis) -> None:
    quick.set("words", "one")
    quick.get("words")
    connection = quick._mine.connection
    connection.send_command("CLIENT", "ID")
    quick.client_kill_filter(_id=connection.read_response())

    assert quick.get("words") == b"one"


def test_threads_do_not_read_each_others_answers(quick: QuickRedis) -> None:
    for number in range(4):
        quick.set(f"key{number}", f"{number}")
    found: list[set[bytes]] = [set() for _thread in range(4)]

    def ask(number: int) -> None:
        for _time in range(50):
            found[number].add(quick.get(f"key{number}"))
        quick._mine.connection.disconnect()

    threads = [Thread(target=ask, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    quick.get("key0")

    assert found == [{b"0"}, {b"1"}, {b"2"}, {b"3"}]


def test_redis_that_is_away_raises() -> None:
    with QuickRedis.from_url("redis://127.0.0.1:1/0", socket_connect_timeout=1) as client, pytest.raises(redis.RedisError):
        client.get("words")
