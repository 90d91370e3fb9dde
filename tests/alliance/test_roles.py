from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.utils import translation
from wagtail.models import GroupPagePermission, Page

from alliance.access import ALLIANCE_STAFF, roles_access
from alliance.roles import ADMIN_ACCESS, ROLES, Role, has_role, needs_second_factor, permissions_of, synchronise_groups, user_roles
from tests.factories.alliance import SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db
LAST_APP = [config for config in apps.get_app_configs() if config.models_module is not None][-1]


def synchronise(sender=LAST_APP, **kwargs) -> None:
    synchronise_groups(sender, using="default", **kwargs)


def permissions_in_group(role: Role) -> set[str]:
    rows = Permission.objects.filter(group__name=role.group_name).values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def page_permissions(role: Role) -> set[str]:
    return set(GroupPagePermission.objects.filter(group__name=role.group_name).values_list("permission__codename", flat=True))


@pytest.mark.parametrize("role", Role)
def test_groups_have_exactly_the_permissions_of_the_table(role):
    assert permissions_in_group(role) == permissions_of(role)
    assert page_permissions(role) == {f"{verb}_page" for verb in ROLES[role].pages}


@pytest.mark.parametrize("role", Role)
def test_no_role_deletes_or_manages_accounts(role):
    permissions = permissions_of(role)

    assert [name for name in permissions if ".delete_" in name] == []
    assert not permissions & {"alliance.add_user", "alliance.change_user", "alliance.view_user", "auth.change_group", "auth.add_group"}


def test_only_some_roles_open_the_admin():
    assert {role for role in Role if ADMIN_ACCESS in permissions_of(role)} == {
        Role.S2S_LEAD,
        Role.BROKER,
        Role.FINANCE,
        Role.EDITOR,
        Role.REVIEWER,
    }


def test_synchronise_groups_changes_nothing_the_second_time():
    before = {role: (permissions_in_group(role), page_permissions(role)) for role in Role}

    synchronise()

    assert {role: (permissions_in_group(role), page_permissions(role)) for role in Role} == before


def test_synchronise_groups_takes_back_what_the_table_does_not_give():
    group = Group.objects.get(name="Finance")
    group.permissions.add(Permission.objects.get(codename="change_user"))
    publish = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=1), permission=publish)

    synchronise()

    assert (permissions_in_group(Role.FINANCE), page_permissions(Role.FINANCE)) == (permissions_of(Role.FINANCE), set())


def test_synchronise_groups_leaves_other_groups_alone():
    group = Group.objects.create(name="Photographers")
    group.permissions.add(Permission.objects.get(codename="add_school"))

    synchronise()

    assert list(group.permissions.values_list("codename", flat=True)) == ["add_school"]


def test_synchronise_groups_adds_what_apps_give(monkeypatch):
    config = apps.get_app_config("common")
    monkeypatch.setattr(config, "role_permissions", {Role.FINANCE.value: ["common.view_privatefile", "common.view_nothing"]}, raising=False)

    synchronise()

    assert permissions_in_group(Role.FINANCE) == permissions_of(Role.FINANCE) - {"common.view_nothing"}
    assert "common.view_privatefile" in permissions_in_group(Role.FINANCE)


def test_synchronise_groups_waits_for_the_last_app():
    Group.objects.filter(name="Broker").delete()

    synchronise(sender=apps.get_app_config("alliance"))

    assert not Group.objects.filter(name="Broker").exists()


@pytest.mark.parametrize("missing", ["auth", "wagtailcore"])
def test_synchronise_groups_does_without_apps_that_are_not_migrated(missing):
    def get_model(app, name):
        if app == missing:
            raise LookupError
        return apps.get_model(app, name)

    synchronise(apps=SimpleNamespace(get_model=get_model, get_app_config=apps.get_app_config))


def test_group_name_is_the_same_in_every_language():
    with translation.override("cy"):
        assert Role.S2S_LEAD.group_name == "S2S lead"
        assert user_roles(UserFactory(roles=[Role.S2S_LEAD])) == {Role.S2S_LEAD}


def test_user_roles_cost_one_query(django_assert_num_queries):
    user = UserFactory(roles=[Role.BROKER, Role.FINANCE])

    with django_assert_num_queries(1):
        assert [user_roles(user) for _time in range(3)] == [{Role.BROKER, Role.FINANCE}] * 3


@pytest.mark.parametrize("somebody", [AnonymousUser(), UserFactory.build(is_active=False, is_superuser=True)])
def test_user_roles_are_none_for_strangers_and_for_the_deactivated(somebody):
    assert user_roles(somebody) == frozenset()


def test_user_roles_are_all_for_a_superuser():
    assert user_roles(SuperuserFactory()) == frozenset(Role)


def test_has_role_needs_one_of_those_named():
    user = UserFactory(roles=[Role.EDITOR])

    assert (has_role(user, Role.EDITOR, Role.BROKER), has_role(user, Role.BROKER), has_role(user)) == (True, False, False)


def test_needs_second_factor_is_for_roles_and_superusers():
    people = [UserFactory(roles=[Role.STEERING_GROUP]), SuperuserFactory(), UserFactory(), AnonymousUser()]

    assert [needs_second_factor(somebody) for somebody in people] == [True, True, False, False]


def test_roles_access_lets_in_holders_of_the_role():
    rule = roles_access(Role.FINANCE)
    people = [UserFactory(roles=[Role.FINANCE]), UserFactory(roles=[Role.BROKER]), AnonymousUser()]

    assert [rule.allows(SimpleNamespace(user=somebody)) for somebody in people] == [True, False, False]
    assert ALLIANCE_STAFF.name == "S2S lead or Broker"
