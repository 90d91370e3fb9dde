"""What the end of an approved workflow does. Wagtail reads it while its models load, so it imports none of ours."""

from __future__ import annotations

from typing import Any

from wagtail.workflows import publish_workflow_state


def finish_workflow(workflow_state: Any, user: Any = None) -> None:
    """Publish what was approved: a moderated document by its own rule, everything else as Wagtail does."""
    document = workflow_state.content_object
    if hasattr(document, "publish_approved"):
        document.publish_approved(workflow_state, by=user)
    else:
        publish_workflow_state(workflow_state, user=user)
