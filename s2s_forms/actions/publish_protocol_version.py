from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from cases.models import ProtocolVersion
from common.actions import By, action
from s2s_forms.models import ProcessPage
from s2s_forms.protocols import content_hash, current_version, resolve_content


@action
def publish_protocol_version(*, page: ProcessPage, by: By, at: datetime) -> ProtocolVersion | None:
    """
    Freeze what a published process page says as the next version of its protocol (P2).

    Cases that run keep theirs. Publishing the same words again makes none: the present version is returned.
    None while no language of the page is live. Of two that publish at once, the later one makes the version after the earlier one's,
    with the words of both.
    """
    while True:
        present = current_version(page.protocol_key)  # read first: words read before a version of somebody else's may be older than it
        content = resolve_content(page)
        if not content:
            return None
        digest = content_hash(content, page.rules)
        if present is not None and present.sha256 == digest:
            return present
        version = ProtocolVersion(
            protocol_key=page.protocol_key,
            number=present.number + 1 if present else 1,
            title=content.get(settings.LANGUAGE_CODE, next(iter(content.values())))["title"],
            content=content,
            rules=page.rules,
            sha256=digest,
            published_at=at,
        )
        try:
            with transaction.atomic():
                version.save(force_insert=True)
        except IntegrityError:
            if not ProtocolVersion.objects.filter(protocol_key=page.protocol_key, number=version.number).exists():
                raise
        else:
            return version
