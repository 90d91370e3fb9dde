"""Read every setting that comes from the environment, once, and say in words what is wrong."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError
from marshmallow.validate import OneOf, Range, Regexp

BASE_DIR = Path(__file__).resolve().parent.parent.parent

DEMO = "demo"
PRODUCTION = "production"
DEMO_SECRET_KEY = "demo-only-" + "not-a-secret-" * 4
MINIMUM_SECRET_LENGTH = 50
RATE_LIMITS = {
    "start_request": "120/h/ip",
    "save_request": "60/h/ip,5/h/key",
    "send_request": "60/h/ip,10/h/key",
    "follow": "300/h/ip,30/h/key",
    "comment": "60/h/ip,10/h/key",
}
"""
How often anybody may do what needs no account, as times/period/of what: `ip` is the network address, wide because a whole school comes
from one; `key` is the e-mail address that is written to, or the private link.
"""
RATE = r"[1-9]\d{0,5}/([1-9]\d{0,3})?[smhd]/(ip|key)"
RATES = re.compile(rf"{RATE}(,{RATE})*\Z")
WRONG_RATES = "must be limits like 60/h/ip,10/h/key: times/period (s, m, h, d)/of what (ip, key)"


@dataclass(frozen=True)
class Environment:
    """The values of one process. Durations are in the unit their name ends in."""

    name: str
    debug: bool
    secret_key: str
    allowed_hosts: list[str]
    site_url: str
    data_dir: Path
    database: dict[str, Any]
    redis_url: str
    email: dict[str, Any] | None
    default_from_email: str
    s3_bucket: str
    s3_public_bucket: str
    s3_endpoint_url: str
    s3_region: str
    clamd_address: str
    mfa_required: bool
    background_worker: bool
    form_soonest_seconds: int
    form_latest_seconds: int
    request_soonest_seconds: int
    rate_limits: dict[str, str]
    ended_request_days: int
    proxy_count: int
    plugins: list[str] | None

    @property
    def is_production(self) -> bool:
        return self.name == PRODUCTION


def read_environment() -> Environment:
    """
    Read the environment (and a `.env` file beside manage.py, which never overrides it).

    Raises `ImproperlyConfigured` naming every missing or wrong variable at once.
    """
    env = Env(expand_vars=False)
    if "S2S_IGNORE_DOTENV" not in os.environ:
        env.read_env(str(BASE_DIR / ".env"), recurse=False, override=False)
    problems: list[str] = []

    def read(parse: Any, variable: str, **options: Any) -> Any:
        try:
            return parse(variable, **options)
        except (EnvError, ValueError) as error:
            problems.append(str(error))
            return None

    name = read(env.str, "S2S_ENVIRONMENT", default=DEMO, validate=OneOf([DEMO, PRODUCTION])) or DEMO
    in_demo = name == DEMO

    def default(value: Any) -> dict[str, Any]:
        """In the demo every value has a default; production has to say it."""
        return {"default": value} if in_demo else {}

    data_dir = Path(read(env.str, "DATA_DIR", default=str(BASE_DIR / "var")) or BASE_DIR / "var")
    environment = Environment(
        name=name,
        debug=read(env.bool, "DEBUG", default=False),
        secret_key=read(env.str, "SECRET_KEY", **default(DEMO_SECRET_KEY)),
        allowed_hosts=read(env.list, "ALLOWED_HOSTS", **default(["127.0.0.1", "localhost"])),
        site_url=read(env.str, "SITE_URL", **default("http://127.0.0.1:8000")),
        data_dir=data_dir,
        database=read(env.dj_db_url, "DATABASE_URL", **default(f"sqlite:///{data_dir / 's2s.sqlite3'}")),
        redis_url=read(env.str, "REDIS_URL", default=""),
        # Without EMAIL_URL the demo keeps its mail; production has to say where it goes.
        email=read(env.dj_email_url, "EMAIL_URL") if "EMAIL_URL" in os.environ or not in_demo else None,
        default_from_email=read(env.str, "DEFAULT_FROM_EMAIL", **default("alliance@example.org")),
        s3_bucket=read(env.str, "S3_BUCKET", default=""),
        s3_public_bucket=read(env.str, "S3_PUBLIC_BUCKET", default=""),
        s3_endpoint_url=read(env.str, "S3_ENDPOINT_URL", default=""),
        s3_region=read(env.str, "S3_REGION", default=""),
        clamd_address=read(env.str, "CLAMD_ADDRESS", default=""),
        mfa_required=read(env.bool, "MFA_REQUIRED", default=not in_demo),
        background_worker=read(env.bool, "BACKGROUND_WORKER", default=not in_demo),
        form_soonest_seconds=read(env.int, "FORM_SOONEST_SECONDS", default=2, validate=Range(min=0, max=60)),
        form_latest_seconds=read(env.int, "FORM_LATEST_SECONDS", default=24 * 60 * 60, validate=Range(min=600)),
        request_soonest_seconds=read(env.int, "REQUEST_SOONEST_SECONDS", default=3, validate=Range(min=0, max=600)),
        rate_limits={
            limit: read(env.str, f"RATE_LIMIT_{limit.upper()}", default=usual, validate=Regexp(RATES, error=WRONG_RATES))
            for limit, usual in RATE_LIMITS.items()
        },
        ended_request_days=read(env.int, "ENDED_REQUEST_DAYS", default=365, validate=Range(min=30)),
        proxy_count=read(env.int, "PROXY_COUNT", default=0, validate=Range(min=0, max=5)),
        plugins=read(env.list, "S2S_PLUGINS", default=None),
    )
    problems += _contradictions(environment, in_demo=in_demo)
    if problems:
        raise ImproperlyConfigured("The environment is not usable:\n" + "\n".join(f"- {p}" for p in problems))
    return environment


def _contradictions(environment: Environment, *, in_demo: bool) -> list[str]:
    problems = []
    if environment.site_url and not environment.site_url.startswith(("http://", "https://")):
        problems.append('Environment variable "SITE_URL" must start with http:// or https://')
    if environment.email and not environment.email["EMAIL_HOST"]:
        problems.append('Environment variable "EMAIL_URL" must name a mail server, like submission://user:password@mail.example.org:587')
    if environment.redis_url and not environment.redis_url.startswith(("redis://", "rediss://", "unix://")):
        problems.append('Environment variable "REDIS_URL" must start with redis://, rediss:// or unix://')
    if environment.clamd_address and not re.fullmatch(r"/.+|.+:\d+", environment.clamd_address):
        problems.append('Environment variable "CLAMD_ADDRESS" must be host:port, or the path of a socket, like 127.0.0.1:3310')
    if environment.s3_endpoint_url and not environment.s3_bucket:
        problems.append('Environment variable "S3_ENDPOINT_URL" is set, so "S3_BUCKET" must be set too')
    if bool(environment.s3_bucket) != bool(environment.s3_public_bucket):
        problems.append('Environment variables "S3_BUCKET" (private) and "S3_PUBLIC_BUCKET" go together: set both or none')
    if environment.s3_bucket and environment.s3_bucket == environment.s3_public_bucket:
        problems.append('Environment variables "S3_BUCKET" and "S3_PUBLIC_BUCKET" must name two buckets')
    if not in_demo:
        if environment.secret_key is not None and len(environment.secret_key) < MINIMUM_SECRET_LENGTH:
            problems.append(f'Environment variable "SECRET_KEY" must have at least {MINIMUM_SECRET_LENGTH} characters')
        if environment.allowed_hosts is not None and ("*" in environment.allowed_hosts or not environment.allowed_hosts):
            problems.append('Environment variable "ALLOWED_HOSTS" must list the exact host names, without *')
        if environment.debug:
            problems.append('Environment variable "DEBUG" must not be set in production')
    return problems
