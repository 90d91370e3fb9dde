"""Whether signed records still say what their leaders signed."""

from __future__ import annotations

from collections.abc import Iterator

from health_checks.models import Record
from health_checks.record_text import sha256_of


def mismatches() -> Iterator[str]:
    """Each record that is not as it was signed, in a sentence that tells nothing of what is written in it."""
    known = _hashes_of_history()
    for record in Record.objects.select_related("day__series__case", "text").order_by("pk").iterator():
        if record.sha256 and (found := sha256_of(record.day, record.text)) != record.sha256:
            yield f"Record {record}: the text has the hash {found}, not {record.sha256}."
        if known.get(record.pk, set()) != ({record.sha256} - {""}):
            yield f"Record {record}: its history has another hash."


def _hashes_of_history() -> dict[int, set[str]]:
    """Record's key → every hash that its history has of it: one, once it is signed."""
    found: dict[int, set[str]] = {}
    for day, sha256 in Record.history.exclude(sha256="").values_list("day_id", "sha256").iterator():
        found.setdefault(day, set()).add(sha256)
    return found
