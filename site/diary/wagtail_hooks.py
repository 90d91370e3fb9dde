"""What the diary adds: its place in the admin, the job that removes lapsed holds, what it holds on a person."""

from __future__ import annotations

from datetime import datetime

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from common.actions import Actor
from common.demo import World
from common.jobs import DueJob
from diary.actions.remove_lapsed_holds import remove_lapsed_holds
from diary.demo import load_demo
from diary.personal_data import export_diary_data
from diary.viewsets import DiaryGroup

LAPSED_HOLDS = "lapsed holds"

register_snippet(DiaryGroup)


def _remove_lapsed_holds(at: datetime) -> int:
    return remove_lapsed_holds(by=Actor.job(LAPSED_HOLDS), at=at)


@hooks.register("s2s_due_jobs")
def due_jobs() -> list[DueJob]:
    return [DueJob(LAPSED_HOLDS, _remove_lapsed_holds)]


@hooks.register("s2s_load_demo")
def load_demo_diary(world: World) -> None:
    load_demo(world)


hooks.register("s2s_export_personal_data", export_diary_data)
