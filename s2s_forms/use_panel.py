"""In the editor of a protocol: how many open cases follow it, and that they keep what they started under (P2)."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any

from wagtail.admin.panels import Panel


class ProtocolUsePanel(Panel):
    """For a process page or a shared step; shown once a version was published."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "s2s_forms/admin/protocol_use.html"

        def protocol_keys(self) -> list[str]:
            key = getattr(self.instance, "protocol_key", None)
            if key is not None:
                return [key] if key else []
            return sorted({page.protocol_key for page in _protocols().pages_showing(self.instance)}) if self.instance.pk else []

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "versions": _protocols().versions_in_use(self.protocol_keys())}

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.protocol_keys())


def _protocols() -> ModuleType:
    """The questions about protocols; found late, since they read the models that show this panel."""
    return import_module("s2s_forms.protocols")
