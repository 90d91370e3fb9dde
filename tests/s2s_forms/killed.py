"""
A process to be killed, for test_kills.py: it walks one request on from its first step to the withdrawn case. The visitor does everything
by posts of the browser in which it was begun, and later by private link.
"""

from __future__ import annotations

import hashlib
import random
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.db.models import Max  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from alliance.models import School, User  # noqa: E402
from cases.actions.ask_question import ask_question  # noqa: E402
from cases.actions.assign_owner import assign_owner  # noqa: E402
from cases.models import Attachment, Case, CaseEvent, Message  # noqa: E402
from cases.purposes import FOLLOW  # noqa: E402
from cases.turns import _wanted  # noqa: E402
from common.form_keys import new_form_key  # noqa: E402
from common.links import make_link  # noqa: E402
from common.models import PrivateFile  # noqa: E402
from common.orphan_files import orphan_files, remove_orphan_files  # noqa: E402
from common.spam_trap import opened_now  # noqa: E402
from outbox.delivery import deliver_due_messages  # noqa: E402
from outbox.models import OutboxMessage  # noqa: E402
from s2s_forms.models import DraftFile, RequestDraft, SupportRequest  # noqa: E402
from tests.killed import Act, serve  # noqa: E402
from tests.s2s_forms.test_request_journey import BASE, PDF, answers  # noqa: E402

IN_TWO_DAYS = timedelta(days=2)
"""By then a lease is over, and a file without a row is one that was left behind."""


def browser() -> Client:
    client = Client(headers={"host": "localhost"})
    client.cookies[settings.SESSION_COOKIE_NAME] = Session.objects.get().session_key
    return client


def post(client: Client, address: str, data: dict[str, Any], *, status: int = 302) -> Act:
    def act() -> None:
        response = client.post(address, data)
        assert response.status_code == status, response.content.decode()

    return act


def send(client: Client) -> None:
    """As somebody does who presses the button twice."""
    for _time in range(2):
        post(client, f"{BASE}check/", {"opened_at": opened_now(), "subject_line": ""})()


def plan() -> SimpleUploadedFile:
    return SimpleUploadedFile("plan.pdf", PDF, content_type="application/pdf")


def next_step(chance: random.Random) -> tuple[str, Act] | None:
    """The next thing that somebody does on the request, and then the post; None at the end of the walk."""
    draft, client = RequestDraft.objects.select_related("case__owner").get(), browser()
    case = draft.case
    if case is None:
        return _by_the_visitor(draft, client)
    lead = User.objects.get()
    if case.owner is None:
        return "taken on", lambda: assign_owner(case=case, owner=lead, by=lead, at=timezone.now())
    question = case.messages.filter(is_question=True).first()
    if question is None:
        return "asked", lambda: ask_question(case=case, text="How many classes?", by=lead, at=timezone.now())
    link = f"/f/{make_link(purpose=FOLLOW, subject=case, at=timezone.now())}/"
    if not Message.objects.filter(answers=question).exists():
        name = f"question-{question.pk}"
        sent = {f"{name}-text": "Two", f"{name}-uploads": plan(), f"{name}-form_key": new_form_key()}
        return "answered", post(client, f"{link}answer/{question.pk}/", sent)
    if case.is_open:
        return "withdrawn", post(client, f"{link}withdraw/", {"reason": "We found help", "form_key": new_form_key()})
    return ("drained", _clear_up) if _is_left() else None


def _by_the_visitor(draft: RequestDraft, client: Client) -> tuple[str, Act]:
    for step, values in answers(School.objects.get()).items():
        if not values.keys() - {"q"} <= draft.answers.keys():
            files = {"uploads": [plan()]} if step == "background" else {}
            return "kept", post(client, f"{BASE}step/{step}/", {**values, **files})
    if not OutboxMessage.objects.filter(kind="draft_saved").exists():
        return "saved", post(client, f"{BASE}save/", {"email": "sam@example.org"}, status=200)
    return "sent", lambda: send(client)


def _waiting() -> Any:
    return OutboxMessage.objects.filter(sent_at=None, given_up_at=None)


