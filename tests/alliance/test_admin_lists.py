"""Every model of the alliance in the admin: found, exported, inspected; a list costs the same for one row and for fifty."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliance.models import (
    BankHoliday,
    DeclaredInterest,
    LeaderDesignation,
    Membership,
    MembershipTier,
    Organisation,
    OrganisationKind,
    School,
    SchoolLink,
    SchoolRole,
    SchoolRoleKind,
    Specialism,
    SystemLeader,
)
from alliance.roles import Role
from tests.factories.alliance import (
    SINCE,
    DeclaredInterestFactory,
    LeaderDesignationFactory,
    MembershipFactory,
    OrganisationFactory,
    SchoolFactory,
    SchoolRoleFactory,
    SpecialismFactory,
    SuperuserFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

MAKERS = {
    School: lambda n: SchoolFactory(),
    SchoolLink: lambda n: SchoolLink.objects.create(predecessor=SchoolFactory(), successor=SchoolFactory()),
    Organisation: lambda n: OrganisationFactory(),
    SchoolRole: lambda n: SchoolRoleFactory(),
    SystemLeader: lambda n: LeaderDesignationFactory().leader,
    LeaderDesignation: lambda n: LeaderDesignationFactory(),
    DeclaredInterest: lambda n: DeclaredInterestFactory(),
    Membership: lambda n: MembershipFactory(),
    OrganisationKind: lambda n: OrganisationKind.objects.create(key=f"kind-{n}", name=f"Kind {n}"),
    SchoolRoleKind: lambda n: SchoolRoleKind.objects.create(key=f"kind-{n}", name=f"Kind {n}", powers=["SIGN"]),
    Specialism: lambda n: SpecialismFactory(),
    MembershipTier: lambda n: MembershipTier.objects.create(key=f"tier-{n}", name=f"Tier {n}"),
    BankHoliday: lambda n: BankHoliday.objects.create(date=SINCE - timedelta(days=1000 + n), name=f"Holiday {n}"),
}
MODELS = list(MAKERS)
NOT_CHANGED_BY_HAND = [SchoolRole]


def address(model, page: str, *args) -> str:
    return reverse(f"{model.snippet_viewset.url_namespace}:{page}", args=args)


@pytest.fixture
def lead(client):
    user = UserFactory(roles=[Role.S2S_LEAD])
    client.force_login(user)
    return user


@pytest.mark.parametrize("model", MODELS)
def test_list_costs_the_same_queries_for_one_row_and_for_fifty(client, lead, model):
    MAKERS[model](0)
    client.get(address(model, "list"))
    with CaptureQueriesContext(connection) as few:
        client.get(address(model, "list"))
    for n in range(1, 50):
        MAKERS[model](n)
    client.get(address(model, "list"))  # some are public content, and what is remembered of that is read anew after a change

    with CaptureQueriesContext(connection) as many:
        response = client.get(address(model, "list"))

    assert len(response.context["object_list"]) == 50
    assert len(many) == len(few)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("page", ["list", "list_results", "add"])
def test_pages_of_a_model_open_for_the_lead(client, lead, model, page):
    MAKERS[model](0)

    assert client.get(address(model, page)).status_code == 200


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("page", ["inspect", "field_history"])
def test_pages_of_an_object_open_for_the_lead(client, lead, model, page):
    row = MAKERS[model](0)

    response = client.get(address(model, page, row.pk))

    assert response.status_code == 200
    assert page == "field_history" or address(model, "field_history", row.pk) in response.content.decode()


@pytest.mark.parametrize("model", MODELS)
def test_edit_page_opens_for_the_lead_unless_actions_change_the_model(client, lead, model):
    row = MAKERS[model](0)

    response = client.get(address(model, "edit", row.pk))

    assert response.status_code == (302 if model in NOT_CHANGED_BY_HAND else 200)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_list_exports(client, lead, model, kind):
    MAKERS[model](0)

    response = client.get(address(model, "list"), {"export": kind})

    assert (response.status_code, response["Content-Disposition"]) == (200, f'attachment; filename="{model._meta.db_table}.{kind}"')
    assert len(b"".join(response.streaming_content)) > 0


def test_export_is_safe_from_formulas(client, lead):
    SchoolFactory(name="=HYPERLINK(1)", town="@SUM")

    response = client.get(address(School, "list"), {"export": "csv"})

    rows = list(csv.DictReader(StringIO(b"".join(response.streaming_content).decode())))
    assert [(row["Name"], row["Town"]) for row in rows] == [("'=HYPERLINK(1)", "'@SUM")]


def test_export_survives_control_characters(client, lead):
    SchoolFactory(name="Bell\x07 School")

    assert client.get(address(School, "list"), {"export": "xlsx"}).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_nobody_deletes_not_even_a_superuser(client, model):
    client.force_login(SuperuserFactory())
    row = MAKERS[model](0)

    client.post(address(model, "delete", row.pk))
    client.post(reverse("wagtail_bulk_action", args=[model._meta.app_label, model._meta.model_name, "delete"]) + f"?id={row.pk}")

    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", MODELS)
def test_choosers_are_closed_to_those_who_may_not_see_the_model(client, model):
    row = MAKERS[model](0)
    viewset = model.snippet_viewset.chooser_viewset
    pages = [("choose", []), ("choose_results", []), ("chosen", [row.pk]), ("chosen_multiple", [])]
    client.force_login(UserFactory(roles=[Role.REVIEWER]))

    responses = [client.get(reverse(viewset.get_url_name(page), args=args), {"id": row.pk}) for page, args in pages]

    assert [response.status_code for response in responses] == [302] * 4
    assert all(str(row) not in response.content.decode() for response in responses)


def test_school_chooser_finds_by_urn_and_shows_the_place(client, lead):
    SchoolFactory(urn="990001", name="Otterbeck Primary School", town="Otterbeck")
    SchoolFactory(urn="990002", name="Hollinfold Primary School", town="Hollinfold")

    found = client.get(reverse(School.snippet_viewset.chooser_viewset.get_url_name("choose_results")), {"q": "990002"}).content.decode()

    assert "Hollinfold Primary School" in found and "Otterbeck" not in found


@pytest.mark.parametrize("role", [role for role in Role if role != Role.S2S_LEAD])
@pytest.mark.parametrize("page", ["inspect", "field_history"])
def test_declared_interests_are_for_those_who_match_leaders(client, role, page):
    row = DeclaredInterestFactory(reason="CANARY")
    client.force_login(UserFactory(roles=[role]))

    response = client.get(address(DeclaredInterest, page, row.pk))

    assert ("CANARY" in response.content.decode()) == (role == Role.BROKER)


def test_field_history_is_paged_and_keeps_the_change_across_pages(client, lead, django_assert_max_num_queries):
    school = SchoolFactory(name="Name 0")
    for n in range(1, 41):
        school.name = f"Name {n}"
        school.save()

    with django_assert_max_num_queries(30):
        first = client.get(address(School, "field_history", school.pk))
    second = client.get(address(School, "field_history", school.pk), {"p": 2})

    last_of_first, first_of_second = first.context["object_list"][-1], second.context["object_list"][0]
    assert (last_of_first.changes[0].before, first_of_second.changes[0].after) == ("Name 20", "Name 20")
    assert first.context["paginator"].count == 41


def test_editing_in_the_admin_is_recorded_with_who_did_it(client, lead):
    kind = OrganisationKind.objects.get(key="other")

    client.post(address(OrganisationKind, "edit", kind.pk), {"name": "Somebody else", "order": kind.order, "key": "tampered"})

    kind.refresh_from_db()
    row = kind.history.latest("history_id")
    assert (kind.name, kind.key) == ("Somebody else", "other")
    assert (row.name, row.history_user, row.history_actor) == ("Somebody else", lead, str(lead))


def test_urn_of_a_school_does_not_change(client, lead):
    school = SchoolFactory(urn="990001", name="Otterbeck Primary School")
    form = client.get(address(School, "edit", school.pk)).context["form"]
    data = {name: form.initial.get(name) or "" for name in form.fields}

    client.post(address(School, "edit", school.pk), {**data, "urn": "990009", "town": "Hollinfold"})

    assert list(School.objects.values_list("urn", "town")) == [("990001", "Hollinfold")]
