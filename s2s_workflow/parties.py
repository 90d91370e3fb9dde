"""Who stands on which side of a project."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from alliance.enums import Power
from alliance.models import School, SchoolRole, User
from alliance.queries import is_head_of, live_school_roles, people_with_role
from alliance.roles import Role, has_role
from s2s_workflow.enums import PartyKind
from s2s_workflow.models import Agreement, AgreementParty, SupportProject
from s2s_workflow.terms import schools_to_sign

STAFF_ROLES = (Role.S2S_LEAD, Role.BROKER)


def schools_acted_for(user: User, on: date, power: Power | None = None) -> set[str]:
    """URNs of the schools where a verified role gives somebody the power, or any, on a day."""
    roles = live_school_roles(user, on)
    return {role.school_id for role in roles if (power in role.kind.powers if power else role.kind.powers)}


def may_act_for(user: User, school: School | None, power: Power, on: date) -> bool:
    """Whether a verified role gives the person the power at the school on a day. Heads and those who act for them have all powers."""
    return school is not None and school.pk in schools_acted_for(user, on, power)


def is_supported_head(user: User, project: SupportProject, on: date) -> bool:
    """The head of the supported school, or who acts for the head."""
    school = project.case.supported_school
    return school is not None and is_head_of(user, school, on)


def is_named_lead(user: User, project: SupportProject) -> bool:
    lead = project.named_lead()
    return lead is not None and lead.leader.user_id == user.pk


def may_sign_for(user: User, party: AgreementParty, on: date) -> bool:
    """Whether the person may fill the slot (W8). Whoever declared a conflict of interest signs for their own school alone (W3)."""
    if party.kind == PartyKind.S2S_LEAD:
        return has_role(user, Role.S2S_LEAD) and not party.agreement.project.is_barred_to(user)
    return party.school is not None and may_act_for(user, party.school, Power.SIGN, on) and is_head_of(user, party.school, on)


def schools_in(project: SupportProject) -> list[School]:
    """The supported school, then the supporting schools of the team."""
    supporting = {deployment.supporting_school_id: deployment.supporting_school for deployment in project.team()}
    supported = project.case.supported_school
    return [*([supported] if supported else []), *supporting.values()]


def everybody_in(project: SupportProject, on: date) -> list[User]:
    """S2S leads, the owner, every team member and the heads of the schools of the case: those whom an outcome concerns (E3)."""
    heads = SchoolRole.objects.live(on).filter(school__in=schools_in(project), kind__acts_for_head=True, user__is_active=True)
    people = [
        *people_with_role(Role.S2S_LEAD),
        *([project.case.owner] if project.case.owner else []),
        *(deployment.leader.user for deployment in project.team()),
        *(role.user for role in heads.select_related("user")),
    ]
    return [*{person.pk: person for person in people if person.is_active}.values()]


def wanted_parties(project: SupportProject) -> list[tuple[PartyKind, School | None]]:
    """Who has to sign: the supported head, the head of each supporting school, the S2S lead (W8)."""
    supported, *supporting = schools_to_sign(project)
    return [
        (PartyKind.SUPPORTED_HEAD, supported),
        *((PartyKind.SUPPORTING_HEAD, school) for school in supporting),
        (PartyKind.S2S_LEAD, None),
    ]


def open_agreement(project: SupportProject) -> Agreement | None:
    """The version that waits for signatures."""
    return project.agreements.filter(voided_at=None, completed_at=None).first()


def amendment_is_drafted(project: SupportProject) -> bool:
    """An amendment is begun and not up for signature: what it brings can be changed (D4)."""
    return project.amending_at is not None and open_agreement(project) is None


def signatories_missing(project: SupportProject) -> list[str]:
    """Parties that have not signed the very text of the open agreement; a sentence when there is none."""
    agreement = open_agreement(project)
    if agreement is None:
        return [_("there is no agreement to sign")]
    parties: Any = agreement.parties.select_related("school", "signature")
    return [str(party) for party in parties if not party.is_signed or party.signature.sha256 != agreement.sha256]
