"""The system leaders that the public sees: those who agreed to it, and of them only what they agreed to (P8)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alliance.enums import Designation, Phase
from alliance.models import LeaderDesignation, SystemLeader
from website.facets import Facet
from website.freshness import per_content
from website.tree import PageRow, page_tree


@dataclass(frozen=True)
class ListedLeader:
    """A leader as the directory shows them. No address, telephone number or diary; `address` is below the directory's own."""

    name: str
    address: str
    school: str
    local_authority: str
    phases: tuple[str, ...]
    specialisms: Mapping[str, str]
    designations: tuple[str, ...]
    summary: str

    @property
    def authority_key(self) -> str:
        return slugify(self.local_authority)

    @property
    def phase_labels(self) -> list[str]:
        return [str(Phase(phase).label) for phase in self.phases]

    @property
    def designation_labels(self) -> list[str]:
        return [str(Designation(designation).label) for designation in self.designations]

    @property
    def words(self) -> str:
        """What the search looks through, in small letters."""
        parts = [self.name, self.school, self.local_authority, self.summary, *self.specialisms.values()]
        return " ".join([*parts, *self.phase_labels, *self.designations, *self.designation_labels]).lower()

    def has_words(self, terms: Sequence[str]) -> bool:
        """Whether each term begins one of the words."""
        own = re.findall(r"\w+", self.words)
        return all(any(word.startswith(term) for word in own) for term in terms)


def consenting_leaders() -> QuerySet[SystemLeader]:
    """Who agreed to be listed, is available and has an account that is on."""
    return SystemLeader.objects.filter(consents_to_listing_at__isnull=False, is_active=True, user__is_active=True)


@per_content
def listed_leaders() -> list[ListedLeader]:
    """All of them by name, in three queries however many; designations as they are held today."""
    today = timezone.localdate()
    held = Prefetch("designations", LeaderDesignation.objects.in_force(today))
    leaders = consenting_leaders().select_related("user", "supporting_school").prefetch_related("specialisms", held)
    named = leaders.exclude(user__first_name="", user__last_name="")
    return [_listed(leader) for leader in named.order_by("user__last_name", "user__first_name", "pk")]


def _listed(leader: SystemLeader) -> ListedLeader:
    name, school = leader.user.get_full_name(), leader.supporting_school
    held = {row.designation for row in leader.designations.all()}
    return ListedLeader(
        name=name,
        address=f"{slugify(name) or 'leader'}-{leader.pk}",  # a name may be in letters that an address does not take
        school=school.name,
        local_authority=school.local_authority,
        phases=tuple(phase for phase in Phase.values if phase in leader.phases),
        specialisms={specialism.key: specialism.name for specialism in leader.specialisms.all()},
        designations=tuple(designation for designation in Designation.values if designation in held),
        summary=leader.summary,
    )


def listed_leader(address: str) -> ListedLeader | None:
    return next((leader for leader in listed_leaders() if leader.address == address), None)


def facets() -> list[Facet[ListedLeader]]:
    """Designation, phase, specialism and local authority."""
    leaders = listed_leaders()
    specialisms = {key: name for leader in leaders for key, name in leader.specialisms.items()}
    authorities = {leader.authority_key: leader.local_authority for leader in leaders if leader.authority_key}
    return [
        Facet("designation", _("Designation"), lambda leader: leader.designations, dict(Designation.choices)),
        Facet("phase", _("Phase"), lambda leader: leader.phases, dict(Phase.choices)),
        Facet("specialism", _("Specialism"), lambda leader: leader.specialisms, _by_label(specialisms)),
        Facet("authority", _("Local authority"), lambda leader: (leader.authority_key,), _by_label(authorities)),
    ]


def _by_label(labels: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(labels.items(), key=lambda item: item[1]))


def directory() -> PageRow | None:
    """The live directory that anybody may open, in the reader's language; without one no leader is shown anywhere."""
    return _directories().get(get_language() or "")


@per_content
def _directories() -> dict[str, PageRow]:
    kind = ContentType.objects.get_by_natural_key("website", "leaderdirectorypage").pk
    return {row.language: row for row in page_tree().public() if row.content_type_id == kind}


def leaders_found(words: str) -> list[tuple[ListedLeader, str]]:
    """Listed leaders whose public words hold all of these, with their addresses."""
    place, terms = directory(), re.findall(r"\w+", words.lower())
    if place is None or not terms:
        return []
    return [(leader, f"{place.url}{leader.address}/") for leader in listed_leaders() if leader.has_words(terms)]
