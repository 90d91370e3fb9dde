"""The demo alliance: the core's part from the lowest app up, then what each plugin adds."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from wagtail import hooks

from alliance.demo import load_people
from alliance.demo_schools import load_schools
from alliance.models import User
from common.actions import Actor, acting
from common.demo import World
from common.jobs import run_due_jobs
from website.demo import load_demo as load_pages


def is_loaded() -> bool:
    return User.objects.exists()


def load_demo(*, now: datetime) -> World:
    """Load everything into an empty, migrated database; all dates are relative to `now`."""
    world = World(today=timezone.localdate(now), now=now)
    with acting(by=Actor.job("demo")):
        load_schools(world)
        load_people(world)
        load_pages(world)
        for hook in hooks.get_hooks("s2s_load_demo"):
            hook(world)
    run_due_jobs(at=now)
    return world
