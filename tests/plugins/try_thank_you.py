"""Run in a process where `thank_you` is installed: reach every contribution it makes, and print what each did."""

from __future__ import annotations

import json
import os
from datetime import timedelta

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()

from django.conf import settings  # noqa: E402 - models need the set-up
from django.test import Client  # noqa: E402
from thank_you.models import Thanks  # noqa: E402
from wagtail import hooks  # noqa: E402

from alliance.actions.erase_person import erase_person  # noqa: E402
from alliance.queries import personal_data_of  # noqa: E402
from alliance.roles import Role  # noqa: E402
from cases.actions.assign_owner import assign_owner  # noqa: E402
from cases.actions.close_case import close_case  # noqa: E402
from cases.enums import PublicStatus  # noqa: E402
from common.actions import Actor  # noqa: E402
from common.demo import World  # noqa: E402
from common.jobs import run_due_jobs  # noqa: E402
from common.links import make_link  # noqa: E402
from common.retention import retention_rules  # noqa: E402
from outbox.kinds import word_message  # noqa: E402
from outbox.models import OutboxMessage  # noqa: E402
from tests.conftest import NOON  # noqa: E402
from tests.factories.cases import make_case  # noqa: E402
from tests.factories.people import make_head, make_school, make_user  # noqa: E402

A_WEEK_ON = NOON + timedelta(days=7)


def page(client: Client, path: str) -> str:
    response = client.get(path)
    return response.content.decode() if response.status_code == 200 else str(response.status_code)


settings.ALLOWED_HOSTS = ["testserver"]
lead, head = make_user(Role.S2S_LEAD), make_head(school := make_school())
case, other = make_case(school, contact_email=head.email), make_case()
staff, visitor, school_head = Client(), Client(), Client()
staff.force_login(lead)
school_head.force_login(head)

assign_owner(case=case, owner=lead, by=lead, at=NOON)
before_closing = Thanks.objects.count()
close_case(case=case, status=PublicStatus.COMPLETED, reason="All done.", by=lead, at=NOON)
thanks = Thanks.objects.get()
home = page(staff, "/portal/")
found = {
    "planned by the signal": [before_closing, str(thanks), thanks.due_at == A_WEEK_ON, thanks.history.get().history_user == lead],
    "menu": ["/portal/thanks/" in home, "/portal/thanks/" in page(school_head, "/portal/")],
    "panel": ["1 to be sent" in home, "to be sent" in page(school_head, "/portal/")],
    "page": [case.reference in page(staff, "/portal/thanks/"), page(school_head, "/portal/thanks/"), page(visitor, "/portal/thanks/")],
    "tab": [f"{case.contact_name} is thanked on" in page(school_head, f"/portal/cases/{case.reference}/thanks/")],
    "follow page": ["<h2>Thank you</h2>" in page(visitor, f"/f/{make_link(purpose='follow', subject=case, at=NOON)}/")],
    "permission": [make_user(Role.S2S_LEAD).has_perm("thank_you.view_thanks"), make_user(Role.BROKER).has_perm("thank_you.view_thanks")],
}

run_due_jobs(at=A_WEEK_ON - timedelta(days=1))
early = OutboxMessage.objects.filter(kind="thanks").count()
for at in (A_WEEK_ON, A_WEEK_ON + timedelta(hours=1)):
    assert run_due_jobs(at=at) == []
message = OutboxMessage.objects.get(kind="thanks")
mail = word_message(message, at=A_WEEK_ON)
found["job"] = [early, Thanks.objects.get().sent_at == A_WEEK_ON, str(case.events.first())]
found["message"] = [message.recipient_email == head.email, message.sent_at is not None, mail.subject, mail.body]

two_years_on = A_WEEK_ON + timedelta(days=731)
found["retention"] = [[rule.due(at).count() for at in (A_WEEK_ON, two_years_on)] for rule in retention_rules() if rule.model is Thanks]

for hook in [hook for hook in hooks.get_hooks("s2s_load_demo") if hook.__module__.startswith("thank_you")]:
    hook(World(today=NOON.date(), now=NOON, cases={"declined": [case, other]}))
found["demo"] = sorted(str(row.case.pk == other.pk) for row in Thanks.objects.all())

found["exported"] = [row["case_id"] == case.pk for row in personal_data_of(head)["thanks"]]
address = head.email
erase_person(user=head, by=Actor.job("test"), at=A_WEEK_ON, reason="Asked for.")
found["erased"] = [Thanks.objects.filter(email=address).count(), Thanks.history.filter(email=address).count()]
print(json.dumps(found))  # noqa: T201 - read by the test
