"""
Working through the school's side: start, one theme at a time, the answers to print.

Nothing is kept. What a visitor wrote comes back with each page as hidden fields, so it ends with the browser's page.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from website.models import ReadinessPage
from website.readiness.forms import SheetForm, answers_from
from website.readiness.questions import SCHOOL, Place, questions_now

ALL = "all"
"""What the button says that leads to all answers."""


def start(request: HttpRequest, page: ReadinessPage) -> HttpResponseBase:
    """What it is, and every question: on paper, a sheet to fill in by hand."""
    return _render(request, page, "readiness_page", places=Place.labels)


def answer(request: HttpRequest, page: ReadinessPage) -> HttpResponseBase:
    """The theme that is asked for with all that was written so far, or all answers."""
    themes = questions_now().themes
    if not themes:
        return redirect(page.get_url(request))
    shown = _wanted(request, len(themes))
    if request.method != "POST":
        return _theme_page(request, page, SheetForm(themes=themes, side=SCHOOL, shown=0), 0)
    sent = SheetForm(request.POST, themes=themes, side=SCHOOL, shown=None)
    wrong = sent.first_with_errors()
    if wrong is not None:
        return _theme_page(request, page, SheetForm(request.POST, themes=themes, side=SCHOOL, shown=wrong), wrong)
    if shown is not None:
        return _theme_page(request, page, SheetForm(initial=sent.cleaned_data, themes=themes, side=SCHOOL, shown=shown), shown)
    answers = answers_from(sent.cleaned_data, themes)
    rows = [(theme, _shown(answers[theme["key"]])) for theme in themes]
    form = SheetForm(initial=sent.cleaned_data, themes=themes, side=SCHOOL, shown=None)
    return _own(_render(request, page, "readiness/answers", form=form, rows=rows))


def _theme_page(request: HttpRequest, page: ReadinessPage, form: SheetForm, number: int) -> HttpResponseBase:
    last = number + 1 == len(form.themes)
    context: dict[str, Any] = {
        "form": form,
        "theme": form.themes[number],
        "number": number + 1,
        "total": len(form.themes),
        "parts": [part <= number for part in range(len(form.themes))],
        "before": number - 1 if number else None,
        "after": ALL if last else number + 1,
        "is_last": last,
    }
    return _own(_render(request, page, "readiness/theme", **context))


def _wanted(request: HttpRequest, total: int) -> int | None:
    """The number of the theme that a button asks for; none for all answers, the first for what nobody offered."""
    to = request.POST.get("to", "")
    if to == ALL:
        return None
    return int(to) if to.isascii() and to.isdigit() and len(to) < len(str(total)) + 1 and int(to) < total else 0


def _shown(answer: dict[str, str]) -> dict[str, Any]:
    return {"place": Place(answer["place"]).label if answer["place"] else "", "words": answer["words"]}


def _render(request: HttpRequest, page: ReadinessPage, template: str, **context: Any) -> HttpResponseBase:
    base = {"page": page, "self": page, "questions": questions_now(), **context}
    return render(request, f"website/{template}.html", base)


def _own(response: HttpResponseBase) -> HttpResponseBase:
    """What somebody wrote is theirs: no cache between keeps it. The browser may, or its Back button would lose it."""
    response["Cache-Control"] = "private"
    return response
