"""The authorisation matrix: every URL of the resolver × every role, against the written policy (promise 1)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from alliance.backends import AllianceBackend
from common.access import Route, routes
from common.checks import own_routes
from common.links import make_link
from s2s_forms.models import RequestPage
from tests.access import policy as p
from tests.access.world import World, link_to, make_world
from tests.factories.pages import make_home, make_process_page, make_request_page

pytestmark = pytest.mark.django_db

OPEN, SIGN_IN, REFUSED, HIDDEN = "open", "sign in", "refused", "hidden"
POSTED = {"portal:case_take", "portal:case_assign", "portal:cases_assign", "portal:case_write", "portal:case_answer", "portal:case_settle", "portal:case_read",
          "portal:case_end", "portal:invitation_resend", "s2s_workflow:triage",
          "s2s_workflow:interests"}  # fmt: skip
"""Views that only take a post; an empty one changes nothing, for want of its form key."""

ADMIN_NAME = re.compile(r"wagtailsnippet(?P<kind>s|choosers)_(?P<model>\w+):(?P<view>\w+)")


def address(route: Route, world: World) -> str:
    """The address of a route with what the world has for its arguments."""
    case = world.case
    given: dict[str, Any] = {
        "reference": case.reference, "token": link_to(case), "question": world.question.pk, "answer": world.answer.pk, "tab": "messages",
        "format": "csv", "urn": world.school.pk, "key": world.question.attachments.get().private_file.key, "path": "nothing.png", "kind": "school",
        "slug": "start-brokering", "target": world.deployment.pk, "version": 1, "article": world.comment.article_id,
    }  # fmt: skip
    if route.name in ("portal:claim_verify", "portal:claim_decline"):
        given["pk"] = world.claim.pk
    elif route.name.startswith("portal:invitation") or route.name == "portal:role_end":
        given["pk"] = world.invited.pk
    else:
        given["pk"] = world.comment.pk if route.name == "website:comment_delete" else 1
    if route.name == "s2s_workflow:step_on":
        given["slug"] = "approve-deployment"
    if route.name.startswith("health_checks:"):
        day = world.health_check_day
        given |= {"reference": day.series.case.reference, "pk": day.pk, "target": day.pk}
        if route.name.startswith("health_checks:book_"):
            given["pk"] = world.booking_draft.pk
        given["slug"] = {"health_checks:book_step": "focus", "health_checks:step": "more-support"}.get(route.name, "share-with-alliance")
    if route.name == "s2s_forms:telephone":
        given["pk"] = RequestPage.objects.get().pk
    if route.name == "calendar_feed":
        given["token"] = make_link(purpose="calendar", subject=world.people[p.HEAD], at=timezone.now())
    if route.name == "website:page":
        return "/"
    return reverse(route.name, kwargs={name: given[name] for name in re.findall(r"<(?:\w+:)?(\w+)>", route.pattern)})


def outcome(client: Client, url: str, *, post: bool = False) -> str:
    response = client.post(url) if post else client.get(url)
    for close in response._resource_closers:  # the file of a download; response.close() would end the test's connection too
        close()
    if response.status_code == 302 and "/account/login/" in response["Location"]:
        return SIGN_IN
    return {403: REFUSED, 404: HIDDEN}.get(response.status_code, OPEN if response.status_code < 500 else f"{response.status_code}")


def client_of(world: World, role: str) -> Client:
    client = Client()
    if world.people[role] is not None:
        client.force_login(world.people[role], backend="alliance.backends.AllianceBackend")
    return client


def expected(rule: p.Rule, role: str) -> str:
    if role in rule.opens:
        return OPEN
    if role == p.VISITOR:
        return SIGN_IN
    return HIDDEN if role in rule.hidden_from else REFUSED


def own_names() -> set[str]:
    return {route.name for route in own_routes() if not is_admin(route)}


def is_admin(route: Route) -> bool:
    return route.pattern.startswith("admin/") and route.name != "admin_sign_in"


NAMELESS = {""}  # Wagtail's _util/login/, which leads to the one sign-in; tested with the accounts


def test_every_own_route_is_in_the_policy():
    assert own_names() - NAMELESS - p.OWN.keys() == set()
    assert p.OWN.keys() - own_names() == set()


def test_every_own_route_opens_to_those_in_the_policy_and_nobody_else():
    make_request_page(make_process_page(make_home()))
    world = make_world()
    clients = {role: client_of(world, role) for role in world.people}
    found, wanted = {}, {}
    for route in [route for route in own_routes() if route.name in p.OWN]:
        rule = p.OWN[route.name]
        url = address(route, world)
        for role, client in clients.items():
            found[route.name, role] = outcome(client, url, post=route.name in POSTED)
            client.cookies.pop("messages", None)
            wanted[route.name, role] = expected(rule, role)
    found = {key: HIDDEN if key[0] == "media" else value for key, value in found.items()}
    wanted = {key: HIDDEN if key[0] == "media" else value for key, value in wanted.items()}  # no such picture, for anybody

    assert {key: value for key, value in found.items() if value != wanted[key]} == {}


def admin_routes() -> list[tuple[Route, str, str, str]]:
    """Own admin routes as (route, chooser or not, model, view)."""
    found = [(route, ADMIN_NAME.fullmatch(route.name)) for route in own_routes() if is_admin(route)]
    return [(route, match["kind"], match["model"], match["view"]) for route, match in found if match]


def test_every_model_in_the_admin_is_in_the_policy():
    assert {model for _route, _kind, model, _view in admin_routes()} == set(p.ADMIN)


@pytest.fixture
def admin_world() -> World:
    make_home()
    return make_world()


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Views answer without drawing their templates, which takes most of the time and decides nothing."""
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Who is signed in and what they may do is read once, not at every request: nobody's roles change meanwhile."""
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    backend = AllianceBackend()
    remembered = cache(backend.get_user)
    monkeypatch.setattr(AllianceBackend, "get_user", lambda self, key: remembered(key))


