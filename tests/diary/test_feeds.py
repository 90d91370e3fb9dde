"""Calendar feeds: secret, revocable, scoped when read, and understood by two parsers that know nothing of each other."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from alliance.actions.erase_person import erase_person
from alliance.queries import personal_data_of
from common.actions import Actor
from common.models import SignedLink
from diary.actions.make_calendar_feed import make_calendar_feed
from diary.actions.revoke_calendar_feed import revoke_calendar_feed
from diary.calendars import CalendarEntry, calendar_of, hours_of
from diary.enums import Half
from diary.signals import calendar_entries_wanted
from tests.conftest import NOON
from tests.factories.people import make_head, make_school, make_user

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 13)
LONDON = ZoneInfo("Europe/London")


def entry(uid: str = "one", **values) -> CalendarEntry:
    starts_at, ends_at = hours_of(values.pop("day", DAY), values.pop("halves", list(Half)))
    return CalendarEntry(
        **{
            "uid": uid,
            "sequence": 0,
            "starts_at": starts_at,
            "ends_at": ends_at,
            "title": "Visit; to “Ärla, School”",
            "updated_at": NOON,
            **values,
        }
    )


@pytest.fixture
def contributed():
    """An app above the diary that has an entry for everybody it is asked about, named after them."""

    def receiver(user, school, first, **kwargs):
        return [entry(uid=f"of-{(user or school).pk}")]

    calendar_entries_wanted.connect(receiver)
    yield
    calendar_entries_wanted.disconnect(receiver)


def read(token: str) -> tuple[int, str]:
    response = Client().get(reverse("calendar_feed", args=[token]))
    return response.status_code, response.content.decode()


def test_both_parsers_read_the_same_from_it():
    content = calendar_of([entry(), entry("two", is_cancelled=True, sequence=3, day=date(2027, 6, 2), halves=[Half.PM])], name="Mine")

    first = {str(event["uid"]): event for event in icalendar.Calendar.from_ical(content).walk("VEVENT")}
    second = {event.uid.value: event for event in vobject.readOne(content.decode()).vevent_list}
    for parsed, starts in ((first["one"].decoded("dtstart"), 9), (second["one"].dtstart.value, 9)):
        assert parsed.astimezone(LONDON) == datetime(2027, 1, 13, starts, tzinfo=LONDON)
    for parsed in (first["two"].decoded("dtstart"), second["two"].dtstart.value):
        assert parsed.astimezone(ZoneInfo("UTC")) == datetime(2027, 6, 2, 12, tzinfo=ZoneInfo("UTC"))  # summer time
    assert (str(first["two"]["status"]), second["two"].status.value) == ("CANCELLED", "CANCELLED")
    assert (first["two"]["sequence"], second["two"].sequence.value) == (3, "3")
    assert (str(first["one"]["summary"]), second["one"].summary.value) == ("Visit; to “Ärla, School”",) * 2


def test_the_calendar_has_its_time_zone_and_lines_that_are_not_too_long():
    content = calendar_of([entry(title="Long " * 60)])

    assert b"BEGIN:VTIMEZONE" in content and b"METHOD:PUBLISH" in content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_of_two_states_of_one_entry_the_later_counts():
    content = calendar_of([entry(sequence=2, title="Now"), entry(sequence=1, title="Before", is_cancelled=True)])

    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert (str(event["summary"]), str(event["status"])) == ("Now", "CONFIRMED")


def test_a_feed_shows_what_its_subject_may_see(contributed):
    school = make_school()
    head = make_head(school)
    mine = make_calendar_feed(subject=head, by=head, at=NOON)
    ours = make_calendar_feed(subject=head.school_roles.get(), by=head, at=NOON)

    assert (f"of-{head.pk}" in read(mine)[1], f"of-{school.pk}" in read(ours)[1], f"of-{school.pk}" in read(mine)[1]) == (True, True, False)


def test_a_revoked_or_renewed_feed_opens_no_more(contributed):
    user = make_user()
    first = make_calendar_feed(subject=user, by=user, at=NOON)
    second = make_calendar_feed(subject=user, by=user, at=NOON)
    opened = read(second)[0]
    revoke_calendar_feed(subject=user, by=user, at=NOON)

    assert (opened, read(first)[0], read(second)[0], read("unknown")[0]) == (200, 404, 404, 404)


def test_an_account_that_is_off_has_an_empty_feed(contributed):
    user = make_user()
    token = make_calendar_feed(subject=user, by=user, at=NOON)
    user.is_active = False
    user.save()

    assert "BEGIN:VEVENT" not in read(token)[1]


def test_a_schools_feed_is_empty_once_the_role_of_whoever_made_it_has_ended(contributed):
    head = make_head(make_school())
    role = head.school_roles.get()
    token = make_calendar_feed(subject=role, by=head, at=NOON)
    before = "BEGIN:VEVENT" in read(token)[1]
    role.ends_on = date(2026, 1, 1)
    role.save()

    assert (before, "BEGIN:VEVENT" in read(token)[1]) == (True, False)


def test_a_person_who_asks_learns_that_there_is_a_feed_and_not_its_address():
    user = make_user()
    before = personal_data_of(user)["calendar feed"]
    token = make_calendar_feed(subject=user, by=user, at=NOON)
    held = personal_data_of(user)

    assert (before, held["calendar feed"]) == ([], [{"created_at": NOON}])
    assert token not in str(held)


def test_an_erased_persons_feed_opens_no_more(contributed):
    user = make_user()
    token = make_calendar_feed(subject=user, by=user, at=NOON)
    erase_person(user=user, by=Actor.job("test"), at=NOON, reason="They asked")

    assert read(token)[0] == 404


def test_the_token_is_stored_hashed_and_the_answer_stays_in_no_cache(contributed):
    user = make_user()
    token = make_calendar_feed(subject=user, by=user, at=NOON)
    response = Client().get(reverse("calendar_feed", args=[token]))

    assert not SignedLink.objects.filter(token_hash__contains=token).exists()
    assert (response["Referrer-Policy"], response["Cache-Control"], response["Content-Type"]) == (
        "no-referrer", "private, no-store", "text/calendar; charset=utf-8",
    )  # fmt: skip


@pytest.mark.parametrize("who", ["another person", "a head of another school", "somebody not verified"])
def test_nobody_makes_a_feed_of_what_is_not_theirs(who):
    school = make_school()
    head = make_head(school)
    by = {
        "another person": make_user,
        "a head of another school": lambda: make_head(make_school()),
        "somebody not verified": lambda: make_head(school, verified=False),
    }[who]()

    for subject in (head, head.school_roles.get()):
        with pytest.raises(PermissionDenied):
            make_calendar_feed(subject=subject, by=by, at=NOON)


def test_the_address_is_shown_once_on_the_page_that_makes_it(contributed, client):
    user = make_user()
    client.force_login(user)
    page = reverse("portal_calendar_feeds")
    key = client.get(page).context["rows"][0]["form"]["form_key"].initial

    made = client.post(page, {"feed": "me", "form_key": key}).context["rows"][0]["address"]
    later = client.get(page).content.decode()

    assert Client().get(made.partition("//")[2][made.partition("//")[2].index("/") :]).status_code == 200
    assert made not in later and "Stop the address" in later


def test_entries_far_back_are_asked_for_up_to_ninety_days():
    asked = []

    def receiver(user, school, first, **kwargs):
        asked.append(first)

    calendar_entries_wanted.connect(receiver)
    user = make_user()
    token = make_calendar_feed(subject=user, by=user, at=NOON)
    read(token)
    calendar_entries_wanted.disconnect(receiver)

    assert [first <= date.today() - timedelta(days=89) for first in asked] == [True]
