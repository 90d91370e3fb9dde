"""All questions of a request page at once, for whoever takes a request by telephone (R5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from s2s_forms.models import RequestPage
from s2s_forms.request_form.core_answers import KIND, SCHOOL
from s2s_forms.request_form.step_form import QUERY, SCHOOL_NAME, StepForm
from s2s_forms.request_form.steps import Step, all_steps
from website.forms import PlainForm


class TelephoneForm(StepForm):
    """
    The questions of every step. What a step asks of some only has to be answered where that is who calls; the school is found by a
    button of the same form; `chosen` is the school that was, which stays through another search.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, page: RequestPage, *args: Any, chosen: str = "", **kwargs: Any) -> None:
        self.steps = all_steps(page.form)
        every = Step("telephone", "", self.steps[0].introduction, (), tuple(question for step in self.steps for question in step.questions))
        super().__init__(every, *args, answers={SCHOOL: chosen}, **kwargs)
        self.fields[QUERY].widget.attrs["class"] = "input"
        kind = (self.data or {}).get(KIND, "")
        for step in self.steps:
            if not step.is_asked(kind):
                for question in step.questions:
                    self.fields[question.name].required = False

    def fill(self, data: QueryDict) -> None:
        """Show what was typed, unchecked."""
        for name, field in self.fields.items():
            self.initial[name] = field.widget.value_from_datadict(data, MultiValueDict(), name)

    def sections(self) -> list[tuple[Step, list[Any]]]:
        """Each step with its bound fields, for the template; the school's search has a place of its own."""
        return [(step, [self[name] for name in self._names(step)]) for step in self.steps]

    def _names(self, step: Step) -> list[str]:
        names = [question.name for question in step.questions]
        return [*names, SCHOOL_NAME] if step.finds_school else names


class LanguageForm(PlainForm):
    """In which language the caller is written to; asked where the request page is in more than one."""

    page = forms.ChoiceField(label=_("In which language shall we write to them?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, pages: Sequence[RequestPage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["page"]
        field.choices = [(str(page.pk), page.locale.get_display_name()) for page in pages]
