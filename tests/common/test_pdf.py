"""PDFs: tagged, the same each time, and what people write in them stays text."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
import typst

from common.pdf import PROBE, make_pdf, pdf_response
from tests.conftest import NOON

LIKE_CODE = [
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0"',
    "#panic()",
    "= Heading",
    "$x^2$",
    "*bold* _italic_ `raw`",
    "@reference <label>",
    "\\ // comment",
    '"); #panic("',
    "]#panic()[",
    "#sys.inputs",
]


def texts_shown(template: Path, data: dict[str, object]) -> str:
    """Every piece of text of the document, as the compiler lays it out."""
    found = json.loads(
        typst.query(str(template), "heading", root=str(template.parent), ignore_system_fonts=True, sys_inputs={"data": json.dumps(data)})
    )
    return json.dumps(found)


@pytest.mark.parametrize("text", LIKE_CODE)
def test_what_looks_like_code_comes_out_as_text(tmp_path, text):
    template = tmp_path / "shown.typ"
    template.write_text('#let data = json(bytes(sys.inputs.data))\n#set document(title: "T")\n#heading(data.text)\n')

    content = make_pdf(template, {"text": text}, at=NOON)

    assert content.startswith(b"%PDF-")
    assert json.loads(texts_shown(template, {"text": text}))[0]["body"] == {"func": "text", "text": text}


def test_a_pdf_is_tagged_and_says_so():
    content = make_pdf(PROBE, {"text": "Hello"}, at=NOON)

    assert (b"<pdfuaid:part>1</pdfuaid:part>" in content, b"/StructTreeRoot" in content, b"/Lang" in content) == (True, True, True)


def test_the_same_data_give_the_same_bytes():
    first, again, later = (make_pdf(PROBE, {"text": "Hello"}, at=NOON + timedelta(days=days)) for days in (0, 0, 1))

    assert (first == again, first == later) == (True, False)


@pytest.mark.parametrize("text", ["😀", "中文", "a\ufeffb", "\ue000", "a\u0001b", "𝒜 👩\u200d🏫", "\u0378", "\U0010ffff"])
def test_characters_that_no_font_has_come_out_as_their_code_points(text):
    assert make_pdf(PROBE, {"text": text}, at=NOON).startswith(b"%PDF-")


def test_letters_of_european_languages_need_no_stand_in():
    letters = "".join(chr(code) for code in [*range(0x20, 0x7F), *range(0xA0, 0x250)]) + "ŵŷ “quoted” – £ € ½ • … Ελληνικά Кирилиця"

    with_letters = typst.compile(
        str(PROBE),
        root=str(PROBE.parent),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        sys_inputs={"data": json.dumps({"text": letters})},
    )

    assert with_letters.startswith(b"%PDF-")


def test_fonts_are_embedded_and_none_are_of_the_system():
    content = make_pdf(PROBE, {"text": "Hello"}, at=NOON)

    fonts = [name for name in (b"Libertinus", b"DejaVuSans-", b"Liberation") if name in content]
    assert fonts == [b"Libertinus"]


def test_a_pdf_is_a_download_that_stays_in_no_cache():
    response = pdf_response(b"%PDF-", filename="S2S-7K4M9Q-3.pdf")

    assert (response["Content-Type"], response["Content-Disposition"], response["Cache-Control"], response["X-Content-Type-Options"]) == (
        "application/pdf",
        'attachment; filename="S2S-7K4M9Q-3.pdf"',
        "private, no-store",
        "nosniff",
    )
