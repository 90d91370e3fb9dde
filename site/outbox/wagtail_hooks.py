from wagtail import hooks
from wagtail.snippets.models import register_snippet

from common.jobs import DueJob
from outbox.delivery import deliver_due_messages
from outbox.personal_data import erase_outbox_data, export_outbox_data
from outbox.viewsets import OutboxMessageViewSet

register_snippet(OutboxMessageViewSet)


@hooks.register("s2s_due_jobs")
def due_jobs() -> list[DueJob]:
    return [DueJob("outbox", deliver_due_messages)]


hooks.register("s2s_export_personal_data", export_outbox_data)
hooks.register("s2s_erase_personal_data", erase_outbox_data)
