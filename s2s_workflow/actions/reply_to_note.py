from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.events import N_, record_event
from common.actions import By, Refusal, action
from s2s_workflow.enums import Party
from s2s_workflow.models import NoteOfVisit
from s2s_workflow.permissions import check_user_is
from s2s_workflow.policies import lock_project
from s2s_workflow.telling import NEWS, staff_of, tell


class ReplyGiven(Refusal):
    """The school has replied."""


@action
def reply_to_note(*, note: NoteOfVisit, text: str, by: By, at: datetime) -> NoteOfVisit:
    """
    Reply to a note of visit for the supported school, once (D1). Raises `PermissionDenied`, `ReplyGiven`, `ValidationError`.
    """
    project = lock_project(note.visit.deployment.project)
    note = NoteOfVisit.objects.select_for_update(of=("self",)).get(pk=note.pk)
    user = check_user_is(by, Party.REQUESTER, project, timezone.localdate(at))
    if note.replied_at:
        raise ReplyGiven(_("Your school has replied to this note already."))
    if not text.strip():
        raise ValidationError({"text": _("Write your reply.")})
    note.reply, note.replied_at, note.replied_by = text, at, user
    note.full_clean()
    note.save()
    record_event(project.case, N_("The school replied to a note of visit."), by=by, at=at, public=True)
    tell(project, [*staff_of(project), note.visit.deployment.leader.user], N_("A school replied to a note of visit."), at=at, kind=NEWS)
    return note
