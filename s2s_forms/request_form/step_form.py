"""The form of one step: its questions in their order, and what they need of each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alliance.models import OrganisationKind, School
from cases.fields import FilesField
from s2s_forms.request_form.core_answers import KIND, ORGANISATION, SCHOOL
from s2s_forms.request_form.steps import Step, as_initial
from website.forms import PlainForm

NOT_LISTED = "not-listed"
MOST_FOUND = 15
SCHOOL_NAME, QUERY = "school_name", "q"


class StepForm(PlainForm):
    """
    The questions of a step. `answers` are those kept so far, by name; `files_of` names the questions that files were sent for already;
    `q` is what the visitor looks for among the schools.
    """

    def __init__(
        self, step: Step, *args: Any, answers: Mapping[str, Any], files_of: Collection[str] = (), q: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.answers = answers
        for question in step.questions:
            field = self.fields[question.name] = question.make_field()
            field.initial = as_initial(field, answers.get(question.name))
            if isinstance(field, FilesField) and question.name in files_of:
                field.required = False
            if question.name == SCHOOL:
                self._add_finder(q)

    def _add_finder(self, q: str) -> None:
        """Schools to choose from: those found, the one chosen before, and “not listed” with a name of its own."""
        self.fields[QUERY] = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
        self.fields[SCHOOL_NAME] = forms.CharField(
            label=_("Name of the school, if it is not listed"), max_length=200, required=False, initial=self.answers.get(SCHOOL_NAME)
        )
        self.query = q
        picked = (self.data or {}).get(SCHOOL) or self.answers.get(SCHOOL)
        found = list(School.objects.found_by(q)[: MOST_FOUND + 1]) if q else []
        self.too_many = len(found) > MOST_FOUND
        self.found = found[:MOST_FOUND]
        if picked and picked != NOT_LISTED and picked not in {school.pk for school in self.found}:
            self.found = [*School.objects.open().filter(pk=str(picked)[:6].replace("\x00", "")), *self.found]
        choices = [(school.pk, f"{school.name} ({school.place})" if school.place else school.name) for school in self.found]
        self.fields[SCHOOL].choices = [*choices, (NOT_LISTED, _now("The school is not listed"))]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get(SCHOOL) == NOT_LISTED and not data.get(SCHOOL_NAME):
            self.add_error(SCHOOL_NAME, _("Give the name of the school"))
        kind = data.get(KIND) or self.answers.get(KIND)
        if ORGANISATION in self.fields and kind and not data.get(ORGANISATION) and not _asks_for_itself(kind):
            self.add_error(ORGANISATION, _("Give the name of your organisation"))
        return data


def _asks_for_itself(kind: str) -> bool:
    return OrganisationKind.objects.filter(key=kind, is_school=True).exists()
