"""Migrate the core alone, or take what an earlier run kept, into `template.sqlite3` in the folder that is named."""

import os
import sys
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from tests.databases import make_clone  # noqa: E402 - models need the set-up

make_clone(worker="core", shared=Path(sys.argv[1]))
