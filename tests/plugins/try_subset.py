"""Run in a process with some plugins on, over the database of an install with one less: switch it on, keep the database, and open the pages."""

from __future__ import annotations

import json
import os
from contextlib import nullcontext

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()

from django.conf import settings  # noqa: E402 - models need the set-up
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from alliance.roles import Role  # noqa: E402
from common.plugins import plugin_configs  # noqa: E402
from tests.databases import copy_database  # noqa: E402
from tests.factories.cases import make_case  # noqa: E402
from tests.factories.people import make_user  # noqa: E402
from tests.factories.website import make_home  # noqa: E402
from tests.migrating import fast_migrations  # noqa: E402

settings.ALLOWED_HOSTS = ["testserver"]
call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
with fast_migrations() if len(plugin_configs()) > 1 else nullcontext():  # each plugin's own go Django's way, added to the core
    call_command("migrate", verbosity=0)
copy_database(os.environ["KEEP_AS"], source=str(settings.DATABASES["default"]["NAME"]))
call_command("check", databases=["default"], fail_level="WARNING")

make_home()
case = make_case()
visitor, lead, superuser = Client(), Client(), Client()
lead.force_login(make_user(Role.S2S_LEAD))
superuser.force_login(make_user(is_superuser=True))
portal = ["/portal/", "/portal/cases/", "/portal/people/", f"/portal/cases/{case.reference}/"]
answers = {
    "public": [visitor.get(path).status_code for path in ("/", "/search/", "/health/")],
    "nowhere": visitor.get("/nowhere/").status_code,
    "portal": [lead.get(path).status_code for path in portal],
    "triage": lead.get(f"/portal/cases/{case.reference}/triage/").status_code,
    "admin": [
        superuser.get(path).status_code for path in ("/admin/", "/admin/pages/", "/admin/reports/workflow/", "/admin/reports/site-history/")
    ],
}
print(json.dumps({"plugins": [config.name for config in plugin_configs()], **answers}))  # noqa: T201 - read by the test
