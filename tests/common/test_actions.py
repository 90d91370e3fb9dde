import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from common.actions import Actor, ActorMiddleware, acting, action, current_actor, current_actor_name, current_reason
from tests.factories.alliance import UserFactory

PAT = Actor("Pat Example")
MEL = Actor("Mel Example")


@action
def cause_seen(*, by, reason=""):
    return current_actor_name(), current_reason()


@action
def call_another(*, by, reason=""):
    return cause_seen(by=MEL), current_actor_name()


@pytest.mark.django_db
def test_action_names_actor_and_reason():
    assert cause_seen(by=PAT, reason="Asked by telephone") == ("Pat Example", "Asked by telephone")


@pytest.mark.django_db
def test_action_leaves_no_actor_behind():
    cause_seen(by=PAT)

    assert (current_actor(), current_actor_name(), current_reason()) == (None, "", "")


@pytest.mark.django_db
def test_action_inside_an_action_keeps_its_own_actor():
    assert call_another(by=PAT, reason="First") == (("Mel Example", ""), "Pat Example")


@pytest.mark.django_db
def test_action_that_fails_writes_nothing():
    @action
    def rename_and_fail(*, user, by):
        user.first_name = "Changed"
        user.save()
        raise RuntimeError

    user = UserFactory(first_name="Pat")

    with pytest.raises(RuntimeError):
        rename_and_fail(user=user, by=PAT)

    user.refresh_from_db()
    assert (user.first_name, current_actor()) == ("Pat", None)


def test_actor_of_a_user_is_their_name_and_them():
    user = UserFactory.build(first_name="Pat", last_name="Example")

    assert (Actor.of(user), Actor.of(PAT)) == (Actor("Pat Example", user), PAT)


def test_actor_of_jobs_and_links_is_a_name_only():
    assert [Actor.job("reminders"), Actor.link_holder("Sam Requester")] == [
        Actor("job: reminders", is_job=True),
        Actor("Sam Requester (by private link)"),
    ]


@pytest.mark.parametrize("signed_in", [True, False])
def test_actor_middleware_names_who_asks(signed_in):
    request = RequestFactory().post("/")
    request.user = UserFactory.build(first_name="Pat", last_name="Example") if signed_in else AnonymousUser()
    seen = []

    def view(request):
        seen.append(current_actor())
        return HttpResponse()

    ActorMiddleware(view)(request)

    assert seen == [Actor("Pat Example", request.user) if signed_in else Actor("visitor")]
    assert current_actor() is None


def test_acting_is_undone_after_an_error():
    with pytest.raises(RuntimeError), acting(by=PAT):
        raise RuntimeError

    assert current_actor() is None
