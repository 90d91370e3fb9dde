"""What the modules below are told of a moderated document: inside the transaction of what caused it."""

from django.dispatch import Signal

document_submitted = Signal()
"""A document was sent to its reviewers, for the first time or again. Sender: its model. Arguments: `document`, `by`, `at`."""

document_returned = Signal()
"""A reviewer asked for changes. Sender: the document's model. Arguments: `document`, `by`, `at`, `comment`."""

document_approved = Signal()
"""The document is live. Sender: its model. Arguments: `document` (with the approved values), `by`, `at`, `comment`."""
