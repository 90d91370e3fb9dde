from datetime import datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from alliance.queries import people_with_role
from alliance.roles import Role, has_role
from common.actions import By, action
from outbox.actions.write_message import write_message
from outbox.models import OutboxMessage
from s2s_forms.models import ProcessPage

REVIEW_DUE = "protocol_review_due"
LOOK_AFTER_PROTOCOLS = (Role.EDITOR, Role.REVIEWER, Role.S2S_LEAD)


@action
def remind_of_reviews(*, by: By, at: datetime) -> int:
    """
    Tell the owner of each live protocol whose review is due, once for each date that was set. Returns how many messages.

    A page without an owner, or whose owner no longer looks after pages, is the S2S leads' to review. Translations follow their original.
    """
    number = 0
    due = ProcessPage.objects.live().filter(review_due_on__lte=timezone.localdate(at), alias_of=None)
    kind = ContentType.objects.get_for_model(ProcessPage)
    for page in due.filter(locale__language_code=settings.LANGUAGE_CODE).select_related("owner").order_by("pk"):
        asked = str(page.review_due_on)
        if OutboxMessage.objects.filter(kind=REVIEW_DUE, about_type=kind, about_id=str(page.pk), details__due=asked).exists():
            continue
        owner = page.owner
        people = [owner] if owner and has_role(owner, *LOOK_AFTER_PROTOCOLS) else list(people_with_role(Role.S2S_LEAD))
        number += sum(write_message(kind=REVIEW_DUE, about=page, at=at, to=person, due=asked) is not None for person in people)
    return number
