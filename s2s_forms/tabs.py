"""The tabs of the case page with the request as it was sent, and the process that the case follows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from cases.contributions import CaseTab
from cases.models import Case, ProtocolVersion
from s2s_forms.models import SupportRequest
from s2s_forms.protocols import current_version


def request_tab(case: Case) -> list[CaseTab]:
    request = SupportRequest.objects.filter(case=case).first()
    if request is None:
        return []

    def context() -> dict[str, Any]:
        return {"support_request": request}

    return [CaseTab("request", _("The request"), "s2s_forms/request_tab.html", context, 150)]


def process_tab(case: Case) -> list[CaseTab]:
    """The version of the protocol that the case started under, whatever was published since (P2)."""
    version = case.protocol_version
    if version is None or not version.content:
        return []
    return [CaseTab("process", _("The process"), "s2s_forms/process_tab.html", lambda: _process(version), 900, for_onlookers=True)]


def _process(version: ProtocolVersion) -> dict[str, Any]:
    """In the reader's language; where it was never published in that, in the alliance's own, and marked so."""
    current = current_version(version.protocol_key)
    wanted = translation.get_language() or settings.LANGUAGE_CODE
    found = next((language for language in (wanted, settings.LANGUAGE_CODE) if language in version.content), next(iter(version.content)))
    return {
        "version": version,
        "words": version.content[found],
        "language": found if found != wanted else "",
        "newer": current if current and current.number > version.number else None,
    }
