from datetime import datetime

from django.utils.translation import gettext as _

from cases.events import N_, record_event
from common.actions import By, Refusal, action
from s2s_workflow.models import SupportProject
from s2s_workflow.policies import lock_project
from s2s_workflow.telling import NEWS, staff_of, tell, tell_editors


class NoStory(Refusal):
    """No story was drafted."""


@action
def hold_story_back(*, project: SupportProject, by: By, at: datetime) -> None:
    """
    Take the project's story off the public site, in every language, with any day on which it was to go live (E5).

    Editors and alliance staff are told; editors keep the draft. The caller has checked who acts: it follows from a consent that is
    missing. Raises `NoStory`.
    """
    project = lock_project(project)
    story = project.story
    if story is None:
        raise NoStory(_("There is no story to hold back."))
    was_live = False
    for page in story.get_translations(inclusive=True):
        page.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)
        if page.live:
            was_live = True
            page.unpublish()
    if was_live:
        record_event(project.case, N_("The story was taken off the public site: not every school agrees to it any more."), by=by, at=at)
        sentence = N_("A school took back its consent to a story. It is off the public site, and cannot be published.")
    else:
        record_event(project.case, N_("The story cannot be published: not every school agrees to it any more."), by=by, at=at)
        sentence = N_("A school took back its consent to a story. It cannot be published.")
    tell_editors(project, story, sentence, at=at)
    tell(project, staff_of(project), N_("A school took back its consent to a story."), at=at, kind=NEWS)
