"""Filters of the work list, read from the address; what does not make sense is left out."""

from __future__ import annotations

from contextlib import suppress

import django_filters
from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from cases.enums import STAFF_WORDS
from cases.models import Case, Turn
from cases.models.cases import CaseQuerySet
from common.references import InvalidReference, parse_reference

OWNERS = [("me", _("Mine")), ("nobody", _("Nobody yet"))]
STATES = [("open", _("Open")), ("closed", _("Closed")), ("all", _("All"))]


def found_by(cases: QuerySet[Case], text: str) -> QuerySet[Case]:
    """Cases whose reference, school, contact or short title holds every word; a reference may be written any way."""
    wanted = Q()
    for word in text[:100].split():
        wanted &= (
            Q(reference__icontains=word)
            | Q(title__icontains=word)
            | Q(supported_school__name__icontains=word)
            | Q(school_name_given__icontains=word)
            | Q(contact_name__icontains=word)
        )
    with suppress(InvalidReference):
        wanted |= Q(reference=parse_reference(text))
    return cases.filter(wanted)


class CaseFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Words or reference"), method="by_text")
    state = django_filters.ChoiceFilter(label=_("Open or closed"), choices=STATES, empty_label=None, method="by_state")
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        field_name="public_status",
        choices=[(status.value, words) for status, words in STAFF_WORDS.items()],
        empty_label=_("Any"),
    )
    owner = django_filters.ChoiceFilter(label=_("Owner"), choices=OWNERS, empty_label=_("Anybody"), method="by_owner")

    class Meta:
        model = Case
        fields: list[str] = []

    def by_text(self, cases: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        return found_by(cases, value)

    def by_state(self, cases: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        return cases if value == "all" else cases.filter(closed_at__isnull=value == "open")

    def by_owner(self, cases: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        return cases.filter(owner=self.request.user if value == "me" else None)


def with_next_due(cases: CaseQuerySet) -> CaseQuerySet:
    """Add `next_due`: the earliest due day of an open turn, in the same query."""
    earliest = Turn.objects.open().filter(case=OuterRef("pk")).order_by().values("case").annotate(day=Min("due_on")).values("day")
    return cases.annotate(next_due=Subquery(earliest)).select_related("supported_school", "owner")
