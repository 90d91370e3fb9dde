"""Running the product in a process of its own: with other plugins than this one, or with one more."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from config.environment import BASE_DIR


def environment(data_dir: Path, **values: str) -> dict[str, str]:
    """A demo on SQLite below `data_dir`, whatever database and plugins this process has."""
    ours = {"DATABASE_URL", "DATA_DIR", "S2S_PLUGINS", "PYTEST_ADDOPTS", "DJANGO_SETTINGS_MODULE", "REDIS_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in ours and not name.startswith("PYTEST_XDIST")}
    return {
        **kept,
        "S2S_IGNORE_DOTENV": "1",
        "S2S_ENVIRONMENT": "demo",
        "DATA_DIR": str(data_dir),
        "PYTHONPATH": os.pathsep.join([str(BASE_DIR), str(BASE_DIR / "site"), values.pop("path", "")]),
        **values,
    }


def run(*arguments: str | Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments in the project's folder."""
    return subprocess.run([sys.executable, *map(str, arguments)], cwd=BASE_DIR, env=env, capture_output=True, text=True, timeout=600)


def said_by(*arguments: str | Path, env: dict[str, str]) -> str:
    """Run Python and return what it printed; fails with its words when it fails."""
    done = run(*arguments, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
