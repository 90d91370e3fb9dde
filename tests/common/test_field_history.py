from datetime import date

import pytest

from alliance.actions.verify_school_role import verify_school_role
from alliance.enums import SchoolStatus
from alliance.models import SchoolRoleKind
from alliance.roles import Role
from common.actions import acting
from common.field_history import Change, entries
from tests.conftest import NOON
from tests.factories.alliance import SchoolFactory, SchoolRoleFactory, SpecialismFactory, SystemLeaderFactory, UserFactory

pytestmark = pytest.mark.django_db


def history_of(instance):
    return entries(list(instance.history.order_by("-history_id")), before=None)


def test_entries_name_who_what_and_why():
    lead = UserFactory(first_name="Halima", last_name="Example")
    school = SchoolFactory(name="Old name")
    with acting(by=lead, reason="It was renamed"):
        school.name = "New name"
        school.save()

    newest, oldest = history_of(school)

    assert (newest.who, newest.what, newest.reason) == ("Halima Example", "Changed", "It was renamed")
    assert newest.changes == [Change("Name", "Old name", "New name")]
    assert (oldest.who, oldest.what) == ("The system", "Created")


def test_entries_show_what_a_new_object_began_with_but_not_its_empty_fields():
    (entry,) = history_of(SpecialismFactory(key="reading", name="Reading", order=3))

    assert {(change.label, change.before, change.after) for change in entry.changes} >= {
        ("Key", "", "reading"),
        ("Name", "", "Reading"),
        ("Order", "", "3"),
    }
    assert "Name" not in {change.label for change in history_of(SchoolFactory(trust=""))[0].changes if not change.after}


def test_entries_say_choices_dates_and_yes_or_no_in_words():
    school = SchoolFactory(status=SchoolStatus.OPEN)
    school.status, school.closed_on = SchoolStatus.CLOSED, date(2026, 8, 31)
    school.save()
    leader = SystemLeaderFactory(is_active=True)
    leader.is_active = False
    leader.save()

    assert history_of(school)[0].changes == [Change("Status", "Open", "Closed"), Change("Closed", "", "31 Aug 2026")]
    assert history_of(leader)[0].changes == [Change("Available for deployment", "Yes", "No")]


def test_entries_say_lists_of_choices_in_words():
    kind = SchoolRoleKind.objects.create(key="adviser", name="Adviser", powers=["SIGN"])
    kind.powers = ["SIGN", "BOOK"]
    kind.save()

    assert history_of(kind)[0].changes == [Change("Powers", "Sign agreements", "Sign agreements, Request support and book days")]


def test_entries_include_fields_that_no_form_edits():
    lead = UserFactory(roles=[Role.S2S_LEAD], first_name="Halima", last_name="Example")
    role = verify_school_role(role=SchoolRoleFactory(), by=lead, at=NOON)

    assert history_of(role)[0].changes == [Change("Verified", "", "18 Nov 2026, noon"), Change("Verified by", "", "Halima Example")]


def test_entries_name_the_members_of_a_list():
    leader = SystemLeaderFactory()
    leader.specialisms.add(SpecialismFactory(name="Reading"))
    leader.specialisms.add(SpecialismFactory(name="Governance"))

    newest, middle, _created = history_of(leader)

    assert newest.changes == [Change("Specialisms", "Reading", "Reading, Governance")]
    assert middle.changes == [Change("Specialisms", "", "Reading")]


def test_entries_cost_the_same_queries_for_one_row_and_for_many(django_assert_num_queries):
    leader = SystemLeaderFactory()
    for _n in range(15):
        leader.supporting_school = SchoolFactory()
        leader.save()
        leader.specialisms.add(SpecialismFactory())
    rows = list(leader.history.select_related("history_user").order_by("-history_id"))

    for some in (rows[:2], rows):
        with django_assert_num_queries(4):  # members, specialisms, people, schools
            entries(some, before=None)


def test_entries_of_nothing_are_none():
    assert entries([], before=None) == []
