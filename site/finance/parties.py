"""Who takes part in an invoice: the alliance, a school, an organisation, or somebody by name."""

from __future__ import annotations

from dataclasses import dataclass

from alliance.models import Organisation, School


@dataclass(frozen=True)
class Party:
    """
    One side of an invoice, with name and address as they are now: invoices keep them so.

    The alliance is the one with neither school nor organisation that `is_alliance`; its name comes from the site
    settings, which whoever calls may read and finance may not.
    """

    name: str
    address: str = ""
    school: School | None = None
    organisation: Organisation | None = None
    is_alliance: bool = False

    @classmethod
    def alliance(cls, name: str, address: str = "") -> Party:
        return cls(name=name, address=address, is_alliance=True)

    @classmethod
    def of_school(cls, school: School) -> Party:
        lines = (school.street, school.locality, school.town, school.postcode)
        return cls(name=school.name, address="\n".join(line for line in lines if line), school=school)

    @classmethod
    def of_organisation(cls, organisation: Organisation, address: str = "") -> Party:
        return cls(name=organisation.name, address=address, organisation=organisation)
