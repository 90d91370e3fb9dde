"""What a hostile visitor types, and how a broken program sends it. Everything carries `MARK`, so that it is found wherever it comes out."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from urllib.parse import quote_from_bytes

MARK = "zqfuzz"

SHORT = [
    f"<script>{MARK}(1)</script>",
    f'"><img src=x onerror={MARK}(1)>',
    f"'><svg/onload={MARK}(1)>",
    f'" {MARK}attribute=1 x="',
    f"' onmouseover='{MARK}(1)",
    f"</textarea><script>{MARK}(1)</script>",
    f"</title></style></script><b {MARK}>",
    f"<!--{MARK}-->",
    f"javascript:{MARK}(1)",
    f"[{MARK}](javascript:{MARK}(1))",
    f"{{{{ 7|add:42 }}}}{MARK}",
    f"{{{{7*7}}}}{MARK}",
    f"{{% load static %}}{{% debug %}}{MARK}",
    f"${{7*7}}{MARK} #{{7*7}}{MARK} <%= 7*7 %>{MARK}",
    f"%s %d %(name)s %(owner)s %n {MARK} 100%",
    f"{{0}} {{name}} {{0.__class__}} {MARK}",
    f"={MARK}()",
    f"+{MARK}",
    f"-{MARK}+cmd|' /C calc'!A0",
    f"@SUM({MARK})",
    f"＝{MARK}",
    f"' OR 1=1; DROP TABLE cases_case; -- {MARK}",
    f"{MARK}' UNION SELECT password FROM alliance_user --",
    f"../../../../etc/{MARK}",
    f"\u202e{MARK}\u202c \u2066x\u2069 עברית",
    f"{MARK}\u200b\u200c\u200d\ufeff",
    f"e\u0301{MARK} 𝒵 🏳️‍🌈 \U0010ffff",
    f"&lt;{MARK}&gt; &#60;{MARK}&#62; &amp;lt;",
    f"\\u003cscript\\u003e{MARK}",
    f"O’Brien {MARK}",
]
"""One line each, short enough for any text field: what a form may well take."""
ADDRESSES = [
    "sam@example.org", f"sam+{MARK}@example.org", f"o'{MARK}@example.org", f'"<b>{MARK}"@example.org', f'"{MARK}\x01\x0b"@example.org',
    f"{{{{7*7}}}}{MARK}@example.org", f"{MARK}%0abcc:x@example.org",
]  # fmt: skip
CRUEL: list[str | bytes] = [
    f"{MARK}\r\nBcc: {MARK}@example.org",
    f"{MARK}\n\nSecond part",
    f"sam@example.org\r\nBcc: {MARK}@example.org",
    f"sam@example.org,{MARK}@example.org",
    f"\t={MARK}()",
    f"\r={MARK}()",
    f"{MARK}\u2028{MARK}\u2029\x85{MARK}",
    f"{MARK}\x00{MARK}",
    f"\x1b[31m{MARK}\x07\x08\x7f\x9b",
    f"\ud800{MARK}",
    f"{MARK}\udfff",
    b"\xff\xfe" + MARK.encode(),
    b"\xc0\xaf" + MARK.encode() + b"\xf5\x80",
    MARK * 2000,
    f"<script>{MARK}(1)</script>" * 300,
    MARK.encode() + b"\xcc\x81" * 3000,
    "",
    " ",
    "\u3000",
]
"""What no form should take, or only cut down to size."""
ODD = [
    "0", "-1", "1", "2", "١٢", "1_000", "1e309", "-0", "NaN", "Infinity", "0x10", "1.5", "1,5", "99999999999999999999", "9" * 5000, "9" * 400,
    "None", "null", "true", "on", "[]", "{}", '{"a": 1}', "2026-02-30", "31", "13", "0000", "9999", "999999", "not-listed", "local-authority",
    "school", "NOT_SURE", "DEPLOYMENT", "TERM", "option-1", "../", "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff", "{ffffffffffffffffffffffffffffffff}", "urn:uuid:ffffffff-ffff-ffff-ffff-ffffffffffff",
]  # fmt: skip
"""Numbers, keys and choices of the wrong kind."""
IDS = ["0", "1", "2", "2147483648", "9223372036854775807", "9223372036854775808", "99999999999999999999", "9" * 400, "9" * 5000]
"""What stands in an address where a key is wanted; all are numbers, or no address would fit."""
FILES: list[tuple[str | bytes, bytes]] = [
    ("plan.pdf", b"%PDF-1.7 a small file"),
    (f'"><img src=x onerror={MARK}(1)>.pdf', b"%PDF-1.7"),
    (f"={MARK}().pdf", b"%PDF-1.7"),
    (f"{MARK}\u202efdp.exe.pdf", b"%PDF-1.7"),
    (f"../../{MARK}.pdf", b"%PDF-1.7"),
    (f"..\\{MARK}.pdf", b"%PDF-1.7"),
    (f"{MARK}" * 60 + ".pdf", b"%PDF-1.7"),
    (f"{MARK}\x00.pdf", b"%PDF-1.7"),
    (b"\xff\xfe" + MARK.encode() + b".pdf", b"%PDF-1.7"),
    (f"{MARK}.pdf", b""),
    (f"{MARK}.pdf", f"<script>{MARK}(1)</script>".encode()),
    (f"{MARK}.docx", b"PK\x03\x04" + b"\xff" * 400),
    (f"{MARK}.svg", f"<svg onload={MARK}(1)>".encode()),
    (f"{MARK}.txt", f"<script>{MARK}(1)</script>".encode()),
    ("", b"nameless"),
    (".pdf", b"%PDF-1.7"),
]

Pairs = list[tuple[str | bytes, str | bytes]]


def hostile(chance: random.Random) -> str | bytes:
    kind = chance.random()
    return chance.choice(SHORT if kind < 0.5 else CRUEL if kind < 0.75 else ODD)


def spoilt(fields: Mapping[str, str | Sequence[str]], chance: random.Random) -> Pairs:
    """The fields of a form, some of them hostile, missing or doubled; and now and then one that no form has."""
    pairs: Pairs = []
    for name, value in fields.items():
        values: list[str | bytes] = [value] if isinstance(value, str) else list(value)
        what = chance.random()
        if what < 0.35:
            values = [hostile(chance)]
        elif what < 0.42:
            values = []
        elif what < 0.5:
            values = [*values, hostile(chance)]
        pairs += [(name, one) for one in values]
    if chance.random() < 0.1:
        pairs.append((hostile(chance), hostile(chance)))
    if chance.random() < 0.05:
        chance.shuffle(pairs)
    return pairs


def raw(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")


def as_form(pairs: Pairs) -> tuple[bytes, str]:
    return b"&".join(quote_from_bytes(raw(name)).encode() + b"=" + quote_from_bytes(raw(value)).encode() for name, value in pairs), (
        "application/x-www-form-urlencoded"
    )


def as_multipart(pairs: Pairs, files: Sequence[tuple[str, str | bytes, bytes]]) -> tuple[bytes, str]:
    def quoted(text: str | bytes) -> bytes:
        return raw(text).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\r", b"%0D").replace(b"\n", b"%0A")

    parts = [b'--edge\r\nContent-Disposition: form-data; name="' + quoted(name) + b'"\r\n\r\n' + raw(value) for name, value in pairs]
    for name, filename, content in files:
        head = b'--edge\r\nContent-Disposition: form-data; name="' + quoted(name) + b'"; filename="' + quoted(filename) + b'"'
        parts.append(head + b"\r\nContent-Type: application/pdf\r\n\r\n" + content)
    return b"\r\n".join([*parts, b"--edge--\r\n"]), "multipart/form-data; boundary=edge"


def broken(body: bytes, content_type: str, chance: random.Random) -> tuple[bytes, str]:
    """The same, as something sends it that is no browser."""
    kinds = [
        (body, f"{content_type}; charset={chance.choice(['utf-7', 'utf-16', 'rot13', 'latin-1', 'no-such', 'x' * 500, '%00', MARK])}"),
        (body, chance.choice(["text/plain", "application/json", "application/xml", "", MARK, "multipart/form-data", "multipart/mixed"])),
        (body, "multipart/form-data; boundary=other"),
        (body, f"multipart/form-data; boundary={'x' * 300}"),
        (body, "multipart/form-data; boundary=\xff"),
        (body[: chance.randint(0, len(body))], content_type),
        (body + b"\r\n--edge\r\nContent-Disposition: form-data\r\n\r\nnameless\r\n--edge--", content_type),
        (body.replace(b"form-data; name", b"form-data; filename*=utf-7''%ff; name", 1), content_type),
        (b"--edge\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: form-data; name=\"focus\"\r\n\r\n!!!\r\n--edge--", content_type),
        (b"\x00\xff" * 50, content_type),
        (b"", content_type),
        (b"&".join([b"a=1"] * 2100), "application/x-www-form-urlencoded"),
        (b"%zz=%&%%%=%u0000&=&;;", "application/x-www-form-urlencoded"),
    ]  # fmt: skip
    return chance.choice(kinds)
