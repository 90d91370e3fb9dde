"""The plugin of the guide is installed as a package of its own, and everything it adds is reached."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from config.environment import BASE_DIR
from tests.plugins.runs import environment, run, said_by

GUIDE = BASE_DIR / "docs" / "plugins.md"
TRY = Path(__file__).parent / "try_thank_you.py"
A_FILE = re.compile(r"^`([^`\n]+)`[^\n]*\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def files_of_the_guide() -> dict[str, str]:
    return dict(A_FILE.findall(GUIDE.read_text()))


def install(folder: Path, **changes: str) -> Path:
    """Lay the guide's plugin out as an installer would. `changes` replace text, in whatever file it stands."""
    files = files_of_the_guide()
    entry_point = re.search(r'^thank_you = "(.+)"$', files.pop("pyproject.toml"), re.MULTILINE)
    assert entry_point
    for name, text in files.items():
        for old, new in changes.items():
            text = text.replace(old, new)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    for package in ("thank_you", "thank_you/actions", "thank_you/migrations"):
        (folder / package).mkdir(exist_ok=True)
        (folder / package / "__init__.py").touch()
    info = folder / "thank_you-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: thank-you\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[s2s.plugins]\nthank_you = {entry_point[1]}\n")
    return folder


def test_guides_plugin_has_fewer_than_100_lines():
    lines = [line for text in files_of_the_guide().values() for line in text.splitlines() if line.strip()]

    assert 50 < len(lines) < 100


def test_guides_plugin_uses_every_hook_of_the_catalogue():
    from common.plugins import CATALOGUE

    assert {name for name in CATALOGUE if f'"{name}"' not in files_of_the_guide()["thank_you/wagtail_hooks.py"]} == set()


def test_guides_plugin_adds_what_it_says(tmp_path, data_dir):
    env = environment(data_dir, path=str(install(tmp_path / "packages")), S2S_PLUGINS="thank_you")
    said_by("manage.py", "makemigrations", "thank_you", env=env)
    said_by("manage.py", "migrate", "thank_you", env=env)

    found = json.loads(said_by(TRY, env=env).splitlines()[-1])

    assert found == {
        "planned by the signal": [0, found["planned by the signal"][1], True, True],
        "menu": [True, False],
        "panel": [True, False],
        "page": [True, "403", "302"],
        "tab": [True],
        "follow page": [True],
        "permission": [True, False],
        "job": [0, True, "The contact was thanked."],
        "message": [
            True,
            True,
            "Thank you for working with us",
            "Dear Sam Requester, thank you for working with us.\n",
        ],
        "retention": [[0, 1]],
        "demo": ["False", "True"],
        "exported": [True],
        "erased": [0, 0],
    }


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({}, ""),
        ({"s2s_due_jobs": "s2s_due_job"}, "(s2s.E002) There is no hook “s2s_due_job”."),
        (
            {"plugin_api = 1": "plugin_api = 2"},
            "(s2s.E003) The plugin thank_you was written for version 2 of the plugin contract; this is 1.",
        ),
        ({"@access(ALLIANCE_STAFF)": ""}, "(s2s.E001) The view thank_you.views.thanks_list"),
    ],
)
def test_check_refuses_a_plugin_that_breaks_the_contract(tmp_path, change, error):
    env = environment(tmp_path / "data", path=str(install(tmp_path / "packages", **change)), S2S_PLUGINS="thank_you")

    checked = run("manage.py", "check", env=env)

    assert (bool(checked.returncode), error in checked.stderr) == (bool(error), True), checked.stderr
