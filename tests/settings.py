"""The product's settings for tests: a folder of their own for data, fast password hashing, mail kept in memory."""

import os
import tempfile
from pathlib import Path

os.environ["S2S_IGNORE_DOTENV"] = "1"
os.environ["S2S_ENVIRONMENT"] = "demo"
os.environ["REQUEST_SOONEST_SECONDS"] = "0"  # tests fill in a request in no time
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="s2s-tests-")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's event loop runs in the test's own thread

from config.settings import *  # noqa: F403
from config.settings import DATA_DIR, DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: threads and processes of one test meet in it as they would in the product.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA_DIR) / "test.sqlite3")}
