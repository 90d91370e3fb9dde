"""Why something is not done with a moderated document."""

from django.core.exceptions import PermissionDenied

from common.actions import Refusal


class NotApproved(PermissionDenied):
    """Something tried to publish a document that its reviewers have not approved."""


class UnderReview(Refusal):
    """The document is with its reviewers, so it can be neither changed nor sent again."""


class NotUnderReview(Refusal):
    """Nobody is asked to decide on the document now."""


class ChangedSinceSubmitted(Refusal):
    """The text before the reviewer is not the text that was sent in."""


class ChangedMeanwhile(Refusal):
    """Somebody else saved a draft after the person began to change it."""


class NobodyReviews(Refusal):
    """No workflow is set for this kind of document."""


class MayNotDecide(Refusal):
    """The person may not decide on this document: its author, somebody tied to it, or not a reviewer."""


class CommentMissing(Refusal):
    """Whoever asks for changes says which."""
