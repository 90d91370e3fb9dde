from datetime import datetime

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from alliance.enums import Phase
from cases.enums import SupportKind
from cases.events import N_, record_event
from common.actions import Actor, By, Refusal, action
from s2s_workflow.models import SupportProject
from s2s_workflow.policies import lock_project
from s2s_workflow.stories import NoConsent, everybody_consents, story_content, story_list
from s2s_workflow.telling import tell_editors
from website.models import StoryPage


class NowhereToTell(Refusal):
    """The site has no list of stories."""


@action
def draft_story(*, project: SupportProject, by: By, at: datetime) -> StoryPage:
    """
    Make the draft of a story from an approved evaluation, once (E5); editors work on it and publish it by their own review.

    Raises `NoConsent` and `NowhereToTell`. The caller has checked who acts: it follows from the last consent or the approval.
    """
    project = lock_project(project)
    if project.story is not None:
        return project.story
    if not everybody_consents(project):
        raise NoConsent(_("A story needs the approved evaluation and the consent of every school."))
    parent = story_list()
    if parent is None:
        raise NowhereToTell(_("The site has no list of stories yet. Ask an editor to add one."))
    case = project.case
    story = StoryPage(
        title=_("%(title)s: %(school)s") % {"title": case.title, "school": case.school_name},
        slug=slugify(case.reference),
        live=False,
        date=timezone.localdate(at),
        phase=case.supported_school.phase if case.supported_school else Phase.NOT_APPLICABLE,
        kind=case.support_kind or SupportKind.DEPLOYMENT,
        owner=Actor.of(by).user,
        **story_content(project),
    )
    parent.add_child(instance=story)
    story.save_revision(user=Actor.of(by).user)
    project.story = story
    project.save()
    record_event(case, N_("A story was drafted from the evaluation."), by=by, at=at)
    tell_editors(project, story, N_("A new story waits for an editor."), at=at)
    return story
