"""The demo's people: one for every role, all invented, all at example.org."""

from __future__ import annotations

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from alliance.enums import Designation, Phase
from alliance.models import (
    LeaderDesignation,
    Membership,
    MembershipTier,
    School,
    SchoolRole,
    SchoolRoleKind,
    Specialism,
    SystemLeader,
    User,
)
from alliance.roles import Role
from common.demo import DEMO_PASSWORD, World

STAFF = [
    ("lead", "Halima", "Okafor", [Role.S2S_LEAD], "S2S lead"),
    ("broker", "Gareth", "Penhallow", [Role.BROKER], "Broker"),
    ("group", "Ingrid", "Solberg-Tate", [Role.WORKING_GROUP], "Working group"),
    ("group2", "Anselm", "Corriedale", [Role.WORKING_GROUP], "Working group, a second member"),
    ("finance", "Priya", "Ramaswell", [Role.FINANCE], "Finance"),
    ("editor", "Tomos", "Bevanwell", [Role.EDITOR], "Editor"),
    ("reviewer", "Beatrix", "Lindqvale", [Role.REVIEWER], "Reviewer"),
    ("steering", "Desmond", "Achterby", [Role.STEERING_GROUP], "Steering group"),
    ("leadgovernor", "Rosalind", "Quenby", [Role.LEAD_GOVERNOR], "Lead governor"),
]
"""Key, first and last name, roles, what the sign-in list says."""

AT_SCHOOLS = [
    ("head", "Martha", "Ellerthwaite", 0, "head", "Head of a member school"),
    ("otherhead", "Clive", "Dunnockby", 1, "head", "Head of a school that is no member"),
    ("nominated", "Sadie", "Whinfell", 0, "nominated-lead", "Nominated lead at a member school"),
    ("governor", "Alun", "Treharrow", 0, "chair-of-governors", "Chair of governors"),
    ("supportinghead", "Joan", "Castlegarth", 2, "head", "Head of a supporting school"),
]
"""Key, first and last name, which of the demo's schools, kind of role, what the sign-in list says."""

LEADERS = [
    ("leader", "Rowena", "Castellan", [Designation.NLE], ["leadership", "governance"], 2),
    ("leader2", "Tunde", "Adeyemore", [Designation.SLE], ["reading", "english"], 2),
    ("leader3", "Megan", "Farthingale", [Designation.SLE], ["mathematics"], 3),
    ("leader4", "Osric", "Penwarden", [Designation.LLE], ["leadership", "attendance"], 4),
    ("leader5", "Yasmin", "Holloway-Dene", [Designation.SLE], ["early-years", "reading"], 5),
    ("leader6", "Piers", "Aldwinkle", [Designation.NLG], ["governance"], 6),
    ("leader7", "Catrin", "Morwenna", [Designation.SLE], ["send"], 7),
    ("leader8", "Femi", "Oluwick", [Designation.LLE], ["curriculum", "leadership"], 8),
    ("leader9", "Una", "Birkenshaw", [Designation.SLE], ["science"], 9),
    ("leader10", "Silas", "Wetherfold", [], ["behaviour"], 10),
    ("leader11", "Nerys", "Caddowell", [Designation.SLE], ["assessment", "mathematics"], 11),
    ("leader12", "Hugo", "Thistlewick", [Designation.NLE], ["leadership", "trust-improvement"], 12),
]
SPECIALISMS = {
    "leadership": "Senior leadership",
    "governance": "Governance",
    "reading": "Reading and phonics",
    "english": "English",
    "mathematics": "Mathematics",
    "science": "Science",
    "early-years": "Early years",
    "send": "Special educational needs",
    "curriculum": "Curriculum design",
    "attendance": "Attendance",
    "behaviour": "Behaviour and culture",
    "assessment": "Assessment",
    "trust-improvement": "Improvement across a trust",
}
STYLES = [
    "Listens first, then coaches. Likes to work beside people in the classroom.",
    "Sets a clear plan, keeps to it, and leaves simple tools behind.",
    "Asks good questions and helps a team find its own answers.",
]


def load_people(world: World) -> None:
    """Add the people of every role, the leaders and the memberships to schools that are already there."""
    schools = list(School.objects.open().exclude(phase=Phase.NURSERY).order_by("urn"))
    started = date(world.today.year - 3, 9, 1)
    for key, first, last, roles, _label in STAFF:
        user = _person(world, key, first, last)
        user.groups.set(Group.objects.filter(name__in=[role.group_name for role in roles]))
    _load_specialisms()
    _load_school_people(world, schools, started)
    for number, leader in enumerate(LEADERS):
        _load_leader(world, leader, schools, started, number)
    _person(world, "commenter", "Perpetua", "Wildgoose")
    administrator = _person(world, "admin", "Site", "Administrator")
    administrator.is_superuser = administrator.is_staff = True
    administrator.save()
    tiers = list(MembershipTier.objects.order_by("order"))
    for number, school in enumerate([*schools[:1], *schools[2:24]]):
        Membership.objects.create(school=school, tier=tiers[number % len(tiers)], starts_on=started)


def _person(world: World, key: str, first: str, last: str) -> User:
    user = User.objects.create_user(f"{key}@example.org", DEMO_PASSWORD, first_name=first, last_name=last)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    world.people[key] = user
    return user


def _load_specialisms() -> None:
    for order, (key, name) in enumerate(SPECIALISMS.items()):
        Specialism.objects.get_or_create(key=key, defaults={"name": name, "order": order})


def _role(world: World, user: User, school: School, kind: str, started: date) -> None:
    lead = world.people["lead"]
    SchoolRole.objects.create(
        user=user,
        school=school,
        kind=SchoolRoleKind.objects.get(key=kind),
        starts_on=started,
        claimed_at=world.now,
        verified_at=world.now,
        verified_by=lead,
    )


def _load_school_people(world: World, schools: list[School], started: date) -> None:
    for key, first, last, number, kind, _label in AT_SCHOOLS:
        _role(world, _person(world, key, first, last), schools[number], kind, started)
    claimant = _person(world, "claimant", "Bertram", "Sallowby")
    SchoolRole.objects.create(
        user=claimant,
        school=schools[30],
        kind=SchoolRoleKind.objects.get(key="head"),
        starts_on=world.today,
        claimed_at=world.now - timedelta(days=1),
    )


def _load_leader(
    world: World, row: tuple[str, str, str, list[Designation], list[str], int], schools: list[School], started: date, number: int
) -> None:
    key, first, last, designations, specialisms, at = row
    user = _person(world, key, first, last)
    leader = SystemLeader.objects.create(
        user=user,
        supporting_school=schools[at],
        phases=[schools[at].phase],
        working_style=STYLES[number % len(STYLES)],
        summary=f"Works mainly on {' and '.join(SPECIALISMS[s].lower() for s in specialisms)}.",
        travel_limit_metres=25_000 + 2_500 * (number % 4),
        consents_to_listing_at=world.now if number % 4 else None,
    )
    leader.specialisms.set(Specialism.objects.filter(key__in=specialisms))
    for designation in designations:
        LeaderDesignation.objects.create(leader=leader, designation=designation, starts_on=started)
    world.leaders[key] = leader
