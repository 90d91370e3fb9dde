"""
Which words of ours have no translation: those of templates as Django reads them, and those of Python modules that are marked.

Whatever the public reads has to be there in every language of the site. An app says which of its files those are in `public_words`:
paths from the app's folder, of a file or a folder. Events that the requester sees on the follow page are found by themselves.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.template import Engine, Template, engines
from django.template.base import Node
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.translation import trans_real

from website.public_events import public_sentences

MARKS = {"_", "_now", "N_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
"""Names under which a module calls what marks a text; of those with a context the second argument is the text."""


@dataclass(frozen=True, order=True)
class Words:
    """A text that is to be translated and the file it stands in, from the project's folder."""

    place: str
    text: str


def untranslated(language: str, *, everything: bool = False) -> list[Words]:
    """Texts without a translation: of what the public reads, or of all that is ours."""
    catalogue: Any = trans_real.translation(language)._catalog  # type: ignore[attr-defined]  # the stubs do not know it
    found = {words for path in _files(everything=everything) for words in _words_of(path)}
    for config in own_apps():
        found |= {Words(_place(path), text) for path, text in public_sentences(Path(config.path))}
    return sorted(words for words in found if not _is_there(catalogue, words.text))


def _is_there(catalogue: Any, text: str) -> bool:
    return any(_get(catalogue, key) for key in (text, (text, 0)))


def _get(catalogue: Any, key: Any) -> str:
    try:
        return str(catalogue[key])
    except KeyError:
        return ""


def own_apps() -> list[AppConfig]:
    root = Path(settings.BASE_DIR)
    return [config for config in apps.get_app_configs() if Path(config.path).is_relative_to(root) and ".venv" not in config.path]


def _files(*, everything: bool) -> Iterator[Path]:
    for config in own_apps():
        folder = Path(config.path)
        named = [folder] if everything else [folder / part for part in getattr(config, "public_words", ())]
        for path in named:
            if not path.exists():
                raise FileNotFoundError(f"{config.label} names {path.relative_to(folder)} in public_words, but there is no such file.")
            yield from (one for one in ([path] if path.is_file() else sorted(path.rglob("*"))) if _is_read(one))


def _is_read(path: Path) -> bool:
    return path.suffix in (".html", ".txt", ".py") and not {"admin", "demo", "locale", "migrations", "static"} & set(
        path.relative_to(settings.BASE_DIR).parts
    )


def _words_of(path: Path) -> Iterator[Words]:
    source = path.read_text(encoding="utf-8")
    texts = _of_module(source) if path.suffix == ".py" else _of_template(source)
    yield from (Words(_place(path), text) for text in texts)


def _place(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


def _of_module(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            arguments = node.args[1:] if node.func.id.startswith("pgettext") else node.args
            if arguments and isinstance(arguments[0], ast.Constant) and isinstance(arguments[0].value, str):
                yield arguments[0].value


def _of_template(source: str) -> Iterator[str]:
    engine: Engine = engines["django"].engine  # type: ignore[attr-defined]  # Django's own backend has one
    for node in Template(source, engine=engine).nodelist.get_nodes_by_type(Node):
        if isinstance(node, TranslateNode):
            literal = getattr(node.filter_expression.var, "literal", None)
            if isinstance(literal, str):
                yield str(literal)
        elif isinstance(node, BlockTranslateNode):
            text, _names = node.render_token_list(node.singular)
            yield text
    yield from re.findall(r'_\("([^"]+)"\)', source)  # in the arguments of filters
