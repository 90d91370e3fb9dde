#!/usr/bin/env python3
"""Run a management command with `site/` (a source folder, not a package) on the path."""

import os
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent


def main() -> None:
    sys.path.insert(0, str(BASE_DIR / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the path is set

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
