"""The sentences of events that requesters read on their follow page, as the modules of an app have them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

LEFT_OUT = {"demo", "locale", "migrations", "static"}


def public_sentences(folder: Path) -> Iterator[tuple[Path, str]]:
    """
    Module and sentence of every event that an app records with `public=True`, below its folder.

    A sentence stands in the call itself, in a name that the same module gives it, or in a constant of the app.
    """
    modules = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py")) if not LEFT_OUT & set(path.parts)}
    named = {path: _names_in_public_events(tree) for path, tree in modules.items()}
    constants = {name for names in named.values() for name in names if name.isupper()}
    for path, tree in modules.items():
        for call in _public_events(tree):
            yield from ((path, text) for text in _marked(call))
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and {one.id for one in node.targets if isinstance(one, ast.Name)} & (named[path] | constants):
                yield from ((path, text) for text in _marked(node.value))


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return (node for node in nodes if isinstance(node.func, ast.Name) and node.func.id == name)


def _public_events(tree: ast.AST) -> Iterator[ast.Call]:
    return (call for call in _calls(tree, "record_event") if any(keyword.arg == "public" for keyword in call.keywords))


def _names_in_public_events(tree: ast.AST) -> set[str]:
    sentences = (call.args[1] for call in _public_events(tree) if len(call.args) > 1)
    return {node.id for sentence in sentences for node in ast.walk(sentence) if isinstance(node, ast.Name)} - {"N_"}


def _marked(tree: ast.AST) -> Iterator[str]:
    """Texts that are marked with `N_`."""
    texts = (call.args[0] for call in _calls(tree, "N_"))
    return (text.value for text in texts if isinstance(text, ast.Constant) and isinstance(text.value, str))
