"""The booking journey: what a person types becomes a booking, with every clash decided and the price on screen."""

from __future__ import annotations

import html
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from alliance.models import SchoolRole, SchoolRoleKind
from diary.actions.take_halves import take_halves
from diary.enums import Half, SourceKind
from diary.models import Closure
from health_checks.dates import DateAsked
from health_checks.enums import DayState
from health_checks.forms.booking import ClashesForm
from health_checks.models import BookingDraft, Series
from tests.conftest import NOON
from tests.factories.alliance import MembershipFactory, SchoolRoleFactory
from tests.factories.finance import make_discount, make_policy, make_rate
from tests.factories.health_checks import FIRST, make_leader
from tests.factories.people import make_head, make_school, make_user

pytestmark = pytest.mark.django_db
BOOK = reverse("health_checks:book")


def url(slug: str) -> str:
    """Of a step of the newest draft, or of its page to check and its confirmation."""
    draft = BookingDraft.objects.order_by("pk").last()
    names = {"check": "book_check", "sent": "book_sent"}
    return reverse(f"health_checks:{names.get(slug, 'book_step')}", args=[draft.pk, *([] if slug in names else [slug])])


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(NOON)


@pytest.fixture
def rates():
    for designation, day, half in (("SLE", 350, 175), ("LLE", 450, 225), ("NLE", 550, 275)):
        make_rate(day, half, day * 85 // 100, half * 85 // 100, designation=designation)
    make_policy()


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def fields_of(day: date, n: int = 0) -> dict[str, str]:
    return {f"date{n}_day": str(day.day), f"date{n}_month": str(day.month), f"date{n}_year": str(day.year)}


def to_the_dates(client: Client, school, repeat: str = "", **days: object) -> None:
    client.post(BOOK, {"school": school.pk})
    client.post(url("focus"), {"area": "Early reading", "judgement-quality-of-education": "Good", "needs-quality-of-education": "Phonics"})
    given = {"use": "DATA_REVIEW", "part": "FULL", "number": "1", "who": "designation", "conductors": ["SLE"], **days}
    client.post(url("days"), given)
    if repeat:
        client.post(url("repeat"), {"repeat": repeat})


def send(client: Client):
    """Press the button of the page to check, with what the page would post, and follow to where it leads."""
    return client.post(url("check"), client.get(url("check")).context["shown"], follow=True)


def contact(client: Client) -> None:
    client.post(url("contact"), {"contact_name": "Pat Head", "contact_email": "head@example.org", "po_number": "PO-7"})


def test_a_member_books_a_series_of_three_with_one_clash(rates):
    school, leader = make_school(), make_leader()
    MembershipFactory(school=school, starts_on=date(2024, 9, 1))
    make_discount()
    head = make_head(school)
    closed = FIRST + timedelta(weeks=1)
    Closure.objects.create(school=school, name="Training day", first_day=closed, last_day=closed)
    client = client_of(head)

    to_the_dates(client, school, number="3", repeat="WEEKLY")
    client.post(url("dates"), {"given": "1", **fields_of(FIRST)})
    shown = client.get(url("dates")).content.decode()
    key = closed.isoformat()
    client.post(url("dates"), {f"do-{key}": "move"})
    contact(client)
    checked = client.get(url("check")).content.decode()
    sent = send(client)

    series = Series.objects.get()
    days = list(series.days.values_list("date", "state"))
    assert "The school is closed: Training day." in shown
    assert "297.50" in checked and "892.50" in checked
    assert series.case.reference in sent.content.decode()
    assert days == [
        (FIRST, DayState.PROPOSED),
        (closed + timedelta(days=1), DayState.PROPOSED),
        (FIRST + timedelta(weeks=2), DayState.PROPOSED),
    ]
    assert (series.shown.total, series.po_number, series.conductors, leader.pk > 0) == (Decimal("892.50"), "PO-7", ["SLE"], True)
    assert [row["judgement"] for row in series.days.first().briefs.get().statements] == ["Good"]


def test_a_non_member_pays_the_full_price(rates):
    school = make_school()
    make_leader()
    client = client_of(make_head(school))

    to_the_dates(client, school, part="AM")
    client.post(url("dates"), {"given": "1", **fields_of(FIRST)})
    client.post(url("dates"), {})
    contact(client)
    send(client)

    assert Series.objects.get().shown.total == Decimal("175.00")


def test_advise_me_shows_the_dearest_so_that_no_quote_is_more(rates):
    school = make_school()
    make_leader()
    client = client_of(make_head(school))

    to_the_dates(client, school, who="advise")
    client.post(url("dates"), {"given": "1", **fields_of(FIRST)})
    shown = client.get(url("dates")).content.decode()

    assert "What it costs at most" in shown and "£550.00" in shown


def test_a_day_on_which_no_leader_is_free_is_told_and_can_be_left_out(rates):
    school, leader = make_school(), make_leader()
    client = client_of(make_head(school))
    take_halves(leader=leader, halves=[(FIRST, Half.AM)], kind=SourceKind.LEAVE, reference="x", by=leader.user, at=NOON)

    to_the_dates(client, school, number="2", repeat="WEEKLY")
    client.post(url("dates"), {"given": "1", **fields_of(FIRST)})
    shown = client.get(url("dates")).content.decode()
    client.post(url("dates"), {f"do-{FIRST.isoformat()}": "skip"})
    contact(client)
    send(client)

    skipped = Series.objects.get().days.get(state=DayState.SKIPPED)
    assert "No suitable leader is free." in shown
    assert (skipped.date, skipped.note, Series.objects.get().shown.lines.count()) == (FIRST, "No suitable leader is free.", 1)


def test_another_date_that_does_not_suit_either_is_told_beside_it(rates):
    school = make_school()
    make_leader()
    client = client_of(make_head(school))
    saturday = FIRST + timedelta(days=3)

    to_the_dates(client, school)
    client.post(url("dates"), {"given": "1", **fields_of(saturday)})
    key = saturday.isoformat()
    sunday = saturday + timedelta(days=1)
    answer = client.post(
        url("dates"),
        {f"do-{key}": "date", f"date-{key}_day": sunday.day, f"date-{key}_month": sunday.month, f"date-{key}_year": sunday.year},
    )

    assert answer.context["form"].errors[f"date-{key}"] == ["This is a weekend."]
    assert not BookingDraft.objects.get().answers["dates"].get("days")


def test_a_stranger_claims_a_role_and_asks_at_once_without_being_verified(rates):
    school, stranger = make_school(), make_user()
    make_leader()
    client = client_of(stranger)
    kind = SchoolRoleKind.objects.get(key="head")

    before = client.get(BOOK).content.decode()
    form = client.get(reverse("health_checks:book_claim", args=[school.pk]))
    client.post(
        reverse("health_checks:book_claim", args=[school.pk]), {"kind": kind.pk, "form_key": form.context["form"]["form_key"].initial}
    )
    to_the_dates(client, school)
    client.post(url("dates"), {"given": "1", **fields_of(FIRST)})
    client.post(url("dates"), {})
    contact(client)
    sent = send(client).content.decode()

    case = Series.objects.get().case
    assert "Find my school" in before and "We check with your school what you are there." in sent
    assert SchoolRole.objects.get(user=stranger).verified_at is None
    assert client.get(reverse("portal:case", args=[case.reference])).status_code == 404


def test_somebody_without_a_role_at_the_school_cannot_ask_for_it(rates):
    school = make_school()
    user = make_user()
    client = client_of(user)
    BookingDraft.objects.create(user=user, school=school, started_at=NOON, changed_at=NOON)  # begun while they had one

    assert client.post(BOOK, {"school": school.pk}).status_code == 404
    assert [client.get(url(slug)).url for slug in ("focus", "check")] == [BOOK, BOOK]


def ready_to_send(client: Client, school) -> str:
    """All steps of a booking of one day; the address of its page to check."""
    to_the_dates(client, school)
    client.post(url("dates"), {"given": "1", **fields_of(FIRST)})
    client.post(url("dates"), {})
    contact(client)
    return url("check")


def test_a_second_tap_and_going_back_end_at_the_confirmation_with_the_reference(rates):
    client = client_of(make_head(make_school()))
    make_leader()
    check = ready_to_send(client, client.get(BOOK).context["rows"][0][0].school)
    shown = client.get(check).context["shown"]

    answers = [client.post(check, shown, follow=True) for _tap in range(2)]
    answers += [client.get(address, follow=True) for address in (check, url("sent"), url("focus"), url("dates"))]

    reference = Series.objects.get().case.reference
    assert [reference in answer.content.decode() for answer in answers] == [True] * 6
    assert {answer.request["PATH_INFO"] for answer in answers} == {url("sent")}


def test_bookings_for_two_schools_in_two_windows_keep_their_own_answers(rates):
    one, other = make_school(), make_school()
    head = make_head(one)
    SchoolRoleFactory(user=head, school=other, verified=True)
    client = client_of(head)

    client.post(BOOK, {"school": one.pk})
    in_one = url("focus")
    client.post(BOOK, {"school": other.pk})
    in_other = url("focus")
    client.post(in_one, {"area": "Early reading"})
    client.post(in_other, {"area": "Attendance"})
    again = client.post(BOOK, {"school": one.pk})

    kept = {draft.school: draft.answers["focus"]["area"] for draft in BookingDraft.objects.all()}
    assert kept == {one: "Early reading", other: "Attendance"}
    assert again.url == in_one.replace("focus", "days")


def test_a_booking_of_somebody_else_is_not_there(rates):
    school = make_school()
    client_of(make_head(school)).post(BOOK, {"school": school.pk})
    other = client_of(make_head(school))

    assert [other.get(url(slug)).status_code for slug in ("focus", "check", "sent")] == [404] * 3


def test_a_date_that_one_asked_for_before_is_a_clash_before_anything_is_sent(rates):
    school = make_school()
    make_leader()
    client = client_of(make_head(school))
    ready_to_send(client, school)
    send(client)

    to_the_dates(client, school)
    client.post(url("dates"), {"given": "1", **fields_of(FIRST)})

    (asked,) = client.get(url("dates")).context["asked"]
    assert asked.cause == "Your school has a health check on this day already, or has asked for one."


def test_by_a_rule_the_first_date_alone_is_asked_for_and_one_by_one_each(rates):
    school = make_school()
    make_leader()
    client = client_of(make_head(school))
    to_the_dates(client, school, number="3", repeat="WEEKLY")

    by_rule = list(client.get(url("dates")).context["form"].fields)
    client.post(url("repeat"), {"repeat": "NONE"})
    one_by_one = list(client.get(url("dates")).context["form"].fields)

    assert (by_rule, one_by_one) == (["date0"], ["date0", "date1", "date2"])


@pytest.mark.parametrize(("repeat", "choices"), [("WEEKLY", ["skip", "move"]), ("NONE", ["skip", "move", "date"])])
def test_another_date_is_offered_where_dates_are_chosen_one_by_one(rates, repeat, choices):
    school = make_school()
    make_leader()
    client = client_of(make_head(school))
    saturday = FIRST + timedelta(days=3)
    to_the_dates(client, school, number="2", repeat=repeat)
    client.post(url("dates"), {"given": "1", **fields_of(saturday), **fields_of(FIRST, 1)})

    fields = client.get(url("dates")).context["form"].fields

    assert [value for value, _label in fields[f"do-{saturday.isoformat()}"].choices] == choices
    assert (f"date-{saturday.isoformat()}" in fields) == ("date" in choices)


def test_another_rule_keeps_the_first_date_as_it_was_given(rates):
    school = make_school()
    make_leader()
    client = client_of(make_head(school))
    to_the_dates(client, school, number="2", repeat="WEEKLY")
    client.post(url("dates"), {"given": "1", **fields_of(FIRST)})

    client.post(url("repeat"), {"repeat": "NONE"})

    assert client.get(url("dates")).context["form"]["date0"].value() == FIRST


def test_a_clash_names_its_weekday_in_the_language_of_the_reader(rates):
    school = make_school()
    make_leader()
    saturday = FIRST + timedelta(days=3)

    with override("cy"):
        form = ClashesForm(
            school=school, user=make_user(), clashes=[DateAsked(saturday, "Penwythnos.", FIRST + timedelta(days=5))], one_by_one=False
        )
        field = form.fields[f"do-{saturday.isoformat()}"]
        said = f"{field.label} {field.choices}"

    assert "Dydd Sadwrn" in said and "Dydd Llun" in said and "Saturday" not in said


def test_the_price_beside_clashes_says_that_it_counts_them_until_they_are_decided(rates):
    school = make_school()
    make_leader()
    client = client_of(make_head(school))
    saturday = FIRST + timedelta(days=3)
    to_the_dates(client, school, number="2", repeat="NONE")
    client.post(url("dates"), {"given": "1", **fields_of(saturday), **fields_of(FIRST, 1)})
    says = "This counts every date you gave, also the one that does not suit."

    undecided = client.get(url("dates")).content.decode()
    client.post(url("dates"), {f"do-{saturday.isoformat()}": "skip"})
    decided = client.get(url("contact")).content.decode()

    assert ("£700.00" in undecided, says in undecided) == (True, True)
    assert ("£350.00" in decided, says in decided) == (True, False)


def dearer() -> str:
    make_rate(400, 200, 340, 170, designation="SLE", effective_from=date(2026, 9, 1))
    return "The price is £400.00 before VAT; you were shown £350.00."


def harder() -> str:
    make_policy((0, 100), effective_from=NOON.date())
    return "What cancelling a booked day costs has changed."


def elsewhere() -> str:
    draft = BookingDraft.objects.get()
    draft.answers["focus"]["area"] = "Attendance"
    draft.save()
    return "The booking was changed meanwhile, perhaps in another window."


@pytest.mark.parametrize("change", [dearer, harder, elsewhere])
def test_what_changed_since_it_was_shown_is_said_and_nothing_is_sent(rates, change):
    school = make_school()
    make_leader()
    client = client_of(make_head(school))
    check = ready_to_send(client, school)
    shown = client.get(check).context["shown"]

    said = change()
    answer = client.post(check, shown, follow=True)
    nothing = Series.objects.count()
    again = send(client)

    assert said in html.unescape(answer.content.decode())
    assert (nothing, answer.request["PATH_INFO"], again.request["PATH_INFO"]) == (0, check, url("sent"))


def test_a_page_that_shows_no_price_sends_nothing(rates):
    school = make_school()
    make_leader()
    client = client_of(make_head(school))

    client.post(ready_to_send(client, school))

    assert not Series.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"use": "OTHER"}, "other_use"),
        ({"number": "0"}, "number"),
        ({"number": "99"}, "number"),
        ({"who": "designation", "conductors": []}, "conductors"),
        ({"who": "person"}, "wanted_leader"),
        ({"conductors": ["NLG"]}, "conductors"),
        ({"part": "NIGHT"}, "part"),
    ],
)
def test_wrong_answers_are_told_beside_their_fields(rates, given, field):
    school = make_school()
    client = client_of(make_head(school))
    client.post(BOOK, {"school": school.pk})
    client.post(url("focus"), {"area": "Early reading"})

    base = {"use": "DATA_REVIEW", "part": "FULL", "number": "1", "who": "designation", "conductors": ["SLE"]}
    answer = client.post(url("days"), {**base, **given})

    assert list(answer.context["form"].errors) == [field]
    assert "days" not in BookingDraft.objects.get().answers


@pytest.mark.parametrize("day", [NOON.date(), NOON.date() + timedelta(days=1), NOON.date() - timedelta(days=30)])
def test_a_date_that_is_too_near_is_a_clash(rates, day):
    school = make_school()
    make_leader()
    client = client_of(make_head(school))

    to_the_dates(client, school)
    client.post(url("dates"), {"given": "1", **fields_of(day)})
    shown = client.get(url("dates"))

    assert [one.cause for one in shown.context["asked"]] == ["This is too soon: leaders and your school need time to prepare."]
