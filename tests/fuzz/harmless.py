"""Whether what comes out of the product is harmless: pages, spreadsheets, mails, downloads."""

from __future__ import annotations

import csv
import email
import io
from html.parser import HTMLParser
from typing import Any

from django.core.mail import EmailMessage
from openpyxl import load_workbook

from common.exports import FORMULA_STARTS
from tests.fuzz.payloads import MARK

FOLLOWED = {"href", "src", "action", "formaction", "srcdoc", "data", "poster", "content", "xlink:href"}
RUN = ("javascript:", "vbscript:", "data:text/html")
HEADERS = {
    "Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted",
    "Content-Disposition",
}  # fmt: skip


class Reader(HTMLParser):
    """Reads a page as a browser does, and gathers what of it was typed by a visitor and would be run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.harmful: list[str] = []
        self.within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name: value or "" for name, value in attrs}
        bad = MARK in tag or any(MARK in name or (name.startswith("on") and MARK in value) for name, value in names.items())
        followed = ("".join(names[name].split()).lower() for name in FOLLOWED & names.keys())
        if bad or any(address.startswith(RUN) and MARK in address for address in followed):
            self.harmful.append(self.get_starttag_text() or tag)
        self.within = tag if tag in ("script", "style") and "json" not in names.get("type", "") else ""

    def handle_endtag(self, tag: str) -> None:
        self.within = ""

    def handle_data(self, data: str) -> None:
        if (self.within and MARK in data) or f"49{MARK}" in data:
            self.harmful.append(data[:200])

    def handle_comment(self, data: str) -> None:
        if MARK in data:
            self.harmful.append(f"<!--{data[:200]}-->")

    handle_decl = handle_pi = unknown_decl = handle_comment


def harm_in_page(page: str) -> list[str]:
    if MARK not in page:
        return []
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader.harmful


def content_of(response: Any) -> bytes:
    """All of it. A download is read to its end once, which closes its file."""
    if response.streaming and not hasattr(response, "streamed"):
        response.streamed = b"".join(response.streaming_content)
    content: bytes = response.streamed if response.streaming else response.content
    return content


def harm_in_response(response: Any) -> list[str]:
    """Of any answer: a fault, a header with a break in it, or a page that would run what somebody typed."""
    harm = [f"status {response.status_code}"] if response.status_code >= 500 else []
    harm += [f"{name}: {value}" for name, value in response.items() if "\n" in value or "\r" in value]
    content_of(response)
    if response.get("Content-Type", "").startswith("text/html"):
        harm += harm_in_page(content_of(response).decode())
    return harm


def harm_in_csv(content: bytes) -> list[str]:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    return [
        cell[:80]
        for row in rows
        for cell in row
        if MARK in cell and (cell.startswith(FORMULA_STARTS) or cell.lstrip().startswith(FORMULA_STARTS))
    ]


def harm_in_xlsx(content: bytes) -> list[str]:
    book = load_workbook(io.BytesIO(content))
    return [str(cell.value)[:80] for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def harm_in_mail(mail: EmailMessage) -> list[str]:
    """One recipient, plain text, and no header that the product did not write."""
    read = email.message_from_bytes(mail.message().as_bytes())
    harm = [f"{name}: {value}" for name, value in read.items() if name not in HEADERS]
    if len(mail.recipients()) != 1 or mail.cc or mail.bcc:
        harm.append(f"to {mail.recipients()}")
    if any(part.get_content_type() not in ("text/plain", "text/calendar", "multipart/mixed") for part in read.walk()):
        harm.append("not plain")
    if f"49{MARK}" in f"{mail.subject} {mail.body}" or len(mail.subject.splitlines()) > 1:
        harm.append(mail.subject)
    return harm
