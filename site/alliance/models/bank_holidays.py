"""Days on which schools and the alliance do not work, beside weekends."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import History


class BankHoliday(models.Model):
    """A public holiday in England. Editable: years are added, and a day may be moved by proclamation."""

    date = models.DateField(_("date"), unique=True, error_messages={"unique": _("This day is in the table already.")})
    name = models.CharField(_("name"), max_length=100)

    history = History()

    class Meta:
        verbose_name = _("bank holiday")
        verbose_name_plural = _("bank holidays")
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.name}, {self.date:%d/%m/%Y}"
