"""Contacts are held once and shown by role in the reader's language."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Site

from tests.factories.website import make_contact, make_welsh
from website.contacts import Contact, contact_choices, contact_for, contacts
from website.models import HomePage, SiteSettings


def test_contacts_are_listed_in_their_order_without_a_second_query(
    home: HomePage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_contact(key="second", order=2)
    make_contact(key="first", order=1)
    contacts()

    with django_assert_num_queries(0):
        assert [contact.key for contact in contacts()] == ["first", "second"]


def test_contact_has_the_site_s_hours_unless_it_has_its_own(home: HomePage) -> None:
    SiteSettings.objects.create(site=Site.objects.get(), telephone_hours="Term time")
    make_contact(key="lead")
    make_contact(key="office", hours="All year")

    assert [contact.hours for contact in contacts()] == ["Term time", "All year"]


def test_contact_in_welsh_has_the_person_of_the_original(home: HomePage) -> None:
    contact = make_contact(key="lead", title="Support lead", person_name="Ada Invented", email="ada@example.org")
    make_welsh(contact, title="Arweinydd cymorth")
    contact.person_name, contact.telephone = "Bertha Invented", "01632 960 002"
    contact.save()

    with translation.override("cy"):
        found = contact_for("lead")

    assert found == Contact("lead", "Arweinydd cymorth", "Bertha Invented", "01632 960 002", "ada@example.org", "")


def test_contact_without_translation_is_shown_as_it_is(home: HomePage) -> None:
    make_contact(key="lead", title="Support lead")

    with translation.override("cy"):
        assert contact_choices() == [("lead", "Support lead")]


def test_contact_nobody_keeps_is_none(home: HomePage) -> None:
    assert contact_for("gone") is None


def test_telephone_is_dialled_without_spaces() -> None:
    assert Contact("k", "t", "p", "+44 (1632) 960 001", "", "").telephone_digits == "+441632960001"


@pytest.mark.django_db
def test_telephone_takes_digits_only() -> None:
    with pytest.raises(ValidationError, match="digits, spaces, brackets"):
        make_contact(telephone="javascript:alert(1)").full_clean()


@pytest.mark.django_db
def test_contact_keeps_history_of_who_held_the_role() -> None:
    contact = make_contact(person_name="Ada Invented")
    contact.person_name = "Bertha Invented"
    contact.save()

    assert [row.person_name for row in contact.history.all()] == ["Bertha Invented", "Ada Invented"]
