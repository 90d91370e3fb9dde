"""From an approved evaluation to the draft of a story (E5)."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from alliance.models import School
from common.actions import Refusal
from s2s_workflow.enums import Judgement, Stage
from s2s_workflow.in_force import plan_in_force
from s2s_workflow.models import SupportProject
from s2s_workflow.parties import schools_in
from website.models import StoryIndexPage, StoryPage

ASKED_AT = (Stage.FINAL_REVIEW_DUE, Stage.EVALUATION_REVIEW, Stage.CHANGES_REQUESTED, Stage.APPROVED, Stage.DISSEMINATED)
"""The schools are asked for their consent."""


class NoConsent(Refusal):
    """The evaluation is not approved, or a school of the case does not agree to a story."""


def consent_may_be_given(project: SupportProject) -> bool:
    """Or taken back: for as long as there is a story to tell, also once the project is closed."""
    return project.stage in ASKED_AT or (project.stage == Stage.CLOSED and project.story_id is not None)


def schools_without_consent(project: SupportProject) -> list[School]:
    """Schools of the case that have not agreed to a story, or took their consent back."""
    agreed = set(project.story_consents.filter(consents=True).values_list("school", flat=True))
    return [school for school in schools_in(project) if school.pk not in agreed]


def everybody_consents(project: SupportProject) -> bool:
    """Whether the evaluation is approved and every school of the case said yes."""
    evaluation = getattr(project, "evaluation", None)
    return evaluation is not None and evaluation.live and not schools_without_consent(project)


def refuse_a_story_without_consent(story: StoryPage, **kwargs: Any) -> None:
    """A receiver of `story_goes_live`: what is told of schools is told with the consent of each, in every language (E5)."""
    projects = SupportProject.objects.select_for_update(of=("self",)).filter(story__translation_key=story.translation_key)
    for project in projects.select_related("case__supported_school"):
        if missing := schools_without_consent(project):
            names = ", ".join(school.name for school in missing)
            raise NoConsent(
                _("“%(story)s” cannot be published: it needs the consent of every school, and this is missing: %(schools)s.")
                % {"story": story.title, "schools": names}
            )


def story_may_be_drafted(project: SupportProject) -> bool:
    """Everybody agrees, and the site has a place for it; a missing place keeps nobody from approving or agreeing."""
    return everybody_consents(project) and story_list() is not None


def story_list() -> StoryIndexPage | None:
    """The page below which stories stand; None while the site has none."""
    found: StoryIndexPage | None = StoryIndexPage.objects.live().order_by("path").first()
    return found


def story_content(project: SupportProject) -> dict[str, object]:
    """What a story takes from the case: plain text, escaped. Editors make it a story; visits and messages stay confidential."""
    evaluation, plan = project.evaluation, plan_in_force(project)
    objectives = {block.id: block.value["objective"] for block in (plan.objectives if plan else ())}
    outcomes = [
        (objectives.get(block.value["objective_id"], ""), Judgement(block.value["judgement"]).label, block.value["evidence"])
        for block in evaluation.judgements
    ]
    parties = [("supported_school", project.case.school_name), *(("supporting_school", one.name) for one in schools_in(project)[1:])]
    parties += [("leader", str(deployment.leader)) for deployment in project.team()]
    return {
        "introduction": project.case.title,
        "involved": [("party", {"name": name, "part": part, "note": ""}) for part, name in parties],
        "context": _paragraphs(project.needs),
        "what_we_did": format_html("<p>{}</p><ul>{}</ul>", _("What we set out to do:"), _items(objectives.values())),
        "outcomes": format_html_join("", "<p><b>{}</b>: {}. {}</p>", outcomes),
        "went_well": _paragraphs(evaluation.achievements),
        "challenges": _paragraphs(evaluation.challenges),
        "lessons": _paragraphs(evaluation.sustained_by),
        "advice": _paragraphs(evaluation.next_steps),
    }


def _paragraphs(text: str) -> str:
    return format_html_join("", "<p>{}</p>", ((line,) for line in text.splitlines() if line.strip()))


def _items(texts: object) -> str:
    return format_html_join("", "<li>{}</li>", ((text,) for text in texts))  # type: ignore[attr-defined]
