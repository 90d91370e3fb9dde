"""The request journey: start page, steps, check answers, confirmation. Works without JavaScript."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from cases.message_kinds import FOLLOW_LINK_LASTS
from cases.models import Case
from cases.purposes import FOLLOW
from cases.turns import promised_by
from common.actions import Actor
from common.links import make_link
from common.rate_limits import TooOften, count_post
from s2s_forms.actions.keep_step import DraftIsSent, keep_step
from s2s_forms.actions.remove_draft_file import remove_draft_file
from s2s_forms.actions.save_draft_for_later import save_draft_for_later
from s2s_forms.actions.submit_request import RequestIncomplete, submit_request
from s2s_forms.drafts import SENDING_KEY, SENT_KEY, SESSION_KEY, draft_of, start_draft
from s2s_forms.models import RequestDraft, RequestPage
from s2s_forms.request_form.answered import Answered
from s2s_forms.request_form.save_form import SaveForm
from s2s_forms.request_form.send_form import SendForm
from s2s_forms.request_form.step_form import QUERY, StepForm
from s2s_forms.request_form.steps import Step, steps_for, to_keep
from website.contacts import contact_for

VISITOR = Actor("visitor")


def _render(request: HttpRequest, page: RequestPage, template: str, **context: Any) -> HttpResponseBase:
    base = {"page": page, "self": page, "contact": contact_for(page.contact_role), **context}
    response = render(request, f"s2s_forms/request/{template}.html", base)
    response["Cache-Control"] = "private, no-store"
    return response


def _address(page: RequestPage, request: HttpRequest, name: str, *args: str) -> str:
    return page.get_url(request) + page.reverse_subpage(name, args=args)


def start(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """What the visitor needs, and a button. A fresh draft only when the button is pressed."""
    draft = draft_of(request, page)
    if request.method == "POST":
        if draft is None or request.POST.get("again"):
            try:
                count_post(request, "start_request")
            except TooOften as too_often:
                return too_often.told(_render(request, page, "start", draft=draft, too_often=too_often))
            draft = start_draft(request, page)
        answered = Answered(page, draft)
        return redirect(_address(page, request, "step", (answered.first_incomplete or answered.steps[0]).slug))
    return _render(request, page, "start", draft=draft)


def step(request: HttpRequest, page: RequestPage, slug: str) -> HttpResponseBase:
    draft = draft_of(request, page)
    if draft is None:
        return redirect(page.get_url(request))
    current = next((one for one in steps_for(page.form, draft.answers) if one.slug == slug), None)
    if current is None:
        raise Http404
    if request.method == "POST" and "remove" in request.POST:
        sent = get_object_or_404(draft.files, private_file__key=_uuid_or_404(request.POST["remove"]))
        remove_draft_file(sent=sent, by=VISITOR, at=timezone.now())
        return redirect(_address(page, request, "step", slug))
    form = _form(request, current, draft)
    if request.method == "POST" and form.is_valid() and _keep(request, draft, form):
        draft.refresh_from_db()
        return redirect(_after(request, page, current, draft))
    return _step_page(request, page, current, draft, form)


def _uuid_or_404(text: str) -> str:
    try:
        return str(forms.UUIDField().clean(text))
    except ValidationError as error:
        raise Http404 from error


def _form(request: HttpRequest, current: Step, draft: RequestDraft) -> StepForm:
    known = {"contact_email": draft.email, **draft.answers}  # the address that the link was sent to is not asked for twice
    options: dict[str, Any] = {"answers": known, "files_of": {sent.question for sent in draft.files.all()}}
    if current.finds_school:
        options["q"] = request.POST.get("q", request.GET.get("q", ""))[:100].replace("\x00", "")
    if request.method == "POST":
        return StepForm(current, request.POST, request.FILES, **options)
    return StepForm(current, **options)


def _keep(request: HttpRequest, draft: RequestDraft, form: StepForm) -> bool:
    is_file = {name: isinstance(field, forms.FileField) for name, field in form.fields.items()}
    answers = {name: to_keep(value) for name, value in form.cleaned_data.items() if not is_file[name] and name != QUERY}
    files = {name: value for name, value in form.cleaned_data.items() if is_file[name]}
    try:
        keep_step(draft=draft, answers=answers, files=files, by=VISITOR, at=timezone.now())
    except ValidationError as error:
        form.add_error(None, error)
        return False
    except DraftIsSent as refusal:
        messages.info(request, str(refusal))
    return True


def _after(request: HttpRequest, page: RequestPage, current: Step, draft: RequestDraft) -> str:
    """
    Save and come back, back to the check page when changing one answer, or on to the next step. A changed answer may open a step
    that was not asked before: then that comes first.
    """
    if "save" in request.POST:
        return _address(page, request, "save_for_later")
    answered = Answered(page, draft)
    following = answered.steps[answered.steps.index(current) + 1 :]
    if request.GET.get("change"):
        following = [answered.first_incomplete] if answered.first_incomplete else []
    if not following:
        return _address(page, request, "check_answers")
    return _address(page, request, "step", following[0].slug)


def _step_page(request: HttpRequest, page: RequestPage, current: Step, draft: RequestDraft, form: StepForm) -> HttpResponseBase:
    steps = steps_for(page.form, draft.answers)
    place = steps.index(current)
    return _render(
        request,
        page,
        "school" if current.finds_school else "step",
        step=current,
        form=form,
        number=place + 1,
        steps=steps,
        files=list(draft.files.filter(question__in=form.fields).select_related("private_file")),
        changes=bool(request.GET.get("change")),
        back=_address(page, request, "step", steps[place - 1].slug) if place else page.get_url(request),
    )


def check_answers(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """All answers with change links; the button sends. The second click finds the case that the first one made."""
    key = request.session.get(SESSION_KEY)
    draft = RequestDraft.objects.filter(key=key, page__translation_key=page.translation_key).select_related("case").first() if key else None
    if draft is None:
        return redirect(page.get_url(request))
    if draft.case is not None:  # only the browser that sent it sees what came of it
        was_sent_here = request.session.get(SENDING_KEY) == str(draft.key)
        return _to_confirmation(request, page, draft.case) if was_sent_here else redirect(page.get_url(request))
    answered = Answered(page, draft)
    if answered.first_incomplete:
        return redirect(_address(page, request, "step", answered.first_incomplete.slug))
    form = SendForm(request.POST if request.method == "POST" else None, draft=draft)
    if request.method == "POST" and form.is_valid():
        try:
            count_post(request, "send_request", key=draft.answers["contact_email"])
            case = _submit(request, draft, page)
        except RequestIncomplete as refusal:
            messages.error(request, str(refusal))
            return redirect(_address(page, request, "check_answers"))
        except TooOften as too_often:
            return too_often.told(_check_page(request, page, answered, form=form, too_often=too_often))
        return _to_confirmation(request, page, case)
    return _check_page(request, page, answered, form=form)


def _submit(request: HttpRequest, draft: RequestDraft, page: RequestPage) -> Case:
    """The browser is remembered first: a process may die after the request is in and before its answer is out."""
    request.session[SENDING_KEY] = str(draft.key)
    request.session.save()
    try:
        return submit_request(draft=draft, page=page, by=_sender(draft), at=timezone.now())
    except Exception:
        del request.session[SENDING_KEY]
        request.session.save()
        raise


def _check_page(request: HttpRequest, page: RequestPage, answered: Answered, **context: Any) -> HttpResponseBase:
    answers = [(answer, _address(page, request, "step", answer.step) + "?change=1") for answer in answered.in_words()]
    back = _address(page, request, "step", answered.steps[-1].slug)
    return _render(request, page, "check", answers=answers, back=back, **context)


def _sender(draft: RequestDraft) -> Actor:
    """Whoever says to be the contact: the name stands in the history as it was given."""
    return Actor.form_sender(draft.answers.get("contact_name", ""))


def _to_confirmation(request: HttpRequest, page: RequestPage, case: Case) -> HttpResponseBase:
    request.session[SENT_KEY] = case.reference
    return redirect(_address(page, request, "sent"))


def sent(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """The reference, and what happens next by when. Only the browser that sent the request sees it."""
    case = Case.objects.filter(reference=request.session.get(SENT_KEY, "")).first()
    if case is None:
        return redirect(page.get_url(request))
    if request.method == "POST":
        now = timezone.now()
        token = make_link(purpose=FOLLOW, subject=case, at=now, expires_at=now + FOLLOW_LINK_LASTS)
        return redirect("follow", token)
    return _render(request, page, "sent", case=case, answer_by=promised_by("FIRST_ANSWER", case.opened_at))


def save_for_later(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    draft = draft_of(request, page)
    if draft is None:
        return redirect(page.get_url(request))
    form = SaveForm(request.POST or None, initial={"email": draft.answers.get("contact_email", "")})
    back = _last_step(request, page, draft)
    if request.method == "POST" and form.is_valid():
        try:
            count_post(request, "save_request", key=form.cleaned_data["email"])
        except TooOften as too_often:
            return too_often.told(_render(request, page, "save", form=form, back=back, too_often=too_often))
        save_draft_for_later(draft=draft, email=form.cleaned_data["email"], by=VISITOR, at=timezone.now())
        return _render(request, page, "saved", draft=draft, email=form.cleaned_data["email"])
    return _render(request, page, "save", form=form, back=back)


def _last_step(request: HttpRequest, page: RequestPage, draft: RequestDraft) -> str:
    answered = Answered(page, draft)
    return _address(page, request, "step", (answered.first_incomplete or answered.steps[-1]).slug)
