from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from alliance.models import OrganisationKind, School
from cases.actions.open_case import open_case
from cases.enums import CaseKind
from cases.models import Attachment, Case
from cases.signals import request_submitted
from common.actions import By, Refusal, action
from s2s_forms.actions.remove_draft_file import remove_draft_file
from s2s_forms.models import ProcessPage, RequestDraft, RequestPage, SupportRequest
from s2s_forms.protocols import current_version
from s2s_forms.request_form.answered import Answered
from s2s_forms.request_form.core_answers import NOT_SURE
from s2s_forms.request_form.step_form import NOT_LISTED

PREFIX = "S2S"


class RequestIncomplete(Refusal):
    """Something is still missing or does not hold any more; the check page leads there."""


@action
def submit_request(*, draft: RequestDraft, page: RequestPage, by: By, at: datetime) -> Case:
    """
    Turn a draft into a request with its case, reference, files and messages, whole or not at all (R1, R3).

    `page` is the draft's page in the language in which it is sent: its questions are kept with the answers as they are worded there.

    Sending the same draft again returns the case it became; of two at once, one waits for the other.
    The case follows the protocol's version in force now. Raises `RequestIncomplete`.
    """
    draft = RequestDraft.objects.select_for_update(of=("self",)).select_related("case").get(pk=draft.pk)
    if draft.case is not None:
        return draft.case
    language = page.locale.language_code
    with translation.override(language):  # in that of the page, whoever sends it
        answered = Answered(page, draft)
        answers, words = answered.values, [asdict(answer) for answer in answered.in_words()]
    if answered.first_incomplete:
        raise RequestIncomplete(_("Something is still missing. Look through your answers once more."))
    case = open_case(case=_case(page, language, answers), prefix=PREFIX, by=by, at=at)
    request = SupportRequest(
        case=case,
        support_kind=case.support_kind,
        focus=answers["focus"],
        desired_outcome=answers["desired_outcome"],
        already_tried=answers.get("already_tried", ""),
        timing=answers["timing"],
        answers=words,
        language=language,
        submitted_at=at,
    )
    request.full_clean(exclude=["case"])
    request.save(force_insert=True)
    for sent in draft.files.select_related("private_file"):
        if (
            sent.question not in answered.questions
        ):  # of a step for others, or of a question that is no more: the check page did not show it
            remove_draft_file(sent=sent, by=by, at=at)
            continue
        Attachment.objects.create(case=case, private_file=sent.private_file)
        sent.delete()
    draft.case, draft.answers, draft.email, draft.changed_at = case, {}, "", at
    draft.save()
    request_submitted.send(sender=Case, case=case, at=at)
    return case


def _case(page: RequestPage, language: str, answers: dict[str, Any]) -> Case:
    listed = answers["school"] != NOT_LISTED
    process = ProcessPage.objects.ancestor_of(page).last()
    return Case(
        kind=CaseKind.SUPPORT,
        support_kind="" if answers["support_kind"] == NOT_SURE else answers["support_kind"],
        title=answers["title"],
        supported_school=School.objects.get(pk=answers["school"]) if listed else None,
        school_name_given="" if listed else answers["school_name"],
        contact_name=answers["contact_name"],
        contact_role=answers.get("contact_role", ""),
        contact_email=answers["contact_email"],
        contact_telephone=answers["contact_telephone"],
        contact_language=language,
        requester_kind=OrganisationKind.objects.get(key=answers["requester_kind"]),
        organisation_name_given=answers.get("organisation", ""),
        protocol_version=current_version(process.protocol_key) if process else None,
    )
