"""The web process: `gunicorn --pythonpath site,. config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from common.retire import refuse_to_start_without  # noqa: E402 - models need the set-up above

refuse_to_start_without()
