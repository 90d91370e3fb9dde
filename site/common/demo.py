"""What the demo's loaders hand to each other, from the lowest app to the plugins."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

DEMO_PASSWORD = "wharfe-valley-demo"  # noqa: S105 - printed for everybody who runs the demo


@dataclass
class World:
    """
    The demo alliance while it is loaded. `today` and `now` are when it is loaded: all its dates are relative to them.

    `people` by a short key ("lead", "head", …), `schools` by URN, `leaders` and `pages` by key,
    `cases` by the stage they are meant to reach. Each loader adds its own.
    """

    today: date
    now: datetime
    people: dict[str, Any] = field(default_factory=dict)
    schools: dict[str, Any] = field(default_factory=dict)
    leaders: dict[str, Any] = field(default_factory=dict)
    pages: dict[str, Any] = field(default_factory=dict)
    cases: dict[str, list[Any]] = field(default_factory=dict)
