"""Read every setting that comes from the environment, once, and say in words what is wrong."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError
from marshmallow.validate import OneOf, Range

BASE_DIR = Path(__file__).resolve().parent.parent.parent

DEMO = "demo"
PRODUCTION = "production"
DEMO_SECRET_KEY = "demo-only-" + "not-a-secret-" * 4
MINIMUM_SECRET_LENGTH = 50


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
