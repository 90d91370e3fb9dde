"""What people do on the case page: each view reads a form and calls one action."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alliance.access import ALLIANCE_STAFF, person_of
from cases.actions.answer_question import answer_question
from cases.actions.ask_question import ask_question
from cases.actions.assign_owner import assign_owner
from cases.actions.close_case import close_case
from cases.actions.read_answer import read_answer
from cases.actions.send_message import send_message
from cases.actions.settle_question import settle_question
from cases.actions.withdraw_case import withdraw_case
from cases.enums import FINAL, Direction, PublicStatus
from cases.forms import AnswerForm, OnceForm, ReasonForm, TextForm
from cases.models import Case
from common.access import SIGNED_IN, access
from common.actions import Refusal
from common.form_flow import FormRefused, act_once
from common.references import InvalidReference, parse_reference
from portal.case_tabs import endings_for
from portal.forms import MESSAGE, NOTE, QUESTION, AssignForm, AssignManyForm, EndForm, WriteForm
from portal.views.cases import PAGE, case_page, handled_cases, visible_case

MOST_ASSIGNED = PAGE


def _handles(request: HttpRequest, case: Case) -> bool:
    return handled_cases(request).filter(pk=case.pk).exists()


def _messages_tab(case: Case) -> HttpResponse:
    return redirect("portal:case_tab", reference=case.reference, tab="messages")


@access(ALLIANCE_STAFF)
@require_POST
def take(request: HttpRequest, reference: str) -> HttpResponseBase:
    case = visible_case(request, reference, to_handle=True)
    form = OnceForm(request.POST)
    try:
        act_once(
            request,
            form,
            lambda: assign_owner(case=case, owner=person_of(request), by=person_of(request), at=timezone.now()),
            done=_("The case is yours now."),
        )
    except FormRefused:
        return case_page(request, case, tab_form=form)
    return redirect("portal:case", case.reference)


@access(ALLIANCE_STAFF)
@require_POST
def assign(request: HttpRequest, reference: str) -> HttpResponseBase:
    case = visible_case(request, reference, to_handle=True)
    form = AssignForm(request.POST, case=case)

    def act() -> None:
        assign_owner(case=case, owner=form.cleaned_data["owner"], by=person_of(request), at=timezone.now())

    try:
        act_once(request, form, act, done=_("The owner was changed."))
    except FormRefused:
        return case_page(request, case, assign_form=form)
    return redirect("portal:case", case.reference)


def _reference(text: str) -> str:
    try:
        return parse_reference(text)
    except InvalidReference:
        return ""


@access(ALLIANCE_STAFF)
@require_POST
def assign_many(request: HttpRequest) -> HttpResponseBase:
    """Give several cases of the work list to one owner. Each is given or refused by itself, and every refusal is told."""
    form = AssignManyForm(request.POST)
    ticked = {reference for one in request.POST.getlist("case")[:MOST_ASSIGNED] if (reference := _reference(one))}
    chosen = handled_cases(request).filter(reference__in=ticked).order_by("pk")
    if not form.is_valid():
        messages.error(request, _("Choose who gets the cases."))
    elif not chosen:
        messages.error(request, _("Tick the cases first."))
    else:
        owner, given = form.cleaned_data["owner"], 0
        for case in chosen:
            try:
                given += assign_owner(case=case, owner=owner, by=person_of(request), at=timezone.now()).owner == owner
            except (Refusal, PermissionDenied) as refusal:
                messages.error(request, f"{case.reference}: {str(refusal) or _('This cannot be given to them.')}")
        if left_out := len(ticked) - len(chosen):
            sentence = ngettext("%(number)d case is not yours to give.", "%(number)d cases are not yours to give.", left_out)
            messages.error(request, sentence % {"number": left_out})
        if given:
            done = ngettext("%(number)d case is with %(owner)s now.", "%(number)d cases are with %(owner)s now.", given)
            messages.success(request, done % {"number": given, "owner": owner.get_full_name() or str(owner)})
    query = QueryDict(request.POST.get("query", "")[:500]).urlencode()
    return redirect(f"{reverse('portal:cases')}?{query}" if query else "portal:cases")


@access(SIGNED_IN)
@require_POST
def write(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The staff who handle the case ask, tell or note; anybody else who works on it writes to the alliance."""
    case = visible_case(request, reference, to_work_on=True)
    form: TextForm = (WriteForm if _handles(request, case) else TextForm)(request.POST, request.FILES, prefix="write")

    def act() -> None:
        written = {
            "case": case,
            "text": form.cleaned_data["text"],
            "files": form.cleaned_data["uploads"],
            "by": person_of(request),
            "at": timezone.now(),
        }
        if form.cleaned_data.get("write_as") == QUESTION:
            ask_question(**written)
        else:
            directions = {MESSAGE: Direction.FROM_ALLIANCE, NOTE: Direction.INTERNAL}
            send_message(direction=directions.get(form.cleaned_data.get("write_as", ""), Direction.TO_ALLIANCE), **written)

    try:
        act_once(request, form, act, done=_("It was sent.") if form.data.get("write-write_as") != NOTE else _("The note was added."))
    except FormRefused:
        return case_page(request, case, "messages", write_form=form)
    return _messages_tab(case)


