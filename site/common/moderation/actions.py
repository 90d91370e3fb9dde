"""Writing a draft, sending it in, and deciding on it: the doors of the portal, to the same tasks as the admin's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Revision, WorkflowState

from common.actions import action
from common.moderation.documents import ModeratedDocument
from common.moderation.moment import telling
from common.moderation.refusals import ChangedMeanwhile, ChangedSinceSubmitted, NobodyReviews, NotUnderReview, UnderReview
from common.moderation.signals import document_submitted


def save_draft(document: ModeratedDocument, *, by: Any, seen: int | None = None) -> Revision:
    """
    Keep what is on the document as its next draft, written by `by`; nothing goes live, and of a first draft nothing
    stands in the row. Part of an action.

    `seen` is the key of the draft that the person changed, 0 where there was none; with None nobody asks. Raises
    `UnderReview` while reviewers have it, `ChangedMeanwhile` when there is a newer draft than `seen`, and `ValidationError`.
    """
    latest = document.latest_revision
    if latest is not None and seen is not None and seen != latest.pk:
        raise ChangedMeanwhile(
            _("%(person)s changed this while you wrote, so yours was not saved. It is still here: open the new draft in another window.")
            % {"person": latest.user or _("Somebody")}
        )
    if document._state.adding:
        _begin(document)
    check_is_not_under_review(document)
    return document.save_revision(user=by)


def _begin(document: ModeratedDocument) -> None:
    """Make the row of a document that nobody approved yet, without what its draft says."""
    document.live = False
    document.full_clean()
    written = {name: getattr(document, name) for name in document.drafted}
    for name in written:
        setattr(document, name, type(document)._meta.get_field(name).get_default())
    document.save()
    for name, value in written.items():
        setattr(document, name, value)


@action
def submit_document(*, document: ModeratedDocument, by: Any, at: datetime) -> None:
    """Send the latest draft to its reviewers. Raises `UnderReview` and `NobodyReviews`."""
    document = type(document)._base_manager.select_for_update(of=("self",)).get(pk=document.pk)
    state = document.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise UnderReview(_("This is with its reviewers already."))
    workflow = document.get_workflow()
    if workflow is None or not workflow.tasks.filter(active=True).exists():
        raise NobodyReviews(_("Nobody is set to review this. Ask the alliance to set a workflow for it."))
    if state is not None:
        state.resume(user=by)
    else:
        workflow.start(document, by)
    document_submitted.send(type(document), document=document, by=by, at=at)


@action
def decide_on_document(
    *, document: ModeratedDocument, approve: bool, by: Any, at: datetime, reason: str = "", seen: int | None = None
) -> None:
    """
    Approve a document, or return it with `reason` as the comment: the door of the portal to the same tasks as the admin's.

    `seen` is the key of the draft that the person read; with None nobody asks. Raises what `ReviewTask.on_action` raises, and
    `ChangedSinceSubmitted` when another draft than `seen` is under review.
    """
    task_state = document.current_workflow_task_state
    if task_state is None or document.current_workflow_state.status != WorkflowState.STATUS_IN_PROGRESS:
        raise NotUnderReview(_("Nobody is asked to decide on this now."))
    if seen is not None and seen != task_state.revision_id:
        raise ChangedSinceSubmitted(_("Another text was sent in since you opened this page. Read it again."))
    with telling(at):
        task_state.task.specific.on_action(task_state, by, "approve" if approve else "reject", comment=reason)


def check_is_not_under_review(document: ModeratedDocument) -> None:
    """Raise `UnderReview` while reviewers have it."""
    if document.workflow_in_progress:
        raise UnderReview(_("This is with its reviewers, so it cannot be changed now."))
