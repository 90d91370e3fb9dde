"""The blocks that an editor composes a request form of: steps, and the questions of each (R1)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from alliance.models import OrganisationKind
from s2s_forms.request_form.core_answers import CORE
from s2s_forms.request_form.extra_questions import EXTRA

CHOICES = ("choice", "several_choices")


def _kinds() -> list[tuple[str, str]]:
    return [(kind.key, kind.name) for kind in OrganisationKind.objects.all()]


class CoreQuestionBlock(blocks.StructBlock):
    """A question whose answer has its own place in a request; empty wording stands for the usual one, in both languages."""

    label = blocks.CharBlock(label=_("Question"), max_length=200, required=False, help_text=_("Leave it empty for the usual wording."))
    help = blocks.CharBlock(label=_("Help"), max_length=300, required=False, help_text=_("Leave it empty for the usual wording."))

    class Meta:
        icon = "form"
        group = _("What every request holds")


class ExtraQuestionBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Question"), max_length=200)
    help = blocks.CharBlock(label=_("Help"), max_length=300, required=False)
    is_needed = blocks.BooleanBlock(label=_("Needs an answer"), required=False)

    class Meta:
        group = _("Your own questions")


class NumberBlock(ExtraQuestionBlock):
    minimum = blocks.DecimalBlock(label=_("At least"), required=False)
    maximum = blocks.DecimalBlock(label=_("At most"), required=False)


class ChoicesBlock(ExtraQuestionBlock):
    options = blocks.ListBlock(blocks.CharBlock(max_length=200), label=_("Choices"))


class ConsentBlock(blocks.StructBlock):
    label = blocks.CharBlock(
        label=_("What is agreed to"), max_length=300, help_text=_("A sentence with a box beside it that has to be ticked.")
    )
    help = blocks.CharBlock(label=_("Help"), max_length=300, required=False)

    class Meta:
        group = _("Your own questions")


def _extra_block(kind: str, label: Any, icon: str) -> blocks.Block:
    classes = {"number": NumberBlock, "consent": ConsentBlock, **dict.fromkeys(CHOICES, ChoicesBlock)}
    found: type[blocks.Block] = classes.get(kind, ExtraQuestionBlock)
    return found(label=label, icon=icon)


class QuestionsBlock(blocks.StreamBlock):
    """The questions of one step: each core answer, and every kind of extra question."""

    def __init__(self, **kwargs: Any) -> None:
        core = [(name, CoreQuestionBlock(label=answer.label)) for name, answer in CORE.items()]
        extra = [(kind, _extra_block(kind, label, icon)) for kind, (label, icon, _make) in EXTRA.items()]
        super().__init__([*core, *extra], **kwargs)


class FormStepBlock(blocks.StructBlock):
    """One page of the journey."""

    title = blocks.CharBlock(label=_("Title"), max_length=100)
    introduction = blocks.RichTextBlock(label=_("Introduction"), features=["bold", "link", "ul", "ol"], required=False)
    only_for = blocks.MultipleChoiceBlock(
        label=_("Only for"),
        choices=_kinds,
        required=False,
        help_text=_("Who is asked this step. Nobody chosen: everybody. Who is asking has to be asked in an earlier step."),
    )
    questions = QuestionsBlock(label=_("Questions"))

    class Meta:
        icon = "list-ul"
        label = _("Step")
