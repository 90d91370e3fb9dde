"""
Publishing a process page or a step that it shares, or taking one off, makes a protocol version. What was answered goes when a case is
anonymised.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.signals import page_published, page_unpublished, published, unpublished

from cases.models import Case
from cases.signals import case_anonymised
from common.actions import Actor, current_actor
from common.personal_data import REMOVED, empty_record
from s2s_forms.actions.publish_protocol_version import publish_protocol_version
from s2s_forms.models import ProcessPage, ProcessStep, SupportRequest
from s2s_forms.protocols import pages_showing


def connect() -> None:
    page_published.connect(freeze_protocol, sender=ProcessPage)
    page_unpublished.connect(freeze_protocol, sender=ProcessPage)
    published.connect(freeze_protocols_of_step, sender=ProcessStep)
    unpublished.connect(freeze_protocols_of_step, sender=ProcessStep)
    case_anonymised.connect(forget_answers)


def forget_answers(case: Case, at: datetime, **kwargs: Any) -> None:
    """Of a request that came to nothing the kind of support and the time stay, for counts; none of what was answered."""
    request = SupportRequest.objects.filter(case=case).first()
    if request is not None:
        empty_record(request, focus=REMOVED, desired_outcome=REMOVED, already_tried="", answers=[])


def freeze_protocol(instance: ProcessPage, **kwargs: Any) -> None:
    publish_protocol_version(page=instance, by=current_actor() or Actor.job("publishing"), at=timezone.now())


def freeze_protocols_of_step(instance: ProcessStep, **kwargs: Any) -> None:
    for page in pages_showing(instance):
        freeze_protocol(page)
