"""Publishing a process page or a step that it shares, or taking one off, makes a protocol version."""

from typing import Any

from django.utils import timezone
from wagtail.signals import page_published, page_unpublished, published, unpublished

from common.actions import Actor, current_actor
from s2s_forms.actions.publish_protocol_version import publish_protocol_version
from s2s_forms.models import ProcessPage, ProcessStep
from s2s_forms.protocols import pages_showing


def connect() -> None:
    page_published.connect(freeze_protocol, sender=ProcessPage)
    page_unpublished.connect(freeze_protocol, sender=ProcessPage)
    published.connect(freeze_protocols_of_step, sender=ProcessStep)
    unpublished.connect(freeze_protocols_of_step, sender=ProcessStep)


def freeze_protocol(instance: ProcessPage, **kwargs: Any) -> None:
    publish_protocol_version(page=instance, by=current_actor() or Actor.job("publishing"), at=timezone.now())


def freeze_protocols_of_step(instance: ProcessStep, **kwargs: Any) -> None:
    for page in pages_showing(instance):
        freeze_protocol(page)
