"""What is written once."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.actions import Refusal


class IsFrozen(Refusal):
    """What binds somebody is not changed or deleted after it was written; there is a new one instead."""


class Frozen(models.Model):
    """A row that is written once. The database's PROTECT and this keep it; only the law's erasure goes past."""

    never_changed: ClassVar[Any] = _("This is never changed.")
    never_deleted: ClassVar[Any] = _("This is never deleted.")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise IsFrozen(self.never_changed)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise IsFrozen(self.never_deleted)
