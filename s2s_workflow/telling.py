"""Whom a project writes to, and how: an e-mail says that something waits, never what is in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from alliance.enums import Power
from alliance.models import School, SchoolRole, User
from alliance.queries import people_with_role
from alliance.roles import Role, has_role
from cases.events import N_
from outbox.actions.write_message import write_message
from s2s_workflow.models import SupportProject
from s2s_workflow.opinions import REFUSED_TURN, fast_track_is_refused
from s2s_workflow.parties import STAFF_ROLES, schools_in
from s2s_workflow.terms import schools_to_sign
from website.models import StoryPage

YOUR_TURN, NEWS, STORY, ARRANGEMENTS = "project_turn", "project_news", "project_story", "project_arrangements"
JOINED = N_("You are on the team of a support project.")
WILL_JOIN = N_("You are to join the team of a support project, once an amendment is signed.")


def people_with_power(school: School | None, power: Power, on: date) -> list[User]:
    """Active people whose verified role at the school on a day is asked to use the power: to sign, its head and who acts for the head."""
    if school is None:
        return []
    roles = SchoolRole.objects.live(on).filter(school=school, user__is_active=True).select_related("user", "kind").order_by("user")
    return list({role.user: None for role in roles if role.kind.is_asked_for(power)})


def people_who_sign(project: SupportProject, on: date) -> list[User]:
    """S2S leads and whoever signs for the schools of the next text."""
    people = list(people_with_role(Role.S2S_LEAD))
    for school in schools_to_sign(project):
        people += people_with_power(school, Power.SIGN, on)
    return people


def staff_of(project: SupportProject) -> list[User]:
    """The owner of the case, or every S2S lead while there is none who looks after cases still."""
    owner = project.case.owner
    return [owner] if owner and has_role(owner, *STAFF_ROLES) else list(people_with_role(Role.S2S_LEAD))


def tell(project: SupportProject, people: Iterable[User], sentence: str, *, at: datetime, kind: str = YOUR_TURN) -> None:
    """Write one message to each. `sentence` is English, marked for translation, and says nothing confidential. Part of an action."""
    for person in {person.pk: person for person in people}.values():
        write_message(kind=kind, about=project.case, at=at, to=person, sentence=sentence)


def tell_governors(project: SupportProject, *, at: datetime) -> None:
    """Write to the governors of the supported and of each supporting school that the arrangements stand, with the brief (W5, P9)."""
    day = timezone.localdate(at)
    roles = (
        SchoolRole.objects.live(day).filter(school__in=schools_in(project), user__is_active=True).select_related("user", "kind", "school")
    )
    for role in roles.order_by("user", "school"):
        if role.kind.is_governing:
            write_message(kind=ARRANGEMENTS, about=project.case, at=at, to=role.user, school=role.school_id)


def tell_of_a_refused_fast_track(project: SupportProject, *, at: datetime) -> None:
    """Write to the S2S leads, unless it is their turn already: called before the turns are synchronised. Part of an action (W9)."""
    if fast_track_is_refused(project) and not project.case.turns.open().filter(key=REFUSED_TURN).exists():
        sentence = N_("The working group does not support a fast track. Please say what is next.")
        tell(project, people_with_role(Role.S2S_LEAD), sentence, at=at)


def tell_editors(project: SupportProject, story: StoryPage, sentence: str, *, at: datetime) -> None:
    """Write to the editors about the project's story. They do not see the case, so the message is about the page. Part of an action."""
    for person in people_with_role(Role.EDITOR):
        write_message(kind=STORY, about=story, at=at, to=person, sentence=sentence, reference=project.case.reference)
