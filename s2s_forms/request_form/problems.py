"""Why a form cannot be published: what it lacks, and where it contradicts itself (R1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from alliance.models import OrganisationKind
from s2s_forms.request_form.core_answers import CORE, KIND, ORGANISATION
from s2s_forms.request_form.steps import Question, Step, all_steps


def problems_of(form: Any, *, kinds_as_they_are: bool = True) -> list[str]:
    """
    A sentence for each thing that has to be mended before the form can take requests; empty when it can. The editor is also told of
    kinds of requester, as they are now, who would not be asked for their organisation.
    """
    steps = all_steps(form)
    return [
        *_core_answers(steps),
        *_conditions(steps, kinds_as_they_are=kinds_as_they_are),
        *(problem for step in steps for problem in _within(step)),
    ]


def _core_answers(steps: list[Step]) -> Iterator[str]:
    """Each core answer is asked for once, and none that is needed is missing."""
    asked = Counter(question.name for step in steps for question in step.questions if question.is_core)
    for name, core in CORE.items():
        if core.is_needed and not asked[name]:
            yield _("“%(question)s” is missing: every request holds it.") % {"question": core.label}
        if asked[name] > 1:
            yield _("“%(question)s” is asked %(number)d times. Ask it once.") % {"question": core.label, "number": asked[name]}


def _conditions(steps: list[Step], *, kinds_as_they_are: bool) -> Iterator[str]:
    """What everybody has to answer is asked of everybody; who is asking is known before a step depends on it."""
    is_known = False
    for step in steps:
        if step.only_for and not is_known:
            yield _("“%(step)s” is for some only, but comes before the step that asks who is asking.") % {"step": step.title}
        for question in step.questions if step.only_for else ():
            if question.is_core and CORE[question.kind].is_needed and question.name != ORGANISATION:
                yield _("“%(question)s” has to be asked of everybody, and “%(step)s” is for some only.") % {
                    "question": CORE[question.kind].label, "step": step.title,
                }  # fmt: skip
            if kinds_as_they_are and question.name == ORGANISATION and (left_out := _organisations_left_out(step)):
                yield _("“%(question)s” has to be asked of: %(kinds)s.") % {"question": CORE[ORGANISATION].label, "kinds": left_out}
        is_known = is_known or any(question.name == KIND for question in step.questions)


def _organisations_left_out(step: Step) -> str:
    kinds = OrganisationKind.objects.filter(is_school=False).exclude(key__in=step.only_for)
    return ", ".join(kind.name for kind in kinds)


def _within(step: Step) -> Iterator[str]:
    if not step.questions:
        yield _("“%(step)s” asks nothing.") % {"step": step.title}
    if step.finds_school and len(step.questions) > 1:
        yield _("The school is found on a page of its own: move the other questions of “%(step)s” to another step.") % {"step": step.title}
    for question in step.questions:
        if not question.is_core:
            yield from (
                _("“%(question)s”: %(problem)s") % {"question": question.value["label"], "problem": text} for text in _extra(question)
            )


def _extra(question: Question) -> Iterator[str]:
    if "options" in question.value:
        options = [option.strip().casefold() for option in question.value["options"]]
        if len(options) < 2:
            yield _("give at least two choices.")
        if len(set(options)) < len(options):
            yield _("two choices are the same.")
    if question.kind == "number":
        least, most = question.value["minimum"], question.value["maximum"]
        if least is not None and most is not None and least > most:
            yield _("“at least” is above “at most”.")