@pytest.mark.usefixtures("undrawn", "known")
def test_every_own_admin_view_opens_to_those_in_the_policy_and_nobody_else(admin_world):
    wrong = {}
    clients = {role: client_of(admin_world, role) for role in admin_world.people}
    for route, kind, model, view in admin_routes():
        sees, changes = p.ADMIN[model]
        opens = p.ADMIN_ACTIONS.get(view) or (changes if view in ("edit", "add") else sees)
        if view == "add":
            opens = p.ADMIN_ADDS.get(model, changes)
        app, _, name = model.rpartition("_")
        first = apps.get_model(app, name).objects.order_by("pk").first()
        assert first, f"The world has no {model}"
        if view in ("chosen", "chosen_multiple"):
            continue  # they answer with what was chosen; `choose` guards the same way
        compared = ["earliest", "latest"] if view == "revisions_compare" and first.save_revision() else []
        url = reverse(route.name, args=[first.pk, *compared] if "<" in route.pattern else [])
        for role, client in clients.items():
            opened = client.get(url).status_code == 200
            client.cookies.pop("messages", None)  # of each refusal one, unread: a growing cookie
            may = role in opens if kind == "s" else role in sees
            if opened != may:
                wrong[route.name, role] = opened
    assert wrong == {}


def test_wagtails_admin_opens_to_nobody_without_access_to_it(admin_world):
    """Third-party addresses by namespace: outsiders are sent away from every one that needs no argument."""
    outsiders = {role: client_of(admin_world, role) for role in admin_world.people if role not in p.USES_ADMIN}
    others = [route for route in routes(get_resolver()) if route.pattern.startswith("admin/") and route not in own_routes()]
    ours = {f"wagtailsnippet{kind}_{model}" for model in p.ADMIN for kind in ("s", "choosers")}
    namespaces = {route.name.partition(":")[0] if ":" in route.name else "wagtailadmin" for route in others}
    assert namespaces - p.THIRD_PARTY_ADMIN - ours == set()
    wrong = {}
    for route in others:
        if (
            "<" in route.pattern
            or "(" in route.pattern
            or not route.name
            or route.name.endswith(("jsi18n", "javascript_catalog", "sprite"))
        ):
            continue
        for role, client in outsiders.items():
            response = client.get("/" + route.pattern)
            if response.status_code < 300 and "login" not in route.name:
                wrong[route.name, role] = response.status_code
    assert wrong == {}


def test_lists_searches_and_exports_show_a_head_the_own_schools_cases_alone():
    make_home()
    world = make_world()
    from tests.factories.cases import make_case

    make_case(school_name_given="CANARY-SCHOOL", title="CANARY-TITLE")
    for role, sees in (
        (p.HEAD, False),
        (p.OTHER_HEAD, False),
        (p.CLAIMANT, False),
        (p.COMMENTER, False),
        (p.FINANCE, False),
        (p.LEAD, True),
    ):
        client = client_of(world, role)
        shown = [
            client.get(reverse("portal:home")).content,
            client.get(reverse("portal:cases")).content,
            client.get(reverse("portal:cases"), {"q": "CANARY", "state": "all"}).content,
            client.get(reverse("portal:search"), {"q": "CANARY"}).content.replace(b'value="CANARY"', b""),
            client.get(reverse("portal:cases_export", args=["csv"]), {"state": "all"}).content,
        ]
        assert [b"CANARY-TITLE" in page for page in shown] == [sees] * len(shown), role


def test_production_has_no_demo_mailbox(client, settings):
    make_home()
    settings.DEMO = False

    assert client.get(reverse("outbox:demo_mailbox")).status_code == 404


def test_a_revoked_role_takes_effect_on_the_next_request():
    world = make_world()
    client = client_of(world, p.BROKER)
    url = reverse("portal:case", args=[world.case.reference])
    assert client.get(url).status_code == 200

    world.people[p.BROKER].groups.clear()

    assert client.get(url).status_code == 404
