"""
Wagtail's own mails about workflows, for pages alone.

They are sent at once, inside the transaction, with a link into the admin, to everybody in the group of a task. Documents under
`common.moderation` tell people through the outbox, after what they say is true, with a link that the reader can open, and never
somebody who may not decide.
"""

from __future__ import annotations

from typing import Any

from wagtail.admin import mail
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from common.moderation import ModeratedDocument


class _ForPages:
    def can_handle(self, instance: Any, **kwargs: Any) -> bool:
        handles: bool = super().can_handle(instance, **kwargs)  # type: ignore[misc]  # a notifier of Wagtail is mixed in
        return handles and not isinstance(instance.content_object, ModeratedDocument)


class Submission(_ForPages, mail.WorkflowStateSubmissionEmailNotifier): ...


class Rejection(_ForPages, mail.WorkflowStateRejectionEmailNotifier): ...


class Approval(_ForPages, mail.WorkflowStateApprovalEmailNotifier): ...


class Task(mail.GroupApprovalTaskStateSubmissionEmailNotifier):
    """To those of the group who may decide; of documents those alone that ask for it (`reviewers_are_mailed`)."""

    def can_handle(self, instance: Any, **kwargs: Any) -> bool:
        handles: bool = super().can_handle(instance, **kwargs)
        document = instance.workflow_state.content_object if handles else None
        return handles and (not isinstance(document, ModeratedDocument) or document.reviewers_are_mailed)

    def get_recipient_users(self, task_state: Any, **kwargs: Any) -> Any:
        people, document = super().get_recipient_users(task_state, **kwargs), task_state.workflow_state.content_object
        if not isinstance(document, ModeratedDocument):
            return people
        task = task_state.task.specific
        return [person for person in people if task.get_actions(document, person)]


NOTIFIERS: dict[str, tuple[Any, Any, Any]] = {
    "workflow_state_submitted": (workflow_submitted, WorkflowState, Submission()),
    "workflow_state_rejected": (workflow_rejected, WorkflowState, Rejection()),
    "workflow_state_approved": (workflow_approved, WorkflowState, Approval()),
    "group_approval_task_submitted": (task_submitted, TaskState, Task()),
}


def connect() -> None:
    """Take the places of Wagtail's notifiers: its app starts after this one, and finds each `dispatch_uid` taken."""
    for name, (signal, sender, notifier) in NOTIFIERS.items():
        signal.connect(notifier, sender=sender, dispatch_uid=f"{name}_email_notification")
