"""A missing or wrong value stops the start with a sentence that names it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import BASE_DIR, RATE_LIMITS, read_environment

PRODUCTION = {
    "S2S_ENVIRONMENT": "production",
    "SECRET_KEY": "x" * 50,
    "ALLOWED_HOSTS": "support.example.org",
    "SITE_URL": "https://support.example.org",
    "DATABASE_URL": "postgres://s2s@127.0.0.1/s2s",
    "EMAIL_URL": "submission://user:password@mail.example.org:587",
    "DEFAULT_FROM_EMAIL": "support@example.org",
}


@pytest.fixture
def environment(monkeypatch):
    """Nothing but what a test sets."""
    for name in list(os.environ):
        if name not in ("PATH", "HOME"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("S2S_IGNORE_DOTENV", "1")

    def set_all(**values: str | None) -> None:
        for name, value in values.items():
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)

    return set_all


def test_the_demo_needs_nothing(environment):
    found = read_environment()

    assert (found.name, found.is_production, found.mfa_required, found.email, found.redis_url) == ("demo", False, False, None, "")
    assert found.database["ENGINE"] == "django.db.backends.sqlite3"


def test_production_takes_the_example(environment):
    lines = (Path(BASE_DIR) / ".env.production.example").read_text().splitlines()
    environment(**dict(line.split("=", 1) for line in lines if re.match(r"[A-Z]", line)))

    found = read_environment()

    assert (found.is_production, found.mfa_required, found.background_worker, found.proxy_count) == (True, True, True, 1)


@pytest.mark.parametrize("name", sorted(PRODUCTION.keys() - {"S2S_ENVIRONMENT"}))
def test_production_names_what_is_missing(environment, name):
    environment(**{**PRODUCTION, name: None})

    with pytest.raises(ImproperlyConfigured, match=name):
        read_environment()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("S2S_ENVIRONMENT", "staging"),
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", "*"),
        ("SITE_URL", "support.example.org"),
        ("DATABASE_URL", "no database"),
        ("EMAIL_URL", "no mail server"),
        ("REDIS_URL", "127.0.0.1:6379"),
        ("PROXY_COUNT", "many"),
        ("DEBUG", "yes please"),
        ("DEBUG", "1"),
        ("MFA_REQUIRED", "perhaps"),
        ("S3_BUCKET", "only-one"),
        ("S3_ENDPOINT_URL", "https://s3.example.org"),
        ("FORM_SOONEST_SECONDS", "-1"),
        ("FORM_LATEST_SECONDS", "soon"),
        ("REQUEST_SOONEST_SECONDS", "an hour"),
        ("RATE_LIMIT_SEND_REQUEST", ""),
        ("RATE_LIMIT_SEND_REQUEST", "60"),
        ("RATE_LIMIT_SEND_REQUEST", "60/h/ip;10/h/key"),
        ("RATE_LIMIT_FOLLOW", "0/h/ip"),
        ("RATE_LIMIT_COMMENT", "5/h/user"),
        ("ENDED_REQUEST_DAYS", "1"),
    ],
)
def test_a_wrong_value_is_named(environment, name, value):
    environment(**{**PRODUCTION, name: value})

    with pytest.raises(ImproperlyConfigured, match=name):
        read_environment()


def test_a_limit_that_is_set_replaces_the_usual_one(environment):
    environment(RATE_LIMIT_SEND_REQUEST="6/30m/ip,2/d/key", FORM_SOONEST_SECONDS="5")

    found = read_environment()

    assert (found.rate_limits["send_request"], found.form_soonest_seconds) == ("6/30m/ip,2/d/key", 5)
    assert {limit: rates for limit, rates in found.rate_limits.items() if limit != "send_request"} == {
        limit: rates for limit, rates in RATE_LIMITS.items() if limit != "send_request"
    }


def test_every_problem_is_told_at_once(environment):
    environment(S2S_ENVIRONMENT="production")

    with pytest.raises(ImproperlyConfigured) as refusal:
        read_environment()

    assert [name in str(refusal.value) for name in PRODUCTION if name != "S2S_ENVIRONMENT"] == [True] * 6


def test_two_buckets_have_two_names(environment):
    environment(**PRODUCTION, S3_BUCKET="one", S3_PUBLIC_BUCKET="one")

    with pytest.raises(ImproperlyConfigured, match="two buckets"):
        read_environment()
