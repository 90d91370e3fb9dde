"""A request taken by telephone, on one page (R5)."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from alliance.access import ALLIANCE_STAFF, person_of
from cases.models import Case
from common.access import access
from s2s_forms.actions.submit_request import RequestIncomplete
from s2s_forms.actions.take_request_by_telephone import take_request_by_telephone
from s2s_forms.models import RequestPage
from s2s_forms.request_form.steps import to_keep
from s2s_forms.request_form.telephone_form import LanguageForm, TelephoneForm

FIND = "find"
"""The button that looks for the school, and sends nothing."""


@access(ALLIANCE_STAFF)
def telephone(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one request page. `pk` is any of its translations; the page is worked on in the reader's language."""
    pages = list(RequestPage.objects.live().filter(translation_key__in=RequestPage.objects.filter(pk=pk).values("translation_key")))
    if not pages:
        raise Http404
    page = next((one for one in pages if one.locale.language_code == translation.get_language()), pages[0])
    finds = request.method == "POST" and FIND in request.POST
    data = request.POST if request.method == "POST" else None
    query = request.POST.get("q", "")[:100].replace("\x00", "")
    if finds:
        data = None
    page = next((one for one in pages if str(one.pk) == request.POST.get("page")), page)
    form = TelephoneForm(
        page, data, None if data is None else request.FILES, q=query, chosen=request.POST.get("school", ""), initial={"key": uuid.uuid4()}
    )
    language = LanguageForm(data, pages=pages, initial={"page": page.pk}) if len(pages) > 1 else None
    if finds:
        form.fill(request.POST)
    if data is not None and all([form.is_valid(), language is None or language.is_valid()]):
        case = _send(request, page, form)
        if case is not None:
            return redirect("portal:case", case.reference)
    return render(request, "s2s_forms/telephone.html", {"form": form, "language": language, "page": page, "query": query})


def _send(request: HttpRequest, page: RequestPage, form: TelephoneForm) -> Case | None:
    values = {name: value for name, value in form.cleaned_data.items() if name != "key"}
    is_file = {name: isinstance(form.fields[name], forms.FileField) for name in values}
    answers: dict[str, Any] = {name: to_keep(value) for name, value in values.items() if not is_file[name]}
    files = {name: value for name, value in values.items() if is_file[name]}
    try:
        case = take_request_by_telephone(
            key=form.cleaned_data["key"], page=page, answers=answers, files=files, by=person_of(request), at=timezone.now()
        )
    except ValidationError as error:
        form.add_error(None, error)
    except RequestIncomplete as refusal:
        form.add_error(None, str(refusal))
    else:
        messages.success(request, _("The request is in. %(name)s was sent the reference.") % {"name": case.contact_name})
        return case
    return None
