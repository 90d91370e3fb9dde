"""The demo's requests, taken to the stages they are meant to show."""

from __future__ import annotations

from datetime import timedelta

from alliance.models import User
from cases.actions.close_case import close_case
from cases.enums import PublicStatus
from cases.models import Case
from common.demo import World
from s2s_workflow.actions.move_project import move_project
from s2s_workflow.actions.take_into_triage import take_into_triage
from s2s_workflow.demo.projects import DemoProject, load_clauses, weekday_after, weekday_before
from s2s_workflow.enums import PartyKind, ReadinessSide, Stage


def load_demo(world: World) -> None:
    """Take requests into triage, and decline one, a few hours after each came in."""
    lead, broker = world.people["lead"], world.people["broker"]
    for number, case in enumerate(world.cases.get("triage", [])):
        owner = broker if number else lead
        project = take_into_triage(case=case, has_conflict=False, by=owner, at=case.opened_at + timedelta(hours=4))
        if project and case.messages.open_questions().exists():
            move_project(project=project, to=Stage.MORE_INFORMATION, by=owner, at=case.opened_at + timedelta(hours=20))
    for case in world.cases.get("declined", []):
        at = case.opened_at + timedelta(hours=5)
        take_into_triage(case=case, has_conflict=False, by=lead, at=at)
        close_case(
            case=case,
            status=PublicStatus.DECLINED,
            reason="We help with teaching, leadership and governance. For buildings, your local authority’s property team is the right place to ask.",
            by=lead,
            at=at + timedelta(hours=2),
        )
    load_clauses()
    _load_projects(world)


def _load_projects(world: World) -> None:
    """One project for each part of the way: before the working group, in brokering, to meet, to sign, under way, to review, told."""
    for case in world.cases.get("group", []):
        project = DemoProject(world, case, head=None)
        project.follow("full")
        project.put_to_group()
    for case in world.cases.get("brokering", []):
        project = DemoProject(world, case, head=None)
        project.start_brokering()
        project.propose_team(first=weekday_after(world, 14))
        project.release_first()
    for case in world.cases.get("meeting", []):
        project = DemoProject(world, case, head=world.people["head"])
        project.start_brokering()
        project.propose_team(first=weekday_after(world, 10))
        project.agree_team(visits=[weekday_after(world, days) for days in (12, 19, 26)])
        project.answer_readiness(ReadinessSide.SCHOOL)
    for case in world.cases.get("agreement", []):
        project = DemoProject(world, case, head=world.people["otherhead"])
        project.start_brokering()
        project.propose_team(first=weekday_after(world, 7))
        project.agree_team(visits=[weekday_after(world, days) for days in (9, 16, 23)])
        project.draft_agreement()
        project.sign(PartyKind.SUPPORTED_HEAD)
    for case in world.cases.get("under way", []):
        project = DemoProject(world, case, head=world.people["head"])
        project.follow("full")
        project.put_to_group()
        project.recommend()
        project.propose_team(first=weekday_before(world, 45))
        project.agree_team(visits=[weekday_before(world, 20), weekday_before(world, 6), weekday_after(world, 8)])
        for side in ReadinessSide:
            project.answer_readiness(side)
        project.draft_agreement()
        project.sign(*PartyKind)
        project.note_visits()
    for case in world.cases.get("review", []):
        project = _delivered(world, case, world.people["otherhead"], first=100)
        project.evaluate()
    for case in world.cases.get("told", []):
        project = _delivered(world, case, world.people["head"], first=150)
        project.evaluate()
        project.approve_and_tell()


def _delivered(world: World, case: Case, head: User, *, first: int) -> DemoProject:
    """A short project whose visits are all behind it."""
    project = DemoProject(world, case, head=head)
    project.start_brokering()
    project.propose_team(first=weekday_before(world, first))
    project.agree_team(visits=[weekday_before(world, first - days) for days in (14, 28, 42)])
    project.draft_agreement()
    project.sign(*PartyKind)
    project.note_visits()
    return project
