"""What a draft answers: whether its steps hold, what is still missing, and everything in words."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict

from cases.fields import FilesField
from s2s_forms.models import RequestDraft, RequestPage
from s2s_forms.request_form.step_form import QUERY, StepForm
from s2s_forms.request_form.steps import Answer, Step, as_data, in_words, steps_for


class Answered:
    """
    A draft's answers to the questions of a page, in its words: those of the visitor's language. Each step is checked once; after the
    draft was changed, make another.
    """

    def __init__(self, page: RequestPage, draft: RequestDraft) -> None:
        self.draft = draft
        self.steps = steps_for(page.form, draft.answers)
        """Those that the draft's requester is asked."""

    @cached_property
    def first_incomplete(self) -> Step | None:
        """The first step that was not answered, or whose answers do not hold; None when the request can be sent."""
        return next((step for step, form in self._forms if not (self._was_seen(form) and form.is_valid())), None)

    @property
    def values(self) -> dict[str, Any]:
        """Every answer by the name of its question, checked."""
        return {name: value for _step, form in self._forms for name, value in form.cleaned_data.items()}

    @property
    def questions(self) -> set[str]:
        return {question.name for step in self.steps for question in step.questions}

    def in_words(self) -> list[Answer]:
        """What was answered, in order. The check page and the stored snapshot are the same list."""
        sent: dict[str, list[str]] = {}
        for one in self.draft.files.select_related("private_file"):
            sent.setdefault(one.question, []).append(one.private_file.original_name)
        return [
            Answer(step.slug, str(field.label), in_words(field, sent.get(name, []) if isinstance(field, FilesField) else value), name)
            for step, form in self._forms
            for name, field, value in _fields(form)
            if not _is_nothing(value) or field.required or name in sent
        ]

    @cached_property
    def _forms(self) -> list[tuple[Step, StepForm]]:
        sent = {one.question for one in self.draft.files.all()}
        return [(step, _checked(step, self.draft.answers, sent)) for step in self.steps]

    def _was_seen(self, form: StepForm) -> bool:
        """Questions of files leave no answer behind; every other one does, if an empty one."""
        return all(name in self.draft.answers for name, field, _value in _fields(form) if not isinstance(field, FilesField))


def _checked(step: Step, answers: dict[str, Any], files_of: set[str]) -> StepForm:
    """The step's form filled with kept answers, to be asked whether they (still) hold."""
    data = QueryDict(mutable=True)
    form = StepForm(step, data=data, answers=answers, files_of=files_of)
    for name, field in form.fields.items():
        for key, value in as_data(field, name, answers.get(name, "")).items():
            data.setlist(key, value if isinstance(value, list) else [value])
    form.full_clean()
    return form


def _fields(form: StepForm) -> list[tuple[str, forms.Field, Any]]:
    return [(name, field, form.cleaned_data.get(name)) for name, field in form.fields.items() if name != QUERY]


def _is_nothing(value: Any) -> bool:
    """Whether nothing was said; nought is an answer."""
    return value is None or value is False or value in ("", [])
