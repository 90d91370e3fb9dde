"""The parts of plans and evaluations that come several times; each keeps its id through drafts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from s2s_workflow.enums import Judgement


class ObjectiveBlock(blocks.StructBlock):
    """One objective with its success criterion, linked to pupils' performance (W7)."""

    objective = blocks.TextBlock(label=_("Objective"), max_length=1000)
    measure = blocks.CharBlock(label=_("Measure"), max_length=200)
    baseline = blocks.CharBlock(label=_("Where it stands"), max_length=200)
    target = blocks.CharBlock(label=_("Target"), max_length=200)
    owner = blocks.CharBlock(label=_("Owner"), max_length=200)
    due_on = blocks.DateBlock(label=_("By"))

    class Meta:
        icon = "tick"
        label = _("Objective")


class JudgementBlock(blocks.StructBlock):
    """What became of one objective. `objective_id` is the id of its block in the plan."""

    objective_id = blocks.CharBlock(label=_("Objective"), max_length=36)
    judgement = blocks.ChoiceBlock(label=_("Judgement"), choices=Judgement.choices)
    evidence = blocks.TextBlock(label=_("Evidence"), max_length=5000)

    class Meta:
        icon = "tick"
        label = _("Judgement")
