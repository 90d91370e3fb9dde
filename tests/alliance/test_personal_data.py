import json
from datetime import timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from wagtail import hooks
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from alliance.actions.erase_person import erase_person
from alliance.models import SchoolRole, Specialism, SystemLeader, User
from alliance.queries import personal_data_of
from alliance.roles import Role
from common.actions import Actor, acting
from common.links import LinkRefused, make_link, open_link
from common.personal_data import history_models
from tests.conftest import NOON
from tests.factories.alliance import (
    DeclaredInterestFactory,
    LeaderDesignationFactory,
    SchoolRoleFactory,
    SpecialismFactory,
    SystemLeaderFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
SECRETS = ["canary", "wildgoose", "01632960999"]


@pytest.fixture
def person() -> User:
    """Somebody with a row of every kind, and a former name and address."""
    user = UserFactory(
        roles=[Role.BROKER], email="canary.old@example.org", first_name="Canary", last_name="Maiden-Wildgoose", telephone="01632960999"
    )
    user.email, user.last_name = "canary@example.org", "Wildgoose"
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    leader = SystemLeaderFactory(user=user, working_style="Canary style", summary="Ask Wildgoose", consents_to_listing_at=NOON)
    LeaderDesignationFactory(leader=leader)
    DeclaredInterestFactory(leader=leader, reason="Wildgoose is married to the head")
    SchoolRoleFactory(user=user, verified=True)
    with acting(by=user):
        SpecialismFactory(key="by-the-person")
    with acting(by=Actor.link_holder("canary.old@example.org")):
        SpecialismFactory(key="by-link")
    with acting(by=Actor.link_holder("Canary Wildgoose")):
        SpecialismFactory(key="by-named-link")
    log(leader, "wagtail.edit", user=user)
    return user


def everything_stored() -> str:
    """All rows of the alliance and its history, as text; other apps erase what they hold themselves."""
    histories = [model for model in history_models() if model._meta.app_label == "alliance"]
    models = [User, SystemLeader, SchoolRole, EmailAddress, ModelLogEntry, *histories]
    rows = [list(model._default_manager.values()) for model in models]
    interests = list(SystemLeader.objects.values("interests__reason"))
    return str([*rows, *interests]).lower()


def erase(user: User) -> None:
    erase_person(user=user, by=Actor.job("test"), at=NOON, reason="They asked")


def test_export_holds_a_row_of_every_kind(person):
    held = personal_data_of(person)

    counts = {what: len(rows) for what, rows in held.items()}
    assert (
        counts
        | {
            "person": 1,
            "alliance roles": 1,
            "e-mail addresses": 1,
            "roles at schools": 1,
            "system leader": 1,
            "designations": 1,
            "declared interests": 1,
        }
        == counts
    )
    assert held["person"][0]["email"] == "canary@example.org"
    assert {row["email"] for row in held["earlier names and addresses"]} == {"canary.old@example.org", "canary@example.org"}
    assert held["declared interests"][0]["reason"] == "Wildgoose is married to the head"


def test_export_holds_nobody_else(person):
    other = UserFactory(email="other@example.org")

    assert "canary" not in str(personal_data_of(other)).lower()
    assert "other@example.org" not in str(personal_data_of(person))


def test_erase_leaves_no_name_address_or_number(person):
    assert [secret in everything_stored() for secret in SECRETS] == [True] * 3

    erase(person)

    assert [secret for secret in SECRETS if secret in everything_stored()] == []


def test_erase_keeps_the_row_and_shuts_the_account(person):
    erase(person)

    user = User.objects.get(pk=person.pk)
    assert (str(user), user.email, user.is_active, user.has_usable_password()) == (
        "Erased person",
        f"erased-{user.pk}@erased.invalid",
        False,
        False,
    )
    assert (user.groups.count(), Authenticator.objects.filter(user=user).count(), EmailAddress.objects.filter(user=user).count()) == (
        0,
        0,
        0,
    )


def test_erase_ends_roles_and_leaves_the_facts(person):
    erase(person)

    role, leader = SchoolRole.objects.get(), SystemLeader.objects.get()
    assert (role.ends_on, role.verified_at) == (NOON.date(), NOON)
    assert (leader.is_active, leader.consents_to_listing_at, leader.designations.count(), leader.interests.get().reason) == (
        False,
        None,
        1,
        "Erased person",
    )


def test_erase_keeps_that_something_was_done(person):
    erase(person)

    actors = dict(Specialism.history.values_list("key", "history_actor"))
    assert {key: actors[key] for key in ("by-the-person", "by-link", "by-named-link")} == dict.fromkeys(
        ("by-the-person", "by-link", "by-named-link"), "Erased person"
    )
    assert Specialism.history.get(key="by-the-person").history_user_id == person.pk


def test_erase_leaves_other_people_alone(person):
    other = SchoolRoleFactory(user__first_name="Canary", user__last_name="Other", verified=True)
    before = list(User.history.filter(id=other.user.pk).values())

    erase(person)

    other.refresh_from_db()
    assert (str(other.user), other.ends_on) == ("Canary Other", None)
    assert list(User.history.filter(id=other.user.pk).values()) == before


def test_erase_withdraws_links_made_for_the_person(person):
    tokens = [make_link(purpose="invitation", subject=subject, at=NOON) for subject in (person, SchoolRole.objects.get())]

    erase(person)

    for token in tokens:
        with pytest.raises(LinkRefused, match="withdrawn"):
            open_link(purpose="invitation", token=token, at=NOON)


def test_erase_may_be_repeated(person):
    erase(person)
    erase(User.objects.get(pk=person.pk))

    assert User.objects.get(pk=person.pk).email == f"erased-{person.pk}@erased.invalid"


def test_erase_runs_the_other_apps_first(person):
    seen = []
    with hooks.register_temporarily("s2s_erase_personal_data", lambda user, at: seen.append((user.email, at))):
        erase(person)

    assert seen == [("canary@example.org", NOON)]


def test_erase_undoes_everything_when_an_app_fails(person):
    def fail(user, at):
        raise RuntimeError

    with hooks.register_temporarily("s2s_erase_personal_data", fail, order=2000), pytest.raises(RuntimeError):
        erase(person)

    assert User.objects.get(pk=person.pk).email == "canary@example.org"


def test_erase_does_not_end_a_role_before_it_starts(person):
    later = NOON.date() + timedelta(days=30)
    SchoolRoleFactory(user=person, kind="nominated-lead", starts_on=later)

    erase(person)

    assert SchoolRole.objects.get(starts_on=later).ends_on == later


def test_export_command_prints_json(person):
    out = StringIO()

    call_command("export_personal_data", "CANARY@example.org", stdout=out)

    assert json.loads(out.getvalue())["person"][0]["first_name"] == "Canary"


def test_erase_command_dry_run_counts_and_erases_nothing(person):
    out = StringIO()

    call_command("erase_personal_data", "canary@example.org", "--dry-run", stdout=out)

    assert {"person: 1", "roles at schools: 1", "Dry run, nothing was erased."} <= set(out.getvalue().splitlines())
    assert User.objects.get(pk=person.pk).is_active


def test_erase_command_erases(person):
    out = StringIO()

    call_command("erase_personal_data", "canary@example.org", stdout=out)

    newest = User.history.filter(id=person.pk).latest("history_id")
    assert out.getvalue().splitlines()[-1] == f"Person {person.pk} was erased."
    assert (newest.history_actor, newest.history_change_reason) == ("job: erase_personal_data", "The person asked for it.")


@pytest.mark.parametrize("command", ["export_personal_data", "erase_personal_data"])
def test_commands_say_when_nobody_has_the_address(command):
    with pytest.raises(CommandError, match=r"Nobody here has the address nobody@example\.org"):
        call_command(command, "nobody@example.org")