@access(SIGNED_IN)
@require_POST
def answer(request: HttpRequest, reference: str, question: int) -> HttpResponseBase:
    """Answer a question: the school itself, or staff who were told the answer by telephone."""
    case = visible_case(request, reference, to_work_on=True)
    asked = get_object_or_404(case.messages.for_requester().filter(is_question=True), pk=question)
    form = AnswerForm(request.POST, request.FILES, prefix=f"question-{question}")

    def act() -> None:
        answer_question(
            question=asked, text=form.cleaned_data["text"], files=form.cleaned_data["uploads"], by=person_of(request), at=timezone.now()
        )

    try:
        act_once(request, form, act, done=_("The answer was sent."))
    except FormRefused:
        return case_page(request, case, "messages", answer_forms={question: form})
    return _messages_tab(case)


@access(ALLIANCE_STAFF)
@require_POST
def settle(request: HttpRequest, reference: str, question: int) -> HttpResponseBase:
    case = visible_case(request, reference, to_handle=True)
    asked = get_object_or_404(case.messages.filter(is_question=True), pk=question)
    form = OnceForm(request.POST)
    try:
        act_once(
            request,
            form,
            lambda: settle_question(question=asked, by=person_of(request), at=timezone.now()),
            done=_("The question needs no answer any more."),
        )
    except FormRefused:
        return case_page(request, case, "messages", tab_form=form)
    return _messages_tab(case)


@access(ALLIANCE_STAFF)
@require_POST
def read(request: HttpRequest, reference: str, answer: int) -> HttpResponseBase:
    case = visible_case(request, reference, to_handle=True)
    given = get_object_or_404(case.messages.filter(answers__isnull=False), pk=answer)
    form = OnceForm(request.POST)
    try:
        act_once(
            request,
            form,
            lambda: read_answer(answer=given, by=person_of(request), at=timezone.now()),
            done=_("The answer is marked as read."),
        )
    except FormRefused:
        return case_page(request, case, "messages", tab_form=form)
    return _messages_tab(case)


@access(ALLIANCE_STAFF)
@require_POST
def end(request: HttpRequest, reference: str) -> HttpResponseBase:
    case = visible_case(request, reference, to_handle=True)
    form = EndForm(request.POST, endings=endings_for(person_of(request), case) if case.is_open else [*FINAL])

    def act() -> None:
        close_case(
            case=case,
            status=PublicStatus(form.cleaned_data["status"]),
            reason=form.cleaned_data["reason"],
            by=person_of(request),
            at=timezone.now(),
        )

    try:
        act_once(request, form, act, done=_("The case was closed, and the requester is told why."))
    except FormRefused:
        return case_page(request, case, end_form=form)
    return redirect("portal:case", case.reference)


@access(SIGNED_IN)
def withdraw(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The supported school withdraws; the staff who handle the case decline instead, so for them there is no such page."""
    case = visible_case(request, reference, to_work_on=True)
    if _handles(request, case):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST":
        try:
            act_once(
                request,
                form,
                lambda: withdraw_case(case=case, reason=form.cleaned_data["reason"], by=person_of(request), at=timezone.now()),
                done=_("The request was withdrawn."),
            )
        except FormRefused:
            pass
        else:
            return redirect("portal:case", case.reference)
    return render(request, "portal/withdraw.html", {"case": case, "form": form})
