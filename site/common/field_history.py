"""What people read of the field history: who, when, why, and each field before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Any

from django.db import models
from django.utils.formats import localize
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One row of history, in words."""

    at: datetime
    who: str
    what: str
    reason: str
    changes: list[Change] = field(default_factory=list)


Related = dict[type[models.Model], dict[Any, models.Model]]
Members = dict[Any, dict[str, list[Any]]]


def entries(rows: Sequence[Any], *, before: Any | None) -> list[Entry]:
    """
    Describe rows of one object's history, newest first; `before` is the row that precedes the oldest of them.

    A model may name fields in `kept_from_field_history`: that they changed is told, and not what they say.
    simple-history's own `diff_against` leaves out fields that no form edits, such as who verified something;
    those are the ones auditors look for, so the comparison here takes every tracked field. The number of
    queries does not depend on the number of rows.
    """
    if not rows:
        return []
    olders = [*rows[1:], before]
    everything = [*rows, *([before] if before else [])]
    members = _members(everything)
    related = _related(everything, members)
    return [
        Entry(
            at=row.history_date,
            who=_who(row),
            what={"+": _("Created"), "~": _("Changed"), "-": _("Deleted")}[row.history_type],
            reason=row.history_change_reason or "",
            changes=list(_changes(row, older, members, related)),
        )
        for row, older in zip(rows, olders, strict=True)
    ]


def _who(row: Any) -> str:
    return row.history_actor or (str(row.history_user) if row.history_user else _("The system"))


def _changes(row: Any, older: Any | None, members: Members, related: Related) -> Iterable[Change]:
    for tracked in row.tracked_fields:
        if tracked.primary_key:
            continue  # the page is about it
        before, after = getattr(older, tracked.attname, None), getattr(row, tracked.attname)
        if before != after and not (older is None and after in ("", None, [])):
            if tracked.name in getattr(row.instance_type, "kept_from_field_history", ()):
                yield Change(_label(tracked), _("not shown here"), _("not shown here"))
                continue
            yield Change(_label(tracked), _shown(older, tracked, related), _shown(row, tracked, related))
    for tracked in row._history_m2m_fields:
        before, after = (members[one.pk][tracked.name] if one else [] for one in (older, row))
        if before != after:
            found = related[tracked.related_model]
            yield Change(_label(tracked), *(_listed(found, keys) for keys in (before, after)))


def _label(tracked: models.Field) -> str:
    return str(capfirst(tracked.verbose_name))


def _shown(row: Any | None, tracked: models.Field, related: Related) -> str:
    value = getattr(row, tracked.attname, None)
    if value is None:
        return ""
    if isinstance(tracked, models.ForeignKey):
        return _listed(related[tracked.related_model], [value])
    display = getattr(row, f"get_{tracked.name}_display", None)
    if display:
        return str(display())
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        value = localtime(value)
    if isinstance(value, StreamValue):
        return " ".join(unescape(strip_tags(str(value).replace("<", " <"))).split())
    return str(localize(value))


def _listed(found: dict[Any, models.Model], keys: Iterable[Any]) -> str:
    """Names of related objects; the key alone of one that is gone."""
    return ", ".join(str(found[key]) if key in found else f"({key})" for key in keys)


def _members(rows: Sequence[Any]) -> Members:
    """Row → many-to-many field → keys of the related objects at that moment."""
    found: Members = {row.pk: defaultdict(list) for row in rows}
    for tracked in rows[0]._history_m2m_fields:
        through, target = getattr(type(rows[0]), tracked.name).model, tracked.m2m_reverse_field_name()
        for history, key in through.objects.filter(history__in=[row.pk for row in rows]).order_by(target).values_list("history", target):
            found[history][tracked.name].append(key)
    return found


def _related(rows: Sequence[Any], members: Members) -> Related:
    """Every object that the rows name, one query a model, with what their own names are made of."""
    keys: dict[type[models.Model], set[Any]] = defaultdict(set)
    for tracked in rows[0].tracked_fields:
        if isinstance(tracked, models.ForeignKey):
            keys[tracked.related_model] |= {getattr(row, tracked.attname) for row in rows} - {None}
    for tracked in rows[0]._history_m2m_fields:
        keys[tracked.related_model] |= {key for row in rows for key in members[row.pk][tracked.name]}
    return {model: model._base_manager.select_related(*_required_relations(model)).in_bulk(wanted) for model, wanted in keys.items()}


def _required_relations(model: type[models.Model]) -> list[str]:
    return [one.name for one in model._meta.fields if isinstance(one, models.ForeignKey) and not one.null]
