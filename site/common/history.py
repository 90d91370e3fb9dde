"""Full history (A1): who changed what, when and why, of every domain record."""

from __future__ import annotations

from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords

from common.actions import current_actor, current_actor_name, current_reason


class RecordedBy(models.Model):
    """What each history row adds to simple-history's: the actor as text, also when it is no user."""

    history_actor = models.TextField(default=current_actor_name, editable=False)
    wagtail_reference_index_ignore = True  # what a row referred to once is no use of it

    class Meta:
        abstract = True


def _user_of_actor(**kwargs: Any) -> Any:
    actor = current_actor()
    return actor.user if actor else None


class History(HistoricalRecords):
    """
    The one recorder: user, reason and actor come from the running action or the request.

    Rows survive the deletion of what they describe. A text field `history_actor` names jobs and link holders.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(bases=(RecordedBy,), get_user=_user_of_actor, **options)

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        """Leave a recorded model out of Wagtail's index of references, unless it says otherwise: that is for pages and pictures."""
        if "wagtail_reference_index_ignore" not in vars(cls):
            cls.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # Wagtail asks for it
        super().contribute_to_class(cls, name)

    def get_change_reason_for_object(self, instance: models.Model, history_type: str, using: str | None) -> str | None:
        return super().get_change_reason_for_object(instance, history_type, using) or current_reason() or None

    def post_save(self, instance: models.Model, created: bool, using: str | None = None, **kwargs: Any) -> None:
        """Skip a save that touches untracked fields only, such as the time of the last sign-in."""
        updated = kwargs.get("update_fields")
        if updated and set(updated) <= set(self.excluded_fields):
            return
        super().post_save(instance, created, using=using, **kwargs)

    def m2m_changed(self, instance: models.Model, action: str, attr: str, pk_set: set[Any] | None, reverse: bool, **kwargs: Any) -> None:
        """Record a change made from the other side too (`group.user_set.add(user)`), once for each tracked object."""
        if not reverse:
            super().m2m_changed(instance, action, attr, pk_set, reverse, **kwargs)
            return
        tracked, cleared = kwargs["model"], f"_cleared_from_{attr}"
        if action == "pre_clear":
            setattr(instance, cleared, set(tracked._base_manager.filter(**{attr: instance}).values_list("pk", flat=True)))
        changed = getattr(instance, cleared) if action == "post_clear" else pk_set
        if action in ("post_add", "post_remove", "post_clear"):
            for one in tracked._base_manager.filter(pk__in=changed):
                self.create_historical_record(one, "~")
