"""Protocol versions: what a process page said, in every language, at the moment it was published (P2)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from cases.models import ProtocolVersion
from s2s_forms.models import ProcessPage, ProcessStep


def resolve_content(page: ProcessPage) -> dict[str, Any]:
    """The wording of a process page in each language it is live in: language code → title, introduction, steps, closing."""
    translations = (
        ProcessPage.objects.filter(translation_key=page.translation_key, live=True)
        .select_related("locale")
        .order_by("locale__language_code")
    )
    return {translation.locale.language_code: _wording(translation) for translation in translations}


def _wording(page: ProcessPage) -> dict[str, Any]:
    return {
        "title": page.title,
        "introduction": page.introduction,
        "steps": [step.as_stored() for step in page.timeline],
        "closing": page.closing,
    }


def content_hash(content: dict[str, Any], rules: dict[str, Any]) -> str:
    """SHA-256 of content and rules as canonical JSON: keys sorted, no spaces, UTF-8."""
    canonical = json.dumps({"content": content, "rules": rules}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def current_version(protocol_key: str) -> ProtocolVersion | None:
    """The version that a case starting now follows."""
    return ProtocolVersion.objects.filter(protocol_key=protocol_key).order_by("-number").first()


def pages_showing(step: ProcessStep) -> list[ProcessPage]:
    """Live process pages that show a shared step, in any language."""
    return [page for page in ProcessPage.objects.live().order_by("path") if step.translation_key in page.shared_steps]


@dataclass(frozen=True)
class VersionInUse:
    version: ProtocolVersion
    open_cases: int
    is_current: bool


def versions_in_use(protocol_keys: Iterable[str]) -> list[VersionInUse]:
    """The current version of each protocol, and every earlier one that open cases still follow; each with the number of those."""
    is_open = Count("cases", filter=Q(cases__closed_at=None))
    versions = ProtocolVersion.objects.filter(protocol_key__in=list(protocol_keys)).annotate(open_cases=is_open)
    newest: dict[str, int] = {}
    found = []
    for version in versions.order_by("protocol_key", "-number"):
        is_current = newest.setdefault(version.protocol_key, version.number) == version.number
        if is_current or version.open_cases:
            found.append(VersionInUse(version, version.open_cases, is_current))
    return found
