"""Who decides on a moderated document: the task of its workflow, whatever address a decision comes from."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import AbstractGroupApprovalTask, TaskState

from common.actions import acting
from common.moderation.documents import ModeratedDocument
from common.moderation.moment import moment, told
from common.moderation.refusals import ChangedSinceSubmitted, CommentMissing, MayNotDecide, NotUnderReview
from common.moderation.signals import document_returned


class ReviewTask(AbstractGroupApprovalTask):
    """Approval by a group, less those whom the document itself keeps from deciding. It locks the document for everybody."""

    class Meta:
        verbose_name = gettext_lazy("review by a group")
        verbose_name_plural = gettext_lazy("reviews by a group")

    def check_may_decide(self, document: Any, user: Any) -> None:
        """Raise `MayNotDecide` unless the person is in one of the groups and the document does not object."""
        if not user.is_active or not (user.is_superuser or self._user_in_groups(user)):
            raise MayNotDecide(_("Others decide on this."))
        if isinstance(document, ModeratedDocument):
            document.check_may_be_decided_by(user)

    def get_actions(self, obj: Any, user: Any) -> list[Any]:
        try:
            self.check_may_decide(obj, user)
        except MayNotDecide:
            return []
        return [("reject", _("Ask for changes"), True), ("approve", _("Approve"), False), ("approve", _("Approve with a comment"), True)]

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """A member of the group who may not decide does not read it there either."""
        return bool(self.get_actions(obj, user))

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return True

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return False

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """Without those that the person may not decide: they are no work for them."""
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        able = [
            state.pk for state in states.select_related("workflow_state") if self.get_actions(state.workflow_state.content_object, user)
        ]
        return states.filter(pk__in=able)

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, comment: str = "", **kwargs: Any) -> None:
        """
        Decide. The document is the task state's own, whatever address the decision came from.

        Raises `MayNotDecide`, `NotUnderReview`, `ChangedSinceSubmitted`, `CommentMissing`; nothing is changed then.
        """
        document = task_state.workflow_state.content_object
        if not isinstance(document, ModeratedDocument):
            super().on_action(task_state, user, action_name, comment=comment)
            return
        document = type(document)._base_manager.select_for_update(of=("self",)).get(pk=document.pk)
        task_state = type(task_state)._default_manager.get(pk=task_state.pk)
        self.check_may_decide(document, user)
        if task_state.status != TaskState.STATUS_IN_PROGRESS or not task_state.workflow_state.is_active:
            raise NotUnderReview(_("This was decided already."))
        if task_state.revision_id != document.latest_revision_id:
            raise ChangedSinceSubmitted(_("This was changed after it was sent in. Read it again."))
        with acting(by=user, reason=comment):
            if action_name == "reject":
                if not comment.strip():
                    raise CommentMissing(_("Say what should change."))
                task_state.reject(user=user, comment=comment)
                document_returned.send(type(document), document=document, by=user, at=moment(), comment=comment)
            elif action_name == "approve":
                task_state.approve(user=user, comment=comment)
            else:
                raise MayNotDecide(_("Approve, or ask for changes."))
        if at := told():  # Wagtail notes its own clock
            TaskState.objects.filter(pk=task_state.pk).update(finished_at=at)

    @classmethod
    def get_description(cls) -> str:
        return str(_("Members of the chosen groups approve, never the author or somebody tied to what is decided"))
