"""Contrast between two colours as WCAG 2 measures it, and the tones derived from an accent."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

LEAST_CONTRAST = 4.5
HEX = re.compile(r"#[0-9a-f]{6}")

WHITE = "#ffffff"
PAPER = "#faf8f4"
PAPER_DEEP = "#f2eee6"


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _to_hex(red: float, green: float, blue: float) -> str:
    return f"#{round(red):02x}{round(green):02x}{round(blue):02x}"


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 for black to 1 for white."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (channel / 255 for channel in _channels(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@dataclass(frozen=True)
class Tones:
    """An accent, a deeper tone for pressed things and text on the soft one, and a soft tone for backgrounds."""

    accent: str
    deep: str
    soft: str

    @classmethod
    def of(cls, accent: str) -> Tones:
        if accent == DEFAULT_TONES.accent:
            return DEFAULT_TONES
        red, green, blue = _channels(accent)
        return cls(
            accent=accent,
            deep=_to_hex(red * 0.72, green * 0.72, blue * 0.72),
            soft=_to_hex(*(255 - (255 - channel) * 0.12 for channel in (red, green, blue))),
        )


DEFAULT_TONES = Tones("#0b5a4e", "#07423a", "#e1efeb")
"""Those of tokens.css, mixed by eye."""


def weakest_contrast(accent: str) -> tuple[float, str]:
    """The least contrast of an accent with the backgrounds its text stands on, and which background that is."""
    backgrounds = {
        WHITE: _("white"),
        PAPER: _("the page's background"),
        PAPER_DEEP: _("the page's darker background"),
        Tones.of(accent).soft: _("its own soft tone"),
    }
    weakest = min(backgrounds, key=lambda colour: contrast(accent, colour))
    return contrast(accent, weakest), str(backgrounds[weakest])
