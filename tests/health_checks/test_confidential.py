"""Each school sees only its own, and its record is its own: what is written stands in no list, page, export or mail of others (A2, H5)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from alliance.roles import Role
from health_checks.actions.cancel_day import cancel_day
from health_checks.actions.share_record import share_record
from health_checks.actions.stop_sharing_record import stop_sharing_record
from health_checks.enums import Audience, Cause
from health_checks.fees import fee_for_day
from health_checks.models import RecordText
from outbox.delivery import deliver_due_messages
from tests.factories.health_checks import FIRST, Booking, at_day
from tests.factories.people import make_head, make_school, make_user

pytestmark = pytest.mark.django_db
CANARY = "Books of three classes"
STATED = "Phonics in year 1"
LATER = at_day(FIRST, 20)


@pytest.fixture
def booking() -> Booking:
    booking = Booking()
    booking.sign_off()
    return booking


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="alliance.backends.AllianceBackend")
    return client


def day_page(booking: Booking) -> str:
    return reverse("health_checks:day", args=[booking.series.case.reference, booking.day.pk])


def pack(booking: Booking) -> str:
    return reverse("health_checks:evidence_pack", args=[booking.series.case.reference, booking.day.pk])


def reads(booking: Booking, user) -> tuple[bool, int]:
    client = client_of(user)
    page = client.get(day_page(booking))
    return CANARY in page.content.decode(), client.get(pack(booking)).status_code


def test_the_school_alone_reads_its_record_once_it_has_signed(booking):
    colleague = make_head(booking.school, kind="nominated-lead")

    assert [reads(booking, person) for person in (booking.head, colleague)] == [(True, 200)] * 2
    for person in (
        booking.leader.user, booking.lead, make_user(Role.BROKER), make_user(Role.FINANCE), make_user(Role.REVIEWER),
        make_head(make_school()), make_head(booking.school, verified=False), make_user(is_superuser=True, is_staff=True),
    ):  # fmt: skip
        assert reads(booking, person) == (False, 404), person


@pytest.mark.parametrize("audience", Audience)
def test_whom_it_is_shared_with_reads_it_until_that_is_taken_back(booking, audience):
    person = booking.lead if audience == Audience.ALLIANCE else booking.leader.user
    share = share_record(day=booking.day, audience=audience, by=booking.head, at=LATER)
    shared = reads(booking, person)
    stop_sharing_record(share=share, by=booking.head, at=LATER)

    assert (shared, reads(booking, person)) == ((True, 200), (False, 404))


def test_a_leader_reads_it_while_it_is_written_and_the_lead_never():
    booking = Booking()
    booking.start()
    booking.write()

    assert (CANARY in client_of(booking.leader.user).get(day_page(booking)).content.decode()) is True
    for person in (booking.lead, booking.head):
        assert CANARY not in client_of(person).get(day_page(booking)).content.decode()


@pytest.mark.parametrize("who", ["lead", "superuser"])
def test_no_page_or_export_of_the_admin_shows_what_a_record_or_brief_says(booking, who):
    client = client_of(booking.lead if who == "lead" else make_user(is_superuser=True, is_staff=True))
    record, brief = booking.day.record, booking.day.briefs.first()
    addresses = []
    for model, pk in (
        ("record", record.pk), ("day", booking.day.pk), ("series", booking.series.pk), ("brief", brief.pk),
        ("assignment", booking.day.assignments.get().pk),
    ):  # fmt: skip
        space = f"wagtailsnippets_health_checks_{model}"
        addresses += [reverse(f"{space}:list"), reverse(f"{space}:list") + "?export=csv", reverse(f"{space}:inspect", args=[pk])]
        addresses += [reverse(f"{space}:field_history", args=[pk]), reverse(f"{space}:list") + f"?q={CANARY.replace(' ', '+')}"]
    seen = {}
    for address in addresses:
        response = client.get(address)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        seen[address] = (
            response.status_code,
            CANARY.encode() in content.replace(b'value="' + CANARY.encode(), b""),
            STATED.encode() in content,
        )

    assert {address: told for address, told in seen.items() if told != (200, False, False)} == {}
    assert RecordText.objects.get().evidence == CANARY


def test_mails_and_events_say_nothing_of_it(booking, mailoutbox):
    deliver_due_messages(LATER)

    said = [f"{one.subject} {one.body}" for one in mailoutbox]
    events = [f"{event.sentence} {event.values} {event.reason}" for event in booking.series.case.events.all()]
    assert len(said) > 5
    assert [text for text in (*said, *events) if CANARY in text or STATED in text or "Early reading" in text] == []


def test_another_school_finds_nothing_of_the_booking(booking):
    stranger = client_of(make_head(make_school()))
    reference = booking.series.case.reference

    for address in (
        day_page(booking),
        pack(booking),
        reverse("portal:case_tab", args=[reference, "days"]),
        reverse("portal:case", args=[reference]),
    ):
        assert stranger.get(address).status_code == 404
    assert reference not in stranger.get(reverse("portal:search") + f"?q={reference}").content.decode().replace(f'value="{reference}"', "")


def test_no_public_event_names_a_price_or_a_fee():
    """Leaders and governors read them."""
    booking = Booking()
    booking.book()
    day = booking.day
    fee = fee_for_day(day, caused_by=Cause.SCHOOL, on=FIRST).amount
    cancel_day(day=day, caused_by=Cause.SCHOOL, fee_shown=fee, by=booking.head, at=at_day(FIRST, 8), reason="Ill")

    events = booking.series.case.events.all()
    public = [f"{event.sentence} {event.values}" for event in events if event.is_public]
    assert fee > 0 and any("£350.00" in str(event.values) for event in events if not event.is_public)
    assert [text for text in public if "£" in text] == []
