from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from alliance.access import ALLIANCE_STAFF_ROLES
from alliance.roles import has_role
from cases.events import N_, record_event
from cases.models import Case
from common.actions import Actor, By, action
from s2s_forms.actions.keep_step import keep_step
from s2s_forms.actions.submit_request import submit_request
from s2s_forms.models import RequestDraft, RequestPage


@action
def take_request_by_telephone(
    *,
    key: uuid.UUID,
    page: RequestPage,
    answers: Mapping[str, Any],
    files: Mapping[str, Sequence[UploadedFile]],
    by: By,
    at: datetime,
) -> Case:
    """
    Send a request on behalf of whoever rang up, who gets the same acknowledgement as anybody (R5).

    `answers` are those of the page's form by the name of their question; the contact in them is who called. `key` is the form's own:
    sending it again returns the case it became. Raises `PermissionDenied` unless by alliance staff, `RequestIncomplete`, and
    `ValidationError` for a refused file.
    """
    user = Actor.of(by).user
    if user is None or not has_role(user, *ALLIANCE_STAFF_ROLES):
        raise PermissionDenied(_("Staff of the alliance take requests by telephone."))
    fresh = {"page": page, "language": page.locale.language_code, "started_at": at, "changed_at": at}
    draft, _made = RequestDraft.objects.get_or_create(key=key, defaults=fresh)
    draft = RequestDraft.objects.select_for_update(of=("self",)).select_related("case").get(pk=draft.pk)
    if draft.case is not None:
        return draft.case
    draft = keep_step(draft=draft, answers=answers, files=files, by=by, at=at)
    case = submit_request(draft=draft, page=page, by=by, at=at)
    case.support_request.taken_by = user
    case.support_request.save()
    record_event(case, N_("The request was taken by telephone."), by=by, at=at, public=True)
    return case
