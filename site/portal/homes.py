"""What each person is told on the signed-in home: what their role does here, and the first thing to open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance.enums import Power
from alliance.models import SchoolRole, User
from alliance.permissions import speaks_for_school
from alliance.queries import leader_of, live_school_roles
from alliance.roles import Role, user_roles
from cases.models import Case
from cases.turns import promised_by
from portal.people import is_commenter


class Part(StrEnum):
    """What somebody is here besides a role in the alliance."""

    HEAD = "HEAD"
    AT_SCHOOL = "AT_SCHOOL"
    GOVERNOR = "GOVERNOR"
    LEADER = "LEADER"
    CLAIMANT = "CLAIMANT"
    COMMENTER = "COMMENTER"


@dataclass(frozen=True)
class Home:
    """
    One row of the table. `words` say what the role does here, as far as it can today; `first` is what to open, by the
    name of its address. Of what plugins add, each says itself (`s2s_dashboard_panels`, `s2s_portal_menu`).
    """

    words: Any
    first: tuple[tuple[Any, str], ...] = ()
    has_cases: bool = False
    has_turns: bool = True


PROFILE = (_("Check your profile"), "portal_profile")
EMAILS = (_("Choose which e-mails you get"), "portal_preferences")
ADMIN = "wagtailadmin_home"

HOMES: dict[str, Home] = {
    Role.S2S_LEAD: Home(
        _("You receive every request for support, and see to it that somebody takes it on."),
        ((_("All open cases"), "portal:cases"), (_("Invite people"), "portal:invite"), (_("What would it cost?"), "portal:prices")),
        has_cases=True,
    ),
    Role.BROKER: Home(
        _("You take requests on and look after them until a school has its answer."),
        ((_("All open cases"), "portal:cases"), (_("Invite people"), "portal:invite"), (_("What would it cost?"), "portal:prices")),
        has_cases=True,
    ),
    Role.WORKING_GROUP: Home(
        _(
            "As one of the working group you read what was found before support starts, action plans and evaluations, and say whether "
            "you support them. What waits for your view stands below."
        ),
        (EMAILS,),
    ),
    Role.FINANCE: Home(
        _("You keep the rates, issue invoices for approved time and record what is paid."),
        (
            (_("Invoices in the admin"), "wagtailsnippets_finance_invoice:list"),
            (_("Rates in the admin"), "wagtailsnippets_finance_ratecard:list"),
            (_("What would it cost?"), "portal:prices"),
            (_("Memberships in the admin"), "wagtailsnippets_alliance_membership:list"),
        ),
    ),
    Role.EDITOR: Home(
        _("You write the public pages: protocols, articles and stories. A reviewer reads them before they are published."),
        ((_("Pages in the admin"), "wagtailadmin_explore_root"),),
    ),
    Role.REVIEWER: Home(
        _(
            "You read pages before they are published and schools’ evaluations of their support, and approve them or ask for changes: "
            "never your own, nor one of your school’s. Evaluations that wait for you stand below."
        ),
        ((_("Pages that wait for you"), ADMIN),),
    ),
    Role.STEERING_GROUP: Home(
        _("As one of the steering group you read the reports that the alliance addresses to you. When there is one, it stands below."),
        (EMAILS,),
    ),
    Role.LEAD_GOVERNOR: Home(
        _("As lead governor you read the reports that the alliance addresses to you. When there is one, it stands below."), (EMAILS,)
    ),
    Part.HEAD: Home(
        _("You speak for your school: you follow its requests, answer our questions, and say who else at school may do so."),
        ((_("People at your school"), "portal:people"),),
        has_cases=True,
    ),
    Part.AT_SCHOOL: Home(
        _("You follow your school’s requests, answer our questions and write to us about them."),
        ((_("Your school’s cases"), "portal:cases"),),
        has_cases=True,
    ),
    Part.GOVERNOR: Home(
        _(
            "As a governor you see how far your school’s requests have come, and read the agreements that are made for it. What else is "
            "written about them stays with the head."
        ),
        ((_("Your school’s cases"), "portal:cases"), (_("People at your school"), "portal:people")),
        has_cases=True,
    ),
    Part.LEADER: Home(
        _(
            "You support other schools: you visit them and write a note of each visit; if you lead a team, its action plan and its "
            "reviews too. Before each support we ask you and your head."
        ),
        (PROFILE,),
    ),
    Part.CLAIMANT: Home(_("Once we have checked your role you find your school’s requests here, and what you need to do."), (PROFILE,)),
    Part.COMMENTER: Home(
        _("With your account you can comment on our articles. If you work at a school or govern one, tell us."),
        (PROFILE, (_("Tell us your school"), "portal_claim_school")),
        has_turns=False,
    ),
}
"""Alliance roles and other parts, in the order in which somebody who has several reads them."""


def homes_of(user: User, *, on: date) -> list[Home]:
    """The rows of the table that are a person's; a superuser's are the S2S lead's."""
    parts = {Role.S2S_LEAD} if user.is_superuser else set(_parts(user, on))
    return [home for part, home in HOMES.items() if part in parts]


def _parts(user: User, on: date) -> Iterator[str]:
    found = [*user_roles(user), *_at_schools(user, on)]
    if leader_of(user):
        found.append(Part.LEADER)
    if found:
        yield from found
    elif is_commenter(user, on=on):
        yield Part.COMMENTER
    elif SchoolRole.objects.claimed().filter(user=user).exists():
        yield Part.CLAIMANT


def _at_schools(user: User, on: date) -> Iterator[Part]:
    for role in live_school_roles(user, on):
        if Power.BOOK in role.kind.powers:
            yield Part.HEAD if speaks_for_school(role) else Part.AT_SCHOOL
        else:
            yield Part.GOVERNOR


def has_turns(homes: list[Home]) -> bool:
    """Whether anything may ever wait for the person; somebody whose role begins later is not told that nothing will."""
    return not homes or any(home.has_turns for home in homes)


def has_cases(homes: list[Home], user: User, *, on: date) -> bool:
    """Whether cases are the person's business: by the table, or because a plugin lets them see one."""
    return any(home.has_cases for home in homes) or Case.objects.visible_to(user, on=on).exists()


def first_steps(homes: list[Home]) -> list[tuple[Any, str]]:
    """What to open first, as label and address; what two rows share stands once."""
    steps = dict.fromkeys(step for home in homes for step in home.first)
    return [(label, reverse(name)) for label, name in steps]


@dataclass(frozen=True)
class Claim:
    """A role somebody says they have, and the day by which we check it; None while the alliance promises none."""

    role: SchoolRole
    checked_by: date | None


def claims_of(user: User) -> list[Claim]:
    claims = user.school_roles.claimed().select_related("school", "kind").order_by("claimed_at", "pk")
    return [Claim(role, promised_by("CHECK_ROLE", role.claimed_at)) for role in claims]
