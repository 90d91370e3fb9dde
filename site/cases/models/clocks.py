"""Promise clocks: what the alliance promises to do by when. Editable; plugins add their own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import History


class PromiseClock(models.Model):
    """One promise, in working days from its start: FIRST_ANSWER ships with 2, ANSWER_QUESTION with 5, CHECK_ROLE with 2."""

    key = models.CharField(_("key"), max_length=40, unique=True, editable=False)
    promise = models.CharField(_("promise"), max_length=200)
    working_days = models.PositiveSmallIntegerField(_("working days"))

    history = History()

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.promise
