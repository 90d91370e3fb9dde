"""What plugins add to the case page, and to the requester’s own page of a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class CaseTab:
    """
    A tab of the case page. `slug` names it in the address; `context()` is asked only when the tab is open.

    The hook returns a tab only to a reader who may see it. The core's own are 100 (overview), 200 (messages),
    800 (what happened), 900 (field history). Somebody who only sees how far the case is (`Case.objects.visible_to`
    without `worked_on_by`) gets the tabs with `for_onlookers`.
    """

    slug: str
    label: Any
    template: str
    context: Callable[[], dict[str, Any]]
    order: int = 500
    for_onlookers: bool = False


@dataclass(frozen=True)
class FollowPart:
    """
    A section of the follow page, which whoever holds its link reads: `template` is rendered with `context` as `part`, the `case` and
    the link's `token`, in the requester's language. `order` sorts. One that `holds_answers` is the copy of what was sent, to which
    the acknowledgement leads.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 500
    holds_answers: bool = False
