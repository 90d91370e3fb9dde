"""A hostile visitor: posts to one form after the other, whoever's browser it takes."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote_from_bytes

from django.test import Client
from django.utils import timezone

from alliance.models import School, User
from cases.models import Case
from cases.purposes import FOLLOW
from common.form_keys import new_form_key
from common.links import make_link
from common.requests import takes_charset_of
from common.spam_trap import opened_now
from health_checks.models import BookingDraft
from s2s_forms.models import RequestPage
from tests.factories.cases import make_case, make_question
from tests.fuzz.harmless import harm_in_response
from tests.fuzz.payloads import ADDRESSES, FILES, IDS, ODD, SHORT, as_form, as_multipart, broken, hostile, raw, spoilt
from tests.s2s_forms.test_composed_form import MORE
from tests.s2s_forms.test_request_journey import answers
from website.models import ArticleComment, ArticlePage

Fields = Mapping[str, str | Sequence[str]]
FREE = (
    "title",
    "focus",
    "desired_outcome",
    "already_tried",
    "contact_name",
    "contact_role",
    "school_name",
    "organisation",
    "extra-officer",
    "extra-story",
)
"""Fields of the request that take any line of text."""


@dataclass
class Visitor:
    chance: random.Random
    school: School
    pages: list[RequestPage]
    article: ArticlePage
    lead: User
    reader: User
    head: User
    posts: int = 0
    harm: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    """By form: posts that were answered by leading on, so that something was most likely kept."""

    def __post_init__(self) -> None:
        self.browsers = {person.pk: self._browser(person) for person in (self.lead, self.reader, self.head)}
        self.anonymous = self._browser(None)
        self.case, self.link = self._fresh_case()

    @staticmethod
    def _browser(person: User | None) -> Client:
        client = Client(raise_request_exception=False)
        if person:
            client.force_login(person, backend="alliance.backends.AllianceBackend")
        return client

    def _fresh_case(self) -> tuple[Case, str]:
        case = make_case(self.school)
        make_question(case, self.lead)
        return case, f"/f/{make_link(purpose=FOLLOW, subject=case, at=timezone.now())}/"

    def walk(self, posts: int) -> None:
        """Forms in a random order, until so many posts were sent."""
        kinds: list[tuple[Callable[[], None], int]] = [
            (self.send_a_request, 5), (self.spoil_a_step, 40), (self.spoil_the_rest, 15), (self.look_around, 10), (self.write_by_link, 12),
            (self.comment, 8), (self.answer_readiness, 4), (self.book, 10), (self.telephone, 12), (self.work_on_a_case, 8), (self.sign_in, 4),
        ]  # fmt: skip
        while self.posts < posts:
            self.chance.choices([kind for kind, _weight in kinds], [weight for _kind, weight in kinds])[0]()

    # How it is sent

    def post(self, client: Client, address: str, fields: Fields, *, files: bool = False, spoils: bool = True) -> Any:
        pairs = (
            spoilt(fields, self.chance) if spoils else [(n, one) for n, v in fields.items() for one in ([v] if isinstance(v, str) else v)]
        )
        sent = [("uploads", *self.chance.choice(FILES)) for _number in range(self.chance.randint(0, 2))] if files else []
        body, content_type = as_multipart(pairs, sent) if sent or self.chance.random() < 0.2 else as_form(pairs)
        if spoils and self.chance.random() < 0.15:
            body, content_type = broken(body, content_type, self.chance)
        if "?" in address and not takes_charset_of(content_type):
            content_type = "text/plain"  # `CharsetGuard` answers in front of Django, where this browser does not come by
        response = client.generic("POST", address, body, content_type)
        self.posts += 1
        return self.heard(response, "POST", address, body)

    def get(self, client: Client, address: str, **query: str | bytes) -> Any:
        asked = "&".join(f"{name}={quote_from_bytes(raw(value))}" for name, value in query.items())
        return self.heard(client.get(f"{address}?{asked}" if asked else address), "GET", address, asked.encode())

    def heard(self, response: Any, method: str, address: str, sent: bytes) -> Any:
        self.statuses[response.status_code] += 1
        if method == "POST" and response.status_code == 302:
            self.taken[address.rstrip("/").rpartition("/")[2][:30]] += 1
        for harm in harm_in_response(response):
            error = getattr(response, "exc_info", None)
            self.harm.append(
                f"{method} {address[:120]} {harm} {error[1]!r:.300} sent {sent[:600]!r}" if error else f"{method} {address[:120]} {harm}"
            )
        return response

    # The request

    def _base(self) -> str:
        return str(self.chance.choice(self.pages).url)

    def _steps(self, kind: str = "local-authority") -> dict[str, Fields]:
        steps: dict[str, Fields] = {**answers(self.school), "authority": {"extra-officer": "Ada Adviser"}, "more": MORE}  # type: ignore[dict-item]  # texts all of them
        return {**steps, "who": {"requester_kind": kind, "organisation": "Wharfeside Council"}}

    def send_a_request(self) -> None:
        """As a form takes it: every line of free text is hostile."""
        client, base = self._browser(None), self._base()
        self.post(client, base, {}, spoils=False)
        for slug, fields in self._steps().items():
            typed = {name: self.chance.choice(SHORT) if name in FREE else value for name, value in fields.items()}
            if slug == "contact":
                typed["contact_email"] = self.chance.choice(ADDRESSES)
            if slug == "school" and self.chance.random() < 0.4:
                typed["school"] = "not-listed"
            self.post(client, f"{base}step/{slug}/", typed, files=slug == "background", spoils=False)
        if self.chance.random() < 0.3:
            self.post(client, f"{base}save/", {"email": self.chance.choice(ADDRESSES)}, spoils=False)
        self.get(client, f"{base}check/")
        self.post(client, f"{base}check/", {"opened_at": opened_now(), "subject_line": ""}, spoils=False)
        self.get(client, f"{base}sent/")

    def spoil_a_step(self) -> None:
        client, base = self.anonymous, self._base()
        if self.chance.random() < 0.15:
            self.anonymous = client = self._browser(None)
        if self.chance.random() < 0.3:
            self.post(client, base, {"again": "1"} if self.chance.random() < 0.3 else {})
        slug, fields = self.chance.choice(list(self._steps().items()))
        extra = {"remove": str(hostile(self.chance))} if self.chance.random() < 0.05 else {}
        query = self.chance.choice(["", "?change=1", "?q=%ff%fe", "?change=%3Cscript%3E"])
        self.post(client, f"{base}step/{slug}/{query}", {**fields, **extra}, files=slug in ("background", "more"))
        if self.chance.random() < 0.3:
            self.get(client, f"{base}step/{slug}/", q=hostile(self.chance))

    def spoil_the_rest(self) -> None:
        client, base = self.anonymous, self._base()
        what: list[tuple[str, Fields]] = [
            (f"{base}check/", {"opened_at": opened_now(), "subject_line": ""}), (f"{base}save/", {"email": "sam@example.org"}),
            (f"{base}sent/", {}), (f"{base}step/{self._word()}/", {"focus": "x"}), (f"/portal/requests/resume/{self._word()}/", {}),
        ]  # fmt: skip
        self.post(client, *self.chance.choice(what))

    def _word(self) -> str:
        """A part of an address."""
        return quote_from_bytes(raw(self.chance.choice([*SHORT, *ODD])), safe="") or "x"

    # The public pages

    def look_around(self) -> None:
        self.get(self.anonymous, "/search/", q=hostile(self.chance), page=self.chance.choice(ODD))
        self.get(self.anonymous, "/leaders/", designation=hostile(self.chance), phase=hostile(self.chance), page=self.chance.choice(ODD))
        self.get(self.anonymous, f"/{self._word()}/", page=hostile(self.chance))

    def answer_readiness(self) -> None:
        self.post(self.anonymous, "/ready/answer/", {"to": "1", "place-0": "PARTLY", "words-0": "Fine", "place": "x", "words": "y"})

    def comment(self) -> None:
        client = self.browsers[self.reader.pk]
        number = str(self.article.pk) if self.chance.random() < 0.8 else self.chance.choice(IDS)
        typed = {"text": self.chance.choice(SHORT), "form_key": new_form_key(), "opened_at": opened_now(), "subject_line": ""}
        self.post(client, f"/comments/on/{number}/", typed, spoils=self.chance.random() < 0.6)
        self.get(client, str(self.article.url), page=self.chance.choice(ODD))
        if self.chance.random() < 0.2:
            own = ArticleComment.objects.order_by("?").values_list("pk", flat=True).first()
            self.post(client, f"/comments/{self.chance.choice([*IDS, str(own or 0)])}/delete/", {"form_key": new_form_key()})

    def sign_in(self) -> None:
        given = {
            "login": "pat@example.org",
            "email": self.chance.choice(ADDRESSES),
            "password": "x",
            "password1": "three-odd-words-here",
            "next": "/",
        }
        names = {"first_name": "Pat", "last_name": "Reader"}
        self.post(
            self._browser(None), f"/account/{self.chance.choice(['login', 'signup', 'password/reset', 'login/code'])}/", {**given, **names}
        )

    # By private link

    def write_by_link(self) -> None:
        if not Case.objects.get(pk=self.case.pk).is_open:
            self.case, self.link = self._fresh_case()
        link = self.link if self.chance.random() < 0.9 else f"/f/{self._word()}/"
        asked = self.case.messages.filter(is_question=True).values_list("pk", flat=True)[0]
        question = str(asked) if self.chance.random() < 0.7 else self.chance.choice(IDS)
        text, key = self.chance.choice(SHORT), new_form_key()
        name, address = self.chance.choice([("message", "message"), (f"question-{question}", f"answer/{question}"), ("", "withdraw")])
        fields = {f"{name}-text": text, f"{name}-form_key": key} if name else {"reason": text, "form_key": key}
        self.post(self.anonymous, f"{link}{address}/", fields, spoils=self.chance.random() < 0.7)
        self.get(self.anonymous, link)
        if self.chance.random() < 0.1:
            self.get(self.anonymous, f"{link}files/{self.chance.choice(ODD[-4:-2])}/")

    # Signed in

    def book(self) -> None:
        client = self.browsers[self.head.pk]
        draft = BookingDraft.objects.filter(user=self.head, case=None).order_by("-pk").first()
        if draft is None or self.chance.random() < 0.05:
            self.post(client, "/portal/health-checks/book/", {"school": self.school.pk}, spoils=draft is not None)
            return
        day = date(2027, 1, 13)
        steps: dict[str, Fields] = {
            "focus": {"area": "Early reading", "judgement-quality-of-education": "Good", "needs-quality-of-education": "Phonics"},
            "days": {"use": "DATA_REVIEW", "part": "FULL", "number": "1", "who": "designation", "conductors": ["SLE"], "other_use": "", "wanted_leader": "1"},
            "dates": {"given": "1", "date0_day": str(day.day), "date0_month": str(day.month), "date0_year": str(day.year)},
            "contact": {"contact_name": "Pat Head", "contact_email": "head@example.org", "contact_telephone": "", "access_notes": "Door", "po_number": "7"},
            "check": {"shown": "1"},
        }  # fmt: skip
        slug = self.chance.choice(list(steps))
        number = str(draft.pk) if self.chance.random() < 0.9 else self.chance.choice(IDS)
        self.post(client, f"/portal/health-checks/book/{number}/{slug}/", steps[slug], spoils=self.chance.random() < 0.6)

    def telephone(self) -> None:
        client = self.browsers[self.lead.pk]
        number = str(self.pages[0].pk) if self.chance.random() < 0.8 else self.chance.choice(IDS)
        fields = {name: value for step in self._steps().values() for name, value in step.items()}
        fields = {
            name: self.chance.choice(SHORT) if name in FREE and self.chance.random() < 0.5 else value for name, value in fields.items()
        }
        fields |= {"key": new_form_key(), "page": str(self.chance.choice(self.pages).pk)}
        if self.chance.random() < 0.2:
            fields["find"] = "1"
        self.post(client, f"/portal/requests/telephone/{number}/", fields, files=True, spoils=self.chance.random() < 0.7)

    def work_on_a_case(self) -> None:
        client, cases = self.browsers[self.lead.pk], f"/portal/cases/{self.case.reference}/"
        number, text, key = self.chance.choice(IDS), self.chance.choice(SHORT), new_form_key()
        what: list[tuple[str, Fields]] = [
            (f"{cases}write/", {"text": text, "direction": "INTERNAL", "form_key": key}), (f"{cases}assign/", {"owner": number, "form_key": key}),
            (f"{cases}answer/{number}/", {"text": text, "form_key": key}), (f"{cases}settle/{number}/", {"form_key": key}),
            (f"{cases}read/{number}/", {"form_key": key}), (f"{cases}take/", {"has_conflict": "x", "details": text, "form_key": key}),
            ("/portal/cases/assign/", {"query": "state=open", "owner": number, "cases": [number, "1"], "form_key": key}),
            (f"/portal/cases/{self._word()}/write/", {"text": text}),
        ]  # fmt: skip
        self.post(client, *self.chance.choice(what))
        query = {
            "q": hostile(self.chance),
            "state": hostile(self.chance),
            "owner": self.chance.choice(ODD),
            "page": self.chance.choice(ODD),
        }
        self.get(client, self.chance.choice(["/portal/cases/", "/portal/search/", "/portal/prices/"]), **query)
