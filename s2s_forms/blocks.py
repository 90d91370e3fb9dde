"""The blocks of a process page: an ordered timeline of steps (P1)."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from s2s_forms.enums import StepIcon


class StepBlock(blocks.StructBlock):
    """One step: who acts, what it covers, what comes of it, how long it usually takes."""

    title = blocks.CharBlock(label=_("Title"), max_length=100)
    icon = blocks.ChoiceBlock(label=_("Picture"), choices=StepIcon.choices, default=StepIcon.WORK)
    who = blocks.CharBlock(label=_("Who acts"), max_length=100)
    text = blocks.RichTextBlock(label=_("What it covers"), features=["bold", "link", "ul", "ol"])
    result = blocks.CharBlock(label=_("What happens next, or what you get"), max_length=200, required=False)
    duration = blocks.CharBlock(label=_("How long it usually takes"), max_length=100, required=False)
    documents = blocks.ListBlock(DocumentChooserBlock(label=_("Document")), label=_("Documents"), required=False, default=[])

    class Meta:
        icon = "list-ol"
        label = _("Step of this protocol")
