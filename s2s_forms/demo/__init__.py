"""The demo's two protocols in two languages, their request form, and requests at different stages."""

from s2s_forms.demo.load import load_demo

__all__ = ["load_demo"]