def _is_left() -> bool:
    return _waiting().exists() or any(orphan_files(timezone.now() + IN_TWO_DAYS))


def _clear_up() -> None:
    """What lies in the outbox leaves, and so do files that a killed run left without a row."""
    leased = _waiting().aggregate(Max("leased_until"))["leased_until__max"] or timezone.now()
    deliver_due_messages(leased + timedelta(seconds=1))
    remove_orphan_files(timezone.now() + IN_TWO_DAYS)


def is_whole(stored: PrivateFile) -> bool:
    if not stored.file.storage.exists(stored.file.name):
        return False
    with stored.file.open("rb") as content:
        return hashlib.sha256(content.read()).hexdigest() == stored.sha256


def state() -> dict[str, Any]:
    """Whatever would be half-written or doubled, in words; and how far it is."""
    draft, cases = RequestDraft.objects.select_related("case").get(), list(Case.objects.all())
    case = cases[0] if cases else None
    files = {one.pk for one in PrivateFile.objects.all()}
    in_draft = set(DraftFile.objects.values_list("private_file", flat=True))
    on_case = set(Attachment.objects.values_list("private_file", flat=True))
    steps = answers(School.objects.get())
    kept = len(steps) if case else sum(values.keys() - {"q"} <= draft.answers.keys() for values in steps.values())
    given = {row["name"]: row["answer"] for row in SupportRequest.objects.get().answers} if case else {}

    def told(kind: str) -> int:
        return OutboxMessage.objects.filter(kind=kind).count()

    def events(sentence: str) -> int:
        return CaseEvent.objects.filter(sentence=sentence).count()

    done = {
        "kept": kept,
        "saved": told("draft_saved"),
        "sent": len(cases),
        "taken on": int(bool(case and case.owner_id)),
        "asked": Message.objects.filter(is_question=True).count(),
        "answered": Message.objects.filter(answers__isnull=False).count(),
        "withdrawn": int(bool(case and not case.is_open)),
    }
    sent, asked, answered, withdrawn = (done[name] for name in ("sent", "asked", "answered", "withdrawn"))
    truths = {
        "one request of one draft, both or neither": cases == ([draft.case] if draft.case else [])
        and SupportRequest.objects.count() == len(cases),
        "the draft has the answers until the request has them": not case or (draft.answers == {} and draft.email == ""),
        "the request has every answer": not case
        or (given["focus"], given["uploads"], given["contact_email"]) == ("Reading in Year 3", "plan.pdf", "sam@example.org"),
        "a step keeps its file with its answers": len(files) == ("already_tried" in draft.answers or sent) + answered,
        "each file is of the draft or of the case": (in_draft | on_case, in_draft & on_case) == (files, set())
        and (not case or in_draft == set()),
        "each file is stored whole": all(is_whole(stored) for stored in PrivateFile.objects.all()),
        "whoever sent it finds what came of it": not case or browser().get(f"{BASE}check/")["Location"] == f"{BASE}sent/",
        "each was told once": [
            told(kind) for kind in ("request_received", "case_arrived", "question_asked", "question_answered", "case_withdrawn")
        ]
        == [sent, sent, asked, answered, withdrawn],
        "each event is told once": [
            events(f"{sentence}.")
            for sentence in ("The request came in", "We asked a question", "The question was answered", "The request was withdrawn")
        ]
        == [sent, asked, answered, withdrawn],
        "every row has its history": [
            Case.history.filter(history_type="+").count(),
            SupportRequest.history.filter(history_type="+").count(),
        ]
        == [sent, sent]
        and {row.pk for row in PrivateFile.objects.all()} <= set(PrivateFile.history.values_list("id", flat=True)),
        "turns are those that the case asks for": not case
        or {turn.key for turn in case.turns.open()} == {turn.key for turn in _wanted(case) if case.is_open or turn.outlives_case},
    }
    is_over = bool(withdrawn) and not _is_left()
    done["drained"] = int(is_over)
    return {"broken": [what for what, is_true in truths.items() if not is_true], "done": done, "is_over": is_over}


if __name__ == "__main__":
    serve(next_step, state)
