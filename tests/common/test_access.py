import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver, path
from django.views import View
from wagtail.admin.views.generic import InspectView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from alliance.models import School
from common.access import PUBLIC, SIGNED_IN, Access, AccessMixin, access, check_access, routes
from common.checks import check_access_is_declared
from tests.factories.alliance import UserFactory

NOBODY = Access("nobody", lambda request: False)


def request_of(user):
    request = RequestFactory().get("/portal/?page=2")
    request.user = user
    return request


def test_access_sends_anonymous_visitors_to_sign_in():
    response = check_access(SIGNED_IN, request_of(AnonymousUser()))

    assert (response.status_code, response["Location"]) == (302, "/account/login/?next=/portal/%3Fpage%3D2")


def test_access_refuses_people_who_are_signed_in():
    with pytest.raises(PermissionDenied):
        check_access(NOBODY, request_of(UserFactory.build()))


@pytest.mark.parametrize(("rule", "user"), [(PUBLIC, AnonymousUser()), (SIGNED_IN, UserFactory.build())])
def test_access_lets_in_whom_the_rule_allows(rule, user):
    assert check_access(rule, request_of(user)) is None


def test_access_guards_function_views_and_declares_itself():
    @access(NOBODY)
    def view(request):
        return HttpResponse("secret")

    with pytest.raises(PermissionDenied):
        view(request_of(UserFactory.build()))
    assert view.access == NOBODY


def test_access_guards_class_based_views():
    class Secret(AccessMixin, View):
        access = NOBODY

        def get(self, request):
            return HttpResponse("secret")

    with pytest.raises(PermissionDenied):
        Secret.as_view()(request_of(UserFactory.build()))


class Unguarded(View):
    pass


class Guarded(AccessMixin, View):
    access = SIGNED_IN


class OwnInspectView(InspectView):
    model = School


def checked(settings, *views) -> list[str]:
    """The ids of what the system check says of a URLconf with these views."""
    settings.ROOT_URLCONF = tuple(path(f"{number}/", view) for number, view in enumerate(views))
    return [message.id for message in check_access_is_declared(None)]


@pytest.fixture(autouse=True)
def own_module(monkeypatch):
    """Views of this module count as ours."""
    monkeypatch.setattr("common.checks.own_apps", lambda: {__name__.partition(".")[0]})


def test_check_refuses_an_own_view_without_a_rule(settings):
    assert checked(settings, Unguarded.as_view(), lambda request: HttpResponse()) == ["s2s.E001", "s2s.E001"]


def test_check_takes_views_with_a_rule_or_a_permission_policy(settings):
    assert checked(settings, Guarded.as_view(), access(PUBLIC)(lambda request: HttpResponse()), OwnInspectView.as_view()) == []


def test_check_refuses_a_view_whose_policy_was_switched_off(settings):
    class Open(OwnInspectView):
        permission_policy = None

    class WithoutModel(PermissionCheckedMixin, View):
        permission_required = "view"

    views = (Open.as_view(), OwnInspectView.as_view(any_permission_required=None), WithoutModel.as_view())
    assert checked(settings, *views) == ["s2s.E001"] * 3


def test_routes_give_full_names_and_patterns():
    found = {route.name: route.pattern for route in routes(get_resolver())}

    assert found["wagtailsnippets_alliance_school:field_history"].endswith("snippets/alliance/school/field-history/<str:pk>/")
