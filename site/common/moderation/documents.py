"""The document that goes live by approval alone: what its model refuses, and what approval publishes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, LockableMixin, Revision, RevisionMixin, TaskState, WorkflowMixin, WorkflowState

from common.history import History
from common.moderation.moment import moment
from common.moderation.refusals import ChangedSinceSubmitted, MayNotDecide, NotApproved
from common.moderation.signals import document_approved

DRAFT_FIELDS = [
    "latest_revision",
    "live_revision",
    "has_unpublished_changes",
    "first_published_at",
    "last_published_at",
    "go_live_at",
    "expire_at",
    "expired",
    "locked",
    "locked_at",
    "locked_by",
]
"""What a document's history leaves out: the revisions tell of drafts, the history of what was in force."""

_approving: ContextVar[tuple[type, Any] | None] = ContextVar("approving", default=None)


class DocumentHistory(History):
    """The history of a moderated document: its start and every state that was in force, no draft."""

    def __init__(self, **options: Any) -> None:
        super().__init__(excluded_fields=DRAFT_FIELDS, **options)

    def post_save(self, instance: models.Model, created: bool, using: str | None = None, **kwargs: Any) -> None:
        if created or getattr(instance, "live", True):
            super().post_save(instance, created, using=using, **kwargs)


class ModeratedDocument(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin):
    """
    Base of every moderated document. Make drafts with `live=False`; tracked models use `history = DocumentHistory()`.

    A subclass says in `check_may_be_decided_by` whom it keeps from deciding. What a decision brings about is for the
    receivers of this module's signals: they run in the decision's transaction, and an exception undoes it.
    """

    class Meta:
        abstract = True

    drafted: ClassVar[tuple[str, ...]] = ()
    """Fields that stand in revisions alone until they are approved: the row is what admin lists, exports and history show."""

    reviewers_are_mailed: ClassVar[bool] = False
    """Whether Wagtail writes to those who may decide: for what is sent in within the admin, where no action of ours hears of it."""

    def check_may_be_decided_by(self, user: Any) -> None:
        """Raise `MayNotDecide` for somebody who may not decide. Asked beside the group of the task, of superusers too."""
        if user.pk in self.author_ids():
            raise MayNotDecide(_("You wrote this, so somebody else decides on it."))

    def author_ids(self) -> set[Any]:
        """Keys of everybody who wrote any of its drafts or sent it in."""
        writers = Revision.objects.for_instance(self).exclude(user=None).values_list("user_id", flat=True)
        senders = WorkflowState.objects.for_instance(self).exclude(requested_by=None).values_list("requested_by_id", flat=True)
        return {*writers, *senders}

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Raise `NotApproved` outside the end of the document's own workflow, whoever asks."""
        if _approving.get() != (type(self), self.pk):
            raise NotApproved("A moderated document goes live when its reviewers approve it.")
        return super().publish(revision, *args, **kwargs)

    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        """Raise `NotApproved`: what was in force stays on record; a later document takes its place."""
        raise NotApproved("A document that was approved is not taken back.")

    def with_content_json(self, content: Any) -> Self:
        """Without dates to go live or expire at: those would publish or unpublish past the reviewers."""
        document: Self = super().with_content_json({**content, "go_live_at": None, "expire_at": None})
        return document

    @property
    def draft(self) -> Self:
        """The document as last written, whether live or not."""
        latest: Self = self.get_latest_revision_as_object()
        return latest

    def publish_approved(self, state: WorkflowState, *, by: Any) -> None:
        """
        Publish what the workflow approved. The only caller is the finish function; it runs in the decision's transaction.

        It asks anew who approved: a task state can be approved, and a workflow finished, without asking the task.
        """
        approvals = list(state.task_states.filter(status=TaskState.STATUS_APPROVED).order_by("finished_at", "pk"))
        if not approvals or state.get_next_task() is not None or any(approval.finished_by is None for approval in approvals):
            raise NotApproved("Not everybody who reviews this document approved it.")
        for approval in approvals:
            self.check_may_be_decided_by(approval.finished_by)
        last = approvals[-1]
        asked = getattr(last.task.specific, "check_may_decide", None)
        if asked is not None:  # a review of ours; an alliance's workflow may end in another kind of task
            asked(self, last.finished_by)
        if last.revision_id != self.latest_revision_id:
            raise ChangedSinceSubmitted(_("This was changed after it was sent in, so nothing was approved. Read it again."))
        with _publishing(self):
            last.revision.publish(user=by, skip_permission_checks=True)
        self.refresh_from_db()
        document_approved.send(type(self), document=self, by=by, at=moment(), comment=last.comment)


@contextmanager
def _publishing(document: ModeratedDocument) -> Iterator[None]:
    token = _approving.set((type(document), document.pk))
    try:
        yield
    finally:
        _approving.reset(token)
