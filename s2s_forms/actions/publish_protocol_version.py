from datetime import datetime

from cases.models import ProtocolVersion
from common.actions import By, action
from s2s_forms.models import ProcessPage
from s2s_forms.protocols import content_hash, current_version, resolve_content


@action
def publish_protocol_version(*, page: ProcessPage, by: By, at: datetime) -> ProtocolVersion | None:
    """
    Freeze what a published process page says as the next version of its protocol (P2).

    Cases that run keep theirs. Publishing the same words again makes none: the present version is returned.
    None while no language of the page is live.
    """
    content = resolve_content(page)
    if not content:
        return None
    digest = content_hash(content, page.rules)
    present = current_version(page.protocol_key)
    if present is not None and present.sha256 == digest:
        return present
    return ProtocolVersion.objects.create(
        protocol_key=page.protocol_key,
        number=present.number + 1 if present else 1,
        title=page.title,
        content=content,
        rules=page.rules,
        sha256=digest,
        published_at=at,
    )
