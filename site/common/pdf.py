"""
Tagged PDFs (PDF/UA-1), made by typst from a template of ours and somebody's data.

Data reach the template as JSON in `sys.inputs.data` and are never part of its source: what people wrote is text there,
whatever it looks like. Only the fonts that come with the compiler are used, and nothing is fetched.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.http import HttpResponse

PROBE = Path(__file__).with_name("pdf_probe.typ")
LAST_LATIN = 0x24F
FIRST_WITHOUT_GLYPHS = 0x2E80
"""From here on the fonts have no letters at all: Chinese, emoji and the like."""


def make_pdf(template: Path, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """
    Make a PDF from a typst template, which reads `json(bytes(sys.inputs.data))` and sets the document's title and language.

    The same data and `at` give the same bytes. A character that the fonts lack comes out as its code point, such as
    `[U+1F600]`: a PDF/UA may not show an empty box in its place.
    """
    try:
        return _compile(template, data, at)
    except typst.TypstError:
        return _compile(template, _shown(data), at)


def pdf_response(content: bytes, *, filename: str) -> HttpResponse:
    """A PDF as a download that stays in no cache. The caller has checked the reader."""
    headers = {
        "Content-Disposition": f'attachment; filename="{filename}"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _compile(template: Path, data: Mapping[str, Any], at: datetime) -> bytes:
    content: bytes = typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=[],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        sys_inputs={"data": json.dumps(data, default=str)},
        timestamp=int(at.timestamp()),
    )
    return content


def _shown(value: Any) -> Any:
    """The same data with a code point for each character that the fonts lack."""
    if isinstance(value, Mapping):
        return {key: _shown(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(one) for one in value]
    return "".join(one if _can_be_shown(one) else f"[U+{ord(one):04X}]" for one in value) if isinstance(value, str) else value


@lru_cache(maxsize=4096)
def _can_be_shown(character: str) -> bool:
    """Whether the fonts have the character; those of Latin scripts they have."""
    code = ord(character)
    if code < 0x20 or code in range(0x7F, 0xA0) or code >= FIRST_WITHOUT_GLYPHS or unicodedata.category(character) == "Cn":
        return character in "\n\t"
    if code <= LAST_LATIN:
        return True
    try:
        _compile(PROBE, {"text": f"a{character}a"}, datetime.fromtimestamp(0, tz=UTC))
    except typst.TypstError:
        return False
    return True
