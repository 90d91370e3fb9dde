"""The follow page: what a requester sees and does by private link, without an account (R4)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cases.actions.answer_question import answer_question
from cases.actions.send_message import send_message
from cases.actions.withdraw_case import withdraw_case
from cases.enums import Direction
from cases.forms import AnswerForm, ReasonForm, TextForm
from cases.models import Attachment, Case
from cases.purposes import FOLLOW
from cases.queries import follow_page_of, follow_parts_of
from common.access import SIGNED_LINK, access
from common.actions import Actor
from common.files import serve_private_file
from common.form_flow import FormRefused, act_once
from common.links import LinkRefused, open_link
from common.rate_limits import TooOften, count_post

CaseView = Callable[..., HttpResponseBase]


def by_follow_link(view: CaseView) -> CaseView:
    """Open the link and hand its case to the view; keep its address out of caches and of other sites' logs."""

    @access(SIGNED_LINK)
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
        try:
            link = open_link(purpose=FOLLOW, token=token, at=timezone.now())
        except LinkRefused as refusal:
            response: HttpResponseBase = render(request, "cases/link_refused.html", {"refusal": refusal}, status=410)
        else:
            case = cast(Case, link.subject)
            with translation.override(case.contact_language or settings.LANGUAGE_CODE):
                request.LANGUAGE_CODE = translation.get_language()
                response = view(request, token=token, case=case, **kwargs)
        # Not "no-referrer": browsers then send forms with "Origin: null", which the CSRF check refuses.
        response["Referrer-Policy"] = "same-origin"
        return response

    return opened


@by_follow_link
def follow(request: HttpRequest, *, token: str, case: Case) -> HttpResponseBase:
    return _page(request, token, case)


@by_follow_link
@require_POST
def answer(request: HttpRequest, *, token: str, case: Case, question: int) -> HttpResponseBase:
    asked = get_object_or_404(case.messages.for_requester().filter(is_question=True), pk=question)
    form = AnswerForm(request.POST, request.FILES, prefix=f"question-{question}")

    def act() -> None:
        answer_question(
            question=asked, text=form.cleaned_data["text"], files=form.cleaned_data["uploads"], by=_holder(case), at=timezone.now()
        )

    try:
        count_post(request, "follow", key=token)
        act_once(request, form, act, done=_("Thank you. Your answer was sent."))
    except FormRefused:
        return _page(request, token, case, answers={question: form})
    except TooOften as too_often:
        return too_often.told(_page(request, token, case, answers={question: form}, too_often=too_often))
    return redirect("follow", token)


@by_follow_link
@require_POST
def message(request: HttpRequest, *, token: str, case: Case) -> HttpResponseBase:
    form = TextForm(request.POST, request.FILES, prefix="message")

    def act() -> None:
        data = form.cleaned_data
        send_message(
            case=case, direction=Direction.TO_ALLIANCE, text=data["text"], files=data["uploads"], by=_holder(case), at=timezone.now()
        )

    try:
        count_post(request, "follow", key=token)
        act_once(request, form, act, done=_("Your message was sent."))
    except FormRefused:
        return _page(request, token, case, message_form=form)
    except TooOften as too_often:
        return too_often.told(_page(request, token, case, message_form=form, too_often=too_often))
    return redirect("follow", token)


@by_follow_link
def withdraw(request: HttpRequest, *, token: str, case: Case) -> HttpResponseBase:
    form = ReasonForm(request.POST or None)
    context = {"case": case, "token": token, "form": form}
    if request.method == "POST":

        def act() -> None:
            withdraw_case(case=case, reason=form.cleaned_data["reason"], by=_holder(case), at=timezone.now())

        try:
            count_post(request, "follow", key=token)
            act_once(request, form, act, done=_("Your request was withdrawn."))
        except TooOften as too_often:
            return too_often.told(render(request, "cases/withdraw.html", {**context, "too_often": too_often}))
        except FormRefused:
            pass
        else:
            return redirect("follow", token)
    return render(request, "cases/withdraw.html", context)


@by_follow_link
def attachment(request: HttpRequest, *, token: str, case: Case, key: str) -> HttpResponseBase:
    found = get_object_or_404(Attachment.objects.for_requester().select_related("private_file"), case=case, private_file__key=key)
    return serve_private_file(found.private_file)


def _holder(case: Case) -> Actor:
    return Actor.link_holder(case.contact_name)


def _page(
    request: HttpRequest,
    token: str,
    case: Case,
    *,
    answers: dict[int, forms.Form] | None = None,
    message_form: forms.Form | None = None,
    too_often: TooOften | None = None,
) -> HttpResponseBase:
    page = follow_page_of(case)
    sent = answers or {}
    asked = [message for message in page.messages if message in page.questions or message.pk in sent]
    questions = [(question, sent.get(question.pk) or AnswerForm(prefix=f"question-{question.pk}")) for question in asked]
    refused = next((form for form in [*sent.values(), message_form] if form is not None), None)
    context = {
        "page": page,
        "parts": follow_parts_of(case),
        "case": case,
        "token": token,
        "questions": questions,
        "message_form": message_form or TextForm(prefix="message"),
        "refused": refused,
        "has_errors": refused is not None,
        "too_often": too_often,
    }
    return render(request, "cases/follow.html", context)
