"""When schools are open: terms by local authority, and closures of an authority or of one school."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from alliance.models import School
from alliance.working_days import academic_year
from common.history import History

CODE_LENGTH = 10
"""As the register of schools keeps the codes of local authorities."""


class TermDate(models.Model):
    """
    One term of an academic year, for all schools of a local authority. `academic_year` is the year that one starts in.

    A term belongs to the academic year in which it ends: some begin with a training day on the last days of August.
    """

    local_authority_code = models.CharField(
        _("local authority code"), max_length=CODE_LENGTH, help_text=_("As in the register of schools, such as 815.")
    )
    academic_year = models.PositiveSmallIntegerField(_("academic year from"))
    name = models.CharField(_("term"), max_length=60)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    history = History()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["local_authority_code", "first_day"]
        constraints = [
            models.UniqueConstraint(fields=["local_authority_code", "academic_year", "name"], name="one_term_per_name_and_year"),
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")),
                name="term_ends_after_it_starts",
                violation_error_message=_("The last day is not before the first."),
            ),
            models.CheckConstraint(condition=~Q(local_authority_code=""), name="term_names_a_local_authority"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.local_authority_code}, {self.academic_year}/{(self.academic_year + 1) % 100:02}"

    def clean(self) -> None:
        super().clean()
        year = academic_year(self.last_day) if self.last_day else self.academic_year
        if self.academic_year != year:
            raise ValidationError({"academic_year": _t("This term ends in the academic year from September %(year)d.") % {"year": year}})


class Closure(models.Model):
    """Days on which schools are closed within a term: half term of an authority, or a training day of one school."""

    local_authority_code = models.CharField(_("local authority code"), max_length=CODE_LENGTH, blank=True)
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="closures", verbose_name=_("school"))
    name = models.CharField(_("name"), max_length=60, help_text=_("Such as half term, or training day."))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    history = History()

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ["first_day", "local_authority_code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["local_authority_code", "first_day"],
                condition=Q(school=None),
                name="one_closure_per_authority_and_day",
                violation_error_message=_("There is a closure of this authority from this day already."),
            ),
            models.UniqueConstraint(fields=["school", "first_day"], name="one_closure_per_school_and_day"),
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")),
                name="closure_ends_after_it_starts",
                violation_error_message=_("The last day is not before the first."),
            ),
            models.CheckConstraint(
                condition=(Q(school=None) & ~Q(local_authority_code="")) | Q(school__isnull=False, local_authority_code=""),
                name="closure_is_an_authoritys_or_a_schools",
                violation_error_message=_("Give a local authority or a school, not both."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {date_format(self.first_day, 'j F Y')}"
