"""The web process: `gunicorn --pythonpath site,. config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django_application = get_wsgi_application()

from common.requests import CharsetGuard  # noqa: E402 - as below
from common.retire import refuse_to_start_without  # noqa: E402 - models need the set-up above

refuse_to_start_without()
application = CharsetGuard(django_application)
