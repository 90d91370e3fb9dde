"""Tags of the components: icons, plain forms, pagination."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page as PageOfResults
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.template.base import FilterExpression, Parser, Token
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from website.forms.plain import RENDERER, make_plain, summary_lines
from website.freshness import per_content
from website.models import SiteImage, SitePage
from website.pictures import SIZES
from website.structured_data import absolute, as_script, structured_data
from website.tree import page_tree

register = template.Library()
MOST_FRAGMENTS = 2_000


@register.simple_tag
@lru_cache(maxsize=128)
def icon(name: str) -> SafeString:
    """An icon of templates/website/icons, hidden from screen readers: put words beside it."""
    return mark_safe(render_to_string(f"website/icons/{name}.svg").strip())


@register.simple_tag
def plain_form(form: BaseForm) -> SafeString:
    """All fields of any form, rendered plainly."""
    make_plain(form)
    return form.render(template_name=RENDERER.form_template_name)


@register.simple_tag
def plain_field(field: BoundField, *, heading: bool = False) -> SafeString:
    """One field of any form; `heading=True` makes its label the heading of the page."""
    make_plain(field.form)
    plain = field.form[field.name]
    return mark_safe(RENDERER.render(RENDERER.field_template_name, {"field": plain, "heading": heading}))


@register.inclusion_tag("website/components/error_summary.html")
def error_summary(*forms: BaseForm | None) -> dict[str, Any]:
    """What is wrong with one form or several; nothing while all is well. A missing form counts as well."""
    lines = []
    for form in forms:
        if form and form.is_bound:
            make_plain(form)
            lines += summary_lines(form)
    return {"lines": lines}


@register.inclusion_tag("website/components/pagination.html", takes_context=True)
def pagination(context: dict[str, Any], page: PageOfResults[Any]) -> dict[str, Any]:
    """Links to the other pages of a list, keeping the rest of the address's query."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()

    def address(number: int) -> str:
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    numbers = [
        (number, address(number)) if isinstance(number, int) else (None, "")
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "page": page,
        "numbers": numbers,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


@register.simple_tag
def show_picture(image: SiteImage, size: str, alt: str, *, eager: bool = False) -> SafeString:
    """A picture in one of `website.pictures.SIZES`. `alt` is empty where the picture says nothing the words do not."""
    tags, key = _picture_tags(), (image.pk, size, alt, eager)
    tag = tags.get(key)
    if tag is None:
        tag = tags[key] = _picture_tag(image, size, alt, eager=eager)
    return tag


@per_content
def _picture_tags() -> dict[tuple[int, str, str, bool], SafeString]:
    return {}


def _picture_tag(image: SiteImage, size: str, alt: str, *, eager: bool) -> SafeString:
    rendition = get_rendition_or_not_found(image, SIZES[size])
    loading = "eager" if eager else "lazy"
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="{}" loading="{}" decoding="async">',
        rendition.url,
        rendition.width,
        rendition.height,
        alt,
        loading,
    )


@register.simple_tag
def social_picture(page: Page) -> SafeString | str:
    """The page's picture for sites that show a link with one; nothing without a picture."""
    image = getattr(page, "picture", None)
    if image is None:
        return ""
    tags = _social_pictures()
    if image.pk not in tags:
        rendition = get_rendition_or_not_found(image, SIZES["social"])
        tags[image.pk] = format_html(
            '<meta property="og:image" content="{}">'
            '<meta property="og:image:width" content="{}"><meta property="og:image:height" content="{}">',
            absolute(rendition.url),
            rendition.width,
            rendition.height,
        )
    return tags[image.pk]


@per_content
def _social_pictures() -> dict[int, SafeString]:
    return {}


@register.simple_tag(takes_context=True)
def json_ld(context: dict[str, Any], page: Page) -> SafeString | str:
    """What search engines are told of a page, as a block of data; nothing for most."""
    data = structured_data(page, context["website"]) if isinstance(page, SitePage) and "website" in context else None
    return as_script(data) if data else ""


@register.simple_tag
def page_address(page: Page) -> str:
    """The address of a live page, without a query."""
    row = page_tree().by_id.get(page.pk)
    return row.url if row else page.url or ""


class RememberedNode(template.Node):
    child_nodelists = ("nodes",)

    def __init__(self, nodes: template.NodeList, name: str, depends_on: list[FilterExpression]) -> None:
        self.nodes = nodes
        self.name = name
        self.depends_on = depends_on

    def render(self, context: template.Context) -> SafeString:
        values = tuple(expression.resolve(context) for expression in self.depends_on)
        if None in values:
            return self.nodes.render(context)
        key = (self.name, get_language(), *values)
        fragments = _fragments()
        fragment = fragments.get(key)
        if fragment is None:
            if len(fragments) >= MOST_FRAGMENTS:
                fragments.clear()
            fragment = fragments[key] = self.nodes.render(context)
        return fragment


@register.tag
def remembered(parser: Parser, token: Token) -> RememberedNode:
    """
    Render what is inside once, until the public content changes, for each language and each value of what it depends on.

    {% remembered "footer" %}…{% endremembered %}, {% remembered "card" contact heading %}…{% endremembered %}
    Where something that it depends on is None, as `website.live_page` is in a preview, nothing is remembered.
    For what is the same for everybody: no form's token and no person's name may be inside.
    """
    _tag, name, *depends_on = token.split_contents()
    nodes = parser.parse(("endremembered",))
    parser.delete_first_token()
    return RememberedNode(nodes, name, [parser.compile_filter(expression) for expression in depends_on])


@per_content
def _fragments() -> dict[tuple[Any, ...], SafeString]:
    return {}


@register.filter
def rich_html(text: str) -> SafeString:
    """Rich text as HTML with its links in place, without the template that Wagtail puts around it."""
    return mark_safe(expand_db_html(text))


@register.filter
def has_errors(form: BaseForm | None) -> bool:
    return bool(form and form.is_bound and form.errors)
