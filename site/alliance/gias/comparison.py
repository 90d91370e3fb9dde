"""What an extract would change: compared before anything is written, so that a second run writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from alliance.gias.schools import SchoolRow
from alliance.models import School


@dataclass
class Differences:
    """Rows of schools we do not have, and rows that differ from what we have, with the fields that do."""

    new: list[SchoolRow] = field(default_factory=list)
    changed: list[SchoolRow] = field(default_factory=list)
    changed_fields: list[set[str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed)


def differences_of(rows: Sequence[SchoolRow], fields: Sequence[str]) -> Differences:
    """Compare rows with the schools we have, in one query."""
    known = {
        urn: values for urn, *values in School.objects.filter(urn__in=[row.urn for row in rows]).order_by().values_list("urn", *fields)
    }
    found = Differences()
    for row in rows:
        have = known.get(row.urn)
        if have is None:
            found.new.append(row)
        elif different := {name for name, before, after in zip(fields, have, row.values, strict=True) if before != after}:
            found.changed.append(row)
            found.changed_fields.append(different)
    return found
