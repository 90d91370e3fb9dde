from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.models import School
from alliance.queries import is_head_of
from cases.events import N_, record_event
from common.actions import By, action
from s2s_workflow.actions.draft_story import draft_story
from s2s_workflow.actions.hold_story_back import hold_story_back
from s2s_workflow.models import StoryConsent, SupportProject
from s2s_workflow.parties import schools_in
from s2s_workflow.permissions import check_is_a_person
from s2s_workflow.policies import NotNow, lock_project
from s2s_workflow.stories import consent_may_be_given, everybody_consents, schools_without_consent, story_may_be_drafted
from s2s_workflow.telling import tell_editors


@action
def consent_to_story(*, project: SupportProject, school: School, consents: bool, by: By, at: datetime) -> StoryConsent:
    """
    Say, for one school of the case, whether the work may be told as a story (E5). With everybody's yes its draft is made.

    A later answer takes the place of an earlier one. A consent that is taken back holds the story back at once, after the project is
    closed too. Raises `PermissionDenied` unless by the head of that school, and `NotNow`.
    """
    project = lock_project(project)
    user = check_is_a_person(by)
    if school not in schools_in(project) or not is_head_of(user, school, timezone.localdate(at)):
        raise PermissionDenied
    if not consent_may_be_given(project):
        raise NotNow(_("The schools are not asked about a story now."))
    before = schools_without_consent(project)
    consent = StoryConsent.objects.filter(project=project, school=school).first() or StoryConsent(project=project, school=school)
    consent.consents, consent.given_at, consent.given_by = consents, at, user
    consent.save()
    sentence = N_("%(school)s agrees to a story.") if consents else N_("%(school)s does not agree to a story.")
    record_event(project.case, sentence, by=by, at=at, school=school.name)
    story = project.story
    if story is None:
        if story_may_be_drafted(project):
            draft_story(project=project, by=by, at=at)
    elif not consents and school not in before:
        hold_story_back(project=project, by=by, at=at)
    elif before and everybody_consents(project):
        tell_editors(project, story, N_("Every school agrees to a story again. It can be published."), at=at)
    return consent
