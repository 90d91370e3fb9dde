"""
Documents that go live by approval alone: drafts, a review by people who did not write them, and what approval brings about.

Wagtail lets anyone who may publish go round a workflow, from the edit form, a reverted revision or a schedule. Here the
model itself refuses: only the end of a workflow that the right people approved publishes.
"""

from common.moderation.actions import check_is_not_under_review, decide_on_document, save_draft, submit_document
from common.moderation.documents import DRAFT_FIELDS, DocumentHistory, ModeratedDocument
from common.moderation.refusals import (
    ChangedMeanwhile,
    ChangedSinceSubmitted,
    CommentMissing,
    MayNotDecide,
    NobodyReviews,
    NotApproved,
    NotUnderReview,
    UnderReview,
)
from common.moderation.signals import document_approved, document_returned, document_submitted
from common.moderation.tasks import ReviewTask

__all__ = [
    "DRAFT_FIELDS",
    "ChangedMeanwhile",
    "ChangedSinceSubmitted",
    "CommentMissing",
    "DocumentHistory",
    "MayNotDecide",
    "ModeratedDocument",
    "NobodyReviews",
    "NotApproved",
    "NotUnderReview",
    "ReviewTask",
    "UnderReview",
    "check_is_not_under_review",
    "decide_on_document",
    "document_approved",
    "document_returned",
    "document_submitted",
    "save_draft",
    "submit_document",
]
