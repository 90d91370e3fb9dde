"""What the hostile posts are looked for with finds what a browser, a spreadsheet or a mail program would run."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.mail import EmailMessage
from django.utils.html import escape
from openpyxl import Workbook

from common.exports import safe_cell
from tests.fuzz.harmless import harm_in_csv, harm_in_mail, harm_in_page, harm_in_xlsx
from tests.fuzz.payloads import MARK, SHORT

IN_TEXT = "<p>{}</p>"
RUN = [
    (f"<script>{MARK}(1)</script>", IN_TEXT),
    (f'"><img src=x onerror={MARK}(1)>', '<input value="{}">'),
    (f"'><svg/onload={MARK}(1)>", "<input value='{}'>"),
    (f'" {MARK}attribute=1 x="', '<input value="{}">'),
    (f"' onmouseover='{MARK}(1)", "<input value='{}'>"),
    (f"</textarea><script>{MARK}(1)</script>", "<textarea>{}</textarea>"),
    (f"<!--{MARK}-->", IN_TEXT),
    (f"javascript:{MARK}(1)", '<a href="{}">x</a>'),
    (f"alert({MARK})", "<script>{}</script>"),
    (f"49{MARK}", IN_TEXT),
]


@pytest.mark.parametrize(("typed", "page"), RUN)
def test_what_a_browser_would_run_is_found(typed, page):
    assert harm_in_page(page.format(typed)) != []


@pytest.mark.parametrize("page", [IN_TEXT, '<input value="{}">', "<textarea>{}</textarea>", '<a href="/search/?q={}">x</a>'])
def test_what_is_escaped_is_harmless(page):
    assert [typed for typed in SHORT if harm_in_page(page.format(escape(typed)))] == []


def test_formulas_in_spreadsheets_are_found_and_safe_cells_are_not():
    def as_csv(value: str) -> bytes:
        text = io.StringIO()
        csv.writer(text).writerow([value])
        return text.getvalue().encode()

    book, content = Workbook(), io.BytesIO()
    book.active.append([f"={MARK}()"])
    book.save(content)

    assert (harm_in_csv(as_csv(f"={MARK}()")), harm_in_xlsx(content.getvalue())) == ([f"={MARK}()"], [f"={MARK}()"])
    assert harm_in_csv(as_csv(safe_cell(f"={MARK}()"))) == []


def test_a_mail_with_another_header_recipient_or_kind_is_found():
    fine = EmailMessage("Your request", f"<b>{MARK}</b>", to=["sam@example.org"])
    assert harm_in_mail(fine) == []

    for change in ({"to": ["sam@example.org", "x@example.org"]}, {"bcc": ["x@example.org"]}, {"headers": {"X-Other": "1"}}):
        assert harm_in_mail(EmailMessage("Your request", "x", **{"to": ["sam@example.org"], **change})) != []
    html = EmailMessage("Your request", "<b>x</b>", to=["sam@example.org"])
    html.content_subtype = "html"
    assert harm_in_mail(html) != []
