"""Links in rich text from what is remembered: a page of fifty paragraphs with links asks no more than one of none."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.html import escape
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from website.freshness import per_content
from website.models import SiteDocument
from website.tree import page_tree


class PageLinks(PageLinkHandler):
    """A link to a page in the reader's language; a page that is not live any more leaves its words without a link."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        tree, language = page_tree(), translation.get_language() or settings.LANGUAGE_CODE
        rows = [tree.in_language(_number(attrs.get("id")), language) for attrs in attrs_list]
        return [f'<a href="{escape(row.url)}">' if row else "<a>" for row in rows]


class DocumentLinks(DocumentLinkHandler):
    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        addresses = _document_addresses()
        found = [addresses.get(_number(attrs.get("id"))) for attrs in attrs_list]
        return [f'<a href="{escape(address)}">' if address else "<a>" for address in found]


@per_content
def _document_addresses() -> dict[int, str]:
    return {document.pk: document.url for document in SiteDocument.objects.only("pk", "file").order_by("pk")}


def _number(value: Any) -> int:
    return int(value) if str(value).isdecimal() else 0
