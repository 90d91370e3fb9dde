from collections.abc import Collection
from datetime import datetime

from alliance.models import User
from common.actions import By, action
from outbox.kinds import message_kinds
from outbox.models import MutedKind


@action
def choose_messages(*, user: User, wanted: Collection[str], by: By, at: datetime) -> None:
    """Set which kinds of message a person gets; kinds that cannot be muted are always sent."""
    muted = {key for key, kind in message_kinds().items() if kind.can_be_muted and key not in wanted}
    before = {row.kind: row for row in MutedKind.objects.filter(user=user)}
    for key in before.keys() - muted:
        before[key].delete()
    for key in sorted(muted - before.keys()):
        MutedKind.objects.create(user=user, kind=key)
