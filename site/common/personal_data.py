"""Personal data in histories: the one place where a row of history is rewritten, because the law asks for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from common.actions import BY_FORM, BY_LINK
from common.history import RecordedBy

PersonalData = dict[str, Iterable[Any]]
"""What a hook answers: rows (dictionaries) by what they are."""
ERASED = "Erased person"
ERASED_ADDRESS = "erased@example.invalid"
"""What stands where a name stood. Data, so not translated."""
REMOVED = "Removed after the time for which it was kept"
"""What stands where something was written that nobody needs any more."""


def history_models() -> Iterator[type[Any]]:
    """The history of every recorded model, those of plugins too."""
    return (model for model in apps.get_models() if issubclass(model, RecordedBy))


def erase_actor(user: Model, *, addresses: Collection[str], names: Collection[str]) -> None:
    """
    Take a person's name out of who did what, in the history of every model; that somebody did it stays.

    What was done through private links is known by the name or address of the link's holder only: of two people of
    one name, both lose it there.
    """
    texts = [*addresses, *(f"{text} {how}" for text in (*addresses, *names) for how in (BY_LINK, BY_FORM))]
    for model in history_models():
        model._default_manager.filter(Q(history_user=user) | Q(history_actor__in=texts)).update(history_actor=ERASED)


def erase_senders(rows: QuerySet[Any]) -> None:
    """Take out of rows of history who did something without an account, by the name they gave, and what was given as the reason."""
    by_name = Q(history_actor__endswith=BY_LINK) | Q(history_actor__endswith=BY_FORM)
    rows.filter(by_name, history_user=None).update(history_actor=ERASED)
    rows.exclude(history_change_reason=None).exclude(history_change_reason="").update(history_change_reason=REMOVED)


def erase_in_history(instance: Any, **values: Any) -> None:
    """Overwrite fields in all history rows of one object."""
    instance.history.all().update(**values)


def empty_record(record: Any, **values: Any) -> None:
    """Write over fields of one object and of all its history, and take out of the history who gave which reason without an account."""
    for name, value in values.items():
        setattr(record, name, value)
    record.save()
    erase_in_history(record, **values)
    erase_senders(record.history.all())
