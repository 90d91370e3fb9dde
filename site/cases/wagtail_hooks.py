"""What cases add: their messages' kinds and their place in the admin."""

from datetime import timedelta

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from cases.message_kinds import KINDS
from cases.personal_data import erase_case_data, export_case_data
from cases.retention import rules
from cases.turns import keep_turns_true
from cases.viewsets import CasesGroup
from common.jobs import DueJob
from outbox.kinds import MessageKind

register_snippet(CasesGroup)


@hooks.register("s2s_message_kinds")
def message_kinds() -> list[MessageKind]:
    return KINDS


@hooks.register("s2s_due_jobs")
def due_jobs() -> list[DueJob]:
    return [DueJob("turns", keep_turns_true, every=timedelta(hours=1))]


hooks.register("s2s_retention", rules)
hooks.register("s2s_export_personal_data", export_case_data)
# After the plugins: they find what they hold by the contact that is erased here.
hooks.register("s2s_erase_personal_data", erase_case_data, order=500)
