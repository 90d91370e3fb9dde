"""The blocks that editors build pages of. Pictures, pages and documents are fetched once per kind of block, however many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from website.contacts import Contact, contact_choices, contact_for
from website.pictures import fetch_renditions
from website.tree import page_tree

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]
ICONS = [
    ("ask", _("Speech bubble with a question mark")),
    ("listen", _("Headset")),
    ("together", _("Handshake")),
    ("team", _("Two people")),
    ("meet", _("Calendar with a tick")),
    ("plan", _("Checklist")),
    ("sign", _("Pen")),
    ("work", _("A way forward")),
    ("pulse", _("Heart with a pulse")),
    ("review", _("Magnifying glass")),
    ("story", _("Open book")),
    ("money", _("Pound")),
    ("school", _("School")),
    ("flag", _("Flag")),
]


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **options: Any) -> None:
        super().__init__(**{"features": TEXT_FEATURES, **options})


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=120)
    level = blocks.ChoiceBlock(label=_("Size"), choices=[("h2", _("Section")), ("h3", _("Smaller, inside a section"))], default="h2")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """With the anchor, so that a section can be linked to."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return {**context, "anchor": slugify(value["text"])}

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "website/blocks/heading.html"


class PictureImageBlock(ImageBlock):
    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        images: list[Any] = super().bulk_to_python(values)
        fetch_renditions(images, "text")
        return images


class PictureBlock(blocks.StructBlock):
    image = PictureImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "website/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("What was said"), rows=3, max_length=600)
    by = blocks.CharBlock(label=_("Who said it"), required=False, max_length=120, help_text=_("A role is often better than a name."))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "website/blocks/quote.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Step"), max_length=120)
    text = TextBlock(label=_("What happens"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Numbered steps")
        template = "website/blocks/steps.html"


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = TextBlock(label=_("Text"))
    tone = blocks.ChoiceBlock(
        label=_("Tone"), choices=[("accent", _("Worth knowing")), ("note", _("A note")), ("warning", _("Take care"))], default="accent"
    )

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "website/blocks/callout.html"


class ContactBlock(blocks.StructBlock):
    contact = blocks.ChoiceBlock(
        label=_("Contact"),
        choices=contact_choices,
        help_text=_("Names and numbers come from Contacts, so that they are changed in one place."),
    )
    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=80, help_text=_("Such as “Rather talk first?”"))

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        found: Contact | None = contact_for(value["contact"])
        return {**context, "contact": found}

    class Meta:
        icon = "user"
        label = _("Contact")
        template = "website/blocks/contact.html"


class DocumentsBlock(blocks.StructBlock):
    documents = blocks.ListBlock(DocumentChooserBlock(), label=_("Documents"), min_num=1)

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        template = "website/blocks/documents.html"


class PageLinkBlock(blocks.PageChooserBlock):
    """A page to link to. A live one comes from the remembered tree; its fields are read when somebody asks for them."""

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        wanted, known = list(values), page_tree().by_id
        found = (
            dict(zip(others, super().bulk_to_python(others), strict=True)) if (others := [pk for pk in wanted if pk not in known]) else {}
        )
        return [self.model_class.from_db(None, ["id"], [pk]) if pk in known else found[pk] for pk in wanted]

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.PageChooserBlock", args, kwargs


class LinkTarget(blocks.StructValue):
    @property
    def address(self) -> str:
        """Where the link leads in the reader's language; empty when the page is not live."""
        if not self["page"]:
            return str(self["url"])
        row = page_tree().in_language(self["page"].pk, get_language() or settings.LANGUAGE_CODE)
        return row.url if row else ""


class LinkTargetBlock(blocks.StructBlock):
    """A link to a page of this site or to another address."""

    page = PageLinkBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("or another address"), required=False)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            raise StructBlockValidationError(block_errors={"page": ValidationError(_("Choose a page or give an address, one of the two."))})
        return cleaned

    class Meta:
        value_class = LinkTarget


class ButtonBlock(LinkTargetBlock):
    text = blocks.CharBlock(label=_("What the button says"), max_length=60, help_text=_("What will happen, such as “Request support”."))
    style = blocks.ChoiceBlock(label=_("Weight"), choices=[("main", _("Main")), ("quiet", _("Quiet"))], default="main")

    class Meta:
        icon = "link"
        label = _("Button")
        template = "website/blocks/button.html"


class FactBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=120)
    value = blocks.CharBlock(label=_("Value"), max_length=120)


class FactsBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("What the table shows"), max_length=120)
    facts = blocks.ListBlock(FactBlock(), label=_("Rows"), min_num=1)
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=200)

    class Meta:
        icon = "table"
        label = _("Table of facts")
        template = "website/blocks/facts.html"


class BodyBlock(blocks.StreamBlock):
    """What the body of a page may hold."""

    heading = HeadingBlock()
    paragraph = TextBlock(label=_("Text"), icon="pilcrow")
    picture = PictureBlock()
    quote = QuoteBlock()
    steps = StepsBlock()
    callout = CalloutBlock()
    contact = ContactBlock()
    documents = DocumentsBlock()
    button = ButtonBlock()
    facts = FactsBlock()


class WayInBlock(LinkTargetBlock):
    """One of the ways in on the home page."""

    icon = blocks.ChoiceBlock(label=_("Icon"), choices=ICONS, default="together")
    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Who it is for and what they get"), rows=3, max_length=300)
    action = blocks.CharBlock(label=_("What the button says"), max_length=60)

    class Meta:
        icon = "arrow-right"
        label = _("Way in")
        template = "website/blocks/way_in.html"


PARTS = [
    ("supported_school", _("Supported school")),
    ("supporting_school", _("Supporting school")),
    ("leader", _("System leader")),
    ("partner", _("Partner")),
]


class Party(blocks.StructValue):
    @property
    def part_label(self) -> str:
        return str(dict(PARTS).get(self["part"], ""))


class PartyBlock(blocks.StructBlock):
    """A school or leader involved in a story."""

    name = blocks.CharBlock(label=_("Name"), max_length=150)
    part = blocks.ChoiceBlock(label=_("Part"), choices=PARTS)
    note = blocks.CharBlock(label=_("In a few words"), required=False, max_length=150)

    class Meta:
        icon = "group"
        label = _("School or leader")
        value_class = Party


class MeasureBlock(blocks.StructBlock):
    """A number before and after."""

    name = blocks.CharBlock(label=_("What was measured"), max_length=120)
    before = blocks.CharBlock(label=_("Before"), max_length=40, required=False)
    after = blocks.CharBlock(label=_("After"), max_length=40)

    class Meta:
        icon = "order-up"
        label = _("Measure")
