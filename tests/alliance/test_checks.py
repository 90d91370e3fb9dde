import pytest
from django.apps import apps

from alliance.checks import check_role_permissions


@pytest.mark.parametrize(
    ("role", "permission", "ids"),
    [
        ("FINANCE", "common.view_privatefile", []),
        ("FINANCE", "alliance.verify_schoolrole", []),
        ("FINANCE", "absent_plugin.view_invoice", []),
        ("FINANCE", "common.view_privatfile", ["s2s.E005"]),
        ("FINANCE", "view_privatefile", ["s2s.E005"]),
        ("TREASURER", "common.view_privatefile", ["s2s.E005"]),
    ],
)
def test_check_finds_roles_and_permissions_that_do_not_exist(monkeypatch, role, permission, ids):
    monkeypatch.setattr(apps.get_app_config("common"), "role_permissions", {role: (permission,)}, raising=False)

    assert [message.id for message in check_role_permissions(None)] == ids


def test_check_is_content_with_the_apps_as_they_are():
    assert check_role_permissions(None) == []
