"""Terms and closures: on which days a school is closed, and why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from alliance.models import School
from alliance.roles import Role
from diary.models import Closure, TermDate
from diary.terms import closed_because
from tests.factories.diary import CODE, make_closure, make_term
from tests.factories.people import make_school, make_user

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
OUTSIDE = "This is outside term."


@pytest.fixture
def school() -> School:
    return make_school(local_authority_code=CODE)


def days(first: date, number: int) -> list[date]:
    return [first + timedelta(days=n) for n in range(number)]


def test_a_weekend_a_bank_holiday_and_every_day_outside_term_are_closed_each_with_its_reason(school):
    make_term()

    found = closed_because(
        school, [*days(date(2026, 12, 17), 4), date(2026, 12, 21), date(2026, 12, 25), date(2026, 9, 1), date(2026, 9, 2)]
    )

    assert found == {
        date(2026, 12, 19): "This is a weekend.",
        date(2026, 12, 20): "This is a weekend.",
        date(2026, 12, 21): OUTSIDE,
        date(2026, 12, 25): "This is a bank holiday: Christmas Day.",
        date(2026, 9, 1): OUTSIDE,
    }


def test_a_half_term_of_the_authority_closes_its_schools_and_no_other(school):
    make_closure()
    other = make_school(local_authority_code="992")
    half_term = days(date(2026, 10, 26), 5)

    assert closed_because(school, [date(2026, 10, 23), *half_term, date(2026, 11, 2)]) == dict.fromkeys(
        half_term, "The school is closed: Half term."
    )
    assert closed_because(other, half_term) == {}


def test_a_training_day_closes_its_own_school_alone(school):
    make_closure(school=school, name="Training day", first_day=MONDAY, last_day=MONDAY)

    assert closed_because(school, days(MONDAY, 2)) == {MONDAY: "The school is closed: Training day."}
    assert closed_because(make_school(local_authority_code=CODE), [MONDAY]) == {}


def test_where_no_terms_are_known_for_the_year_only_weekends_bank_holidays_and_closures_close(school):
    make_term()
    make_closure(name="Half term", first_day=date(2028, 2, 21), last_day=date(2028, 2, 25))
    asked = [date(2027, 9, 1), date(2028, 1, 3), date(2028, 2, 23), date(2028, 8, 31)]

    assert closed_because(school, asked) == {
        date(2028, 1, 3): "This is a bank holiday: New Year’s Day (substitute).",
        date(2028, 2, 23): "The school is closed: Half term.",
    }


def test_terms_of_another_authority_or_of_none_close_nothing():
    make_term()
    august = date(2027, 8, 3)

    assert closed_because(make_school(local_authority_code="992"), [august]) == {}
    assert closed_because(make_school(local_authority_code=""), [august]) == {}


def test_a_school_without_an_authority_keeps_its_own_closures():
    school = make_school(local_authority_code="")
    make_closure(school=school, name="Training day", first_day=MONDAY, last_day=MONDAY)

    assert closed_because(school, [MONDAY]) == {MONDAY: "The school is closed: Training day."}


def test_a_term_may_begin_in_the_last_days_of_august(school):
    make_term(academic_year=2025, first_day=date(2025, 9, 2), last_day=date(2025, 12, 19))
    make_term(first_day=date(2026, 8, 28))

    assert closed_because(school, [date(2026, 8, 27), date(2026, 8, 28)]) == {date(2026, 8, 27): OUTSIDE}


def test_asking_costs_three_queries_however_many_days_and_terms(school, django_assert_num_queries):
    for year in range(2026, 2029):
        make_term(academic_year=year, first_day=date(year, 9, 2), last_day=date(year, 12, 18))
    make_closure()
    make_closure(school=school, name="Training day")

    with django_assert_num_queries(3):
        closed_because(school, days(date(2026, 9, 1), 900))
    with django_assert_num_queries(0):
        assert closed_because(school, []) == {}


# --- What the tables hold -------------------------------------------------------------------------


def test_of_an_authority_and_year_one_term_has_a_name():
    make_term()

    make_term(academic_year=2027)
    make_term(local_authority_code="992")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_term(first_day=date(2026, 9, 3))


@pytest.mark.parametrize("values", [{"first_day": date(2026, 12, 19)}, {"local_authority_code": ""}])
def test_the_database_refuses_a_term_that_cannot_be(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_term(**values)


@pytest.mark.parametrize("values", [{"first_day": date(2026, 10, 31)}, {"local_authority_code": ""}])
def test_the_database_refuses_a_closure_that_cannot_be(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_closure(**values)


def test_a_closure_is_an_authoritys_or_a_schools_and_one_starts_on_a_day(school):
    make_closure()
    make_closure(school=school)

    for values in ({}, {"school": school}, {"school": make_school(), "local_authority_code": CODE}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_closure(**values)

    assert Closure.objects.count() == 2


def test_a_term_is_of_the_academic_year_in_which_it_ends():
    wrong = TermDate(
        local_authority_code=CODE, academic_year=2025, name="Autumn term", first_day=date(2026, 9, 2), last_day=date(2026, 12, 18)
    )

    with pytest.raises(ValidationError, match="ends in the academic year from September 2026"):
        wrong.full_clean()


def test_a_second_closure_from_a_day_is_refused_in_words():
    make_closure()

    with pytest.raises(ValidationError, match="There is a closure of this authority from this day already"):
        Closure(local_authority_code=CODE, name="Half term again", first_day=date(2026, 10, 26), last_day=date(2026, 10, 26)).full_clean()


@pytest.mark.parametrize(("role", "keeps"), [(Role.S2S_LEAD, True), (Role.BROKER, True), (Role.FINANCE, False), (Role.EDITOR, False)])
def test_terms_are_kept_in_the_admin_by_those_who_broker(client, role, keeps):
    client.force_login(make_user(role))
    sent = {
        "local_authority_code": CODE,
        "academic_year": "2026",
        "name": "Autumn term",
        "first_day": "02/09/2026",
        "last_day": "18/12/2026",
    }

    client.post("/admin/snippets/diary/termdate/add/", sent)

    assert [(str(term), term.first_day) for term in TermDate.objects.all()] == (
        [("Autumn term, 991, 2026/27", date(2026, 9, 2))] if keeps else []
    )
