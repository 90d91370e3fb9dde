"""Who: people, schools and organisations, roles, leaders, membership."""

from alliance.models.bank_holidays import BankHoliday
from alliance.models.leaders import DeclaredInterest, LeaderDesignation, Specialism, SystemLeader
from alliance.models.membership import Membership, MembershipTier
from alliance.models.organisations import Organisation, OrganisationKind
from alliance.models.roles import SchoolRole, SchoolRoleKind
from alliance.models.schools import School, SchoolLink
from alliance.models.users import User

__all__ = [
    "BankHoliday",
    "DeclaredInterest",
    "LeaderDesignation",
    "Membership",
    "MembershipTier",
    "Organisation",
    "OrganisationKind",
    "School",
    "SchoolLink",
    "SchoolRole",
    "SchoolRoleKind",
    "Specialism",
    "SystemLeader",
    "User",
]
