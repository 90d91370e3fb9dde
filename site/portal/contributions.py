"""What plugins add to the portal: menu links and panels on the signed-in home."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class MenuLink:
    """
    A link of the portal's menu. `order` sorts; the core’s own are 100 (your turn), 200 (cases), 300 (calendar) and 700 (people).
    `count` is shown.
    """

    label: Any
    url: str
    order: int = 500
    count: int = 0


@dataclass(frozen=True)
class Panel:
    """A panel of the signed-in home: `template` is rendered with `context` and the request."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 500
