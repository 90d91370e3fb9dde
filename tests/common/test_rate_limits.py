"""Posts that need no account are counted, and one too many is told when to come again."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from common.caches import NOT_ASKED_FOR, RedisOrMemoryCache
from common.rate_limits import TooOften, count_post
from portal.account_adapter import AccountAdapter


@pytest.fixture(autouse=True)
def limits(settings) -> None:
    settings.RATE_LIMITS = {"save": "3/h/ip,2/10m/key"}


def post(address: str = "192.0.2.1", **headers: str):
    return RequestFactory().post("/", REMOTE_ADDR=address, **headers)


def is_refused(request, key: str = "sam@example.org") -> bool:
    try:
        count_post(request, "save", key=key)
    except TooOften:
        return True
    return False


def test_count_post_counts_by_key_wherever_it_comes_from():
    assert [is_refused(post(f"192.0.2.{n}")) for n in range(4)] == [False, False, True, True]


def test_count_post_takes_one_key_however_it_is_written():
    keys = ["sam@example.org", " Sam@Example.ORG ", "SAM@example.org"]

    assert [is_refused(post(f"192.0.2.{n}"), key) for n, key in enumerate(keys)] == [False, False, True]


def test_count_post_counts_by_address_whatever_the_key():
    assert [is_refused(post(), f"{n}@example.org") for n in range(4)] == [False, False, False, True]


def test_count_post_does_not_count_what_is_only_looked_at():
    for _time in range(9):
        count_post(RequestFactory().get("/"), "save", key="sam@example.org")


def test_too_often_says_when_to_try_again():
    for _time in range(2):
        count_post(post(), "save", key="sam@example.org")
    with pytest.raises(TooOften) as refused:
        count_post(post(), "save", key="sam@example.org")

    answer = refused.value.told(HttpResponse("page"))

    assert (answer.status_code, 595 <= int(answer["Retry-After"]) <= 600, answer.content) == (429, True, b"page")
    assert "Try again after " in str(refused.value)
    assert (refused.value.again_at.second, refused.value.again_at.microsecond) == (0, 0)


FORGED = [f"203.0.113.{n}" for n in range(5)]


def test_a_visitor_does_not_choose_the_address_they_are_counted_by():
    assert [is_refused(post(HTTP_X_FORWARDED_FOR=forged), forged) for forged in FORGED] == [False, False, False, True, True]


def test_behind_a_proxy_its_last_word_is_the_address(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    one = [is_refused(post(HTTP_X_FORWARDED_FOR=f"{forged}, 198.51.100.7"), forged) for forged in FORGED]
    other = is_refused(post(HTTP_X_FORWARDED_FOR="198.51.100.8"), "other@example.org")

    assert (one, other) == ([False, False, False, True, True], False)


@pytest.mark.parametrize(("proxies", "address", "forwarded"), [(2, "192.0.2.1", "198.51.100.7"), (0, "", None), (1, "", "not an address")])
def test_a_wrong_number_of_proxies_stops_nobody(settings, proxies, address, forwarded):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}

    assert AccountAdapter().get_client_ip(post(address, **headers)) == (address or "unknown")
    assert is_refused(post(address, **headers)) is False


@pytest.fixture
def away(monkeypatch) -> RedisOrMemoryCache:
    """The cache of a Redis that is not there."""
    monkeypatch.setattr(RedisOrMemoryCache, "_asked_again_at", 0.0)
    return RedisOrMemoryCache("redis://127.0.0.1:1/0", {"OPTIONS": {"socket_connect_timeout": 1}})


def test_while_redis_is_away_this_process_counts_for_itself(away):

    assert (away.add("a", 1), away.add("a", 2), away.get("a")) == (True, False, 1)
    away.set("a", 3, 60)
    assert (away.get("a"), away.delete("a"), away.get("a", "gone")) == (3, True, "gone")


def test_a_redis_that_did_not_answer_is_left_alone_for_a_while(away, caplog, monkeypatch):
    clock = [1000.0]
    monkeypatch.setattr("common.caches.time.monotonic", lambda: clock[0])

    for seconds in (0, 1, NOT_ASKED_FOR - 2, 2):
        clock[0] += seconds
        away.get("a")

    assert [record.getMessage() for record in caplog.records] == ["Redis does not answer: ConnectionError"] * 2
