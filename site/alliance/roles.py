"""Alliance roles: one table from role to group to Wagtail permissions, kept in step after every migrate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

ADMIN_ACCESS = "wagtailadmin.access_admin"


class Role(models.TextChoices):
    """What a person is in the alliance. Roles at schools are dated rows instead (`SchoolRole`)."""

    S2S_LEAD = "S2S_LEAD", _("S2S lead")
    BROKER = "BROKER", _("Broker")
    WORKING_GROUP = "WORKING_GROUP", _("Working group")
    FINANCE = "FINANCE", _("Finance")
    EDITOR = "EDITOR", _("Editor")
    REVIEWER = "REVIEWER", _("Reviewer")
    STEERING_GROUP = "STEERING_GROUP", _("Steering group")
    LEAD_GOVERNOR = "LEAD_GOVERNOR", _("Lead governor")

    @property
    def group_name(self) -> str:
        """The name of the role's group, the same whatever language is active."""
        with translation.override(None):
            return str(self.label)


def views(app: str, *names: str) -> tuple[str, ...]:
    """Permissions to see the models of an app."""
    return tuple(f"{app}.view_{name}" for name in names)


def keeps(app: str, *names: str) -> tuple[str, ...]:
    """Permissions to see, add and change the models of an app. Nobody deletes: facts end."""
    return tuple(f"{app}.{verb}_{name}" for name in names for verb in ("view", "add", "change"))


@dataclass(frozen=True)
class RoleRule:
    """
    What a role opens in the admin.

    `pages` are Wagtail's page permissions at the root; `files` those for images and documents, in every collection.
    """

    opens_admin: bool = False
    permissions: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    needs_second_factor: bool = True


PLACES = ("school", "schoollink", "organisation")
PEOPLE = ("systemleader", "leaderdesignation", "declaredinterest", "membership")
ROLES_AT_SCHOOLS = ("alliance.view_schoolrole", "alliance.add_schoolrole", "alliance.verify_schoolrole")
LISTS = ("organisationkind", "schoolrolekind", "specialism", "membershiptier", "bankholiday")

ROLES: dict[Role, RoleRule] = {
    Role.S2S_LEAD: RoleRule(
        opens_admin=True,
        permissions=(*keeps("alliance", *PLACES, *PEOPLE, *LISTS), *ROLES_AT_SCHOOLS, "wagtail_localize.submit_translation"),
        pages=("add", "change", "publish"),
        files=("add", "change", "choose"),
    ),
    Role.BROKER: RoleRule(
        opens_admin=True,
        permissions=(*keeps("alliance", "organisation", *PEOPLE), *ROLES_AT_SCHOOLS, *views("alliance", "school", "schoollink", *LISTS)),
    ),
    Role.WORKING_GROUP: RoleRule(),
    Role.FINANCE: RoleRule(opens_admin=True, permissions=views("alliance", "school", "organisation", "membership", "membershiptier")),
    Role.EDITOR: RoleRule(
        opens_admin=True,
        permissions=(*views("alliance", "school"), *keeps("wagtailredirects", "redirect")),
        pages=("add", "change"),
        files=("add", "change", "choose"),
    ),
    # A translation is published from its own editor, past moderation, so only those who may publish start one.
    Role.REVIEWER: RoleRule(opens_admin=True, permissions=("wagtail_localize.submit_translation",), pages=("publish",), files=("choose",)),
    Role.STEERING_GROUP: RoleRule(),
    Role.LEAD_GOVERNOR: RoleRule(),
}


def user_roles(user: Any) -> frozenset[Role]:
    """
    The alliance roles a person holds; none for an anonymous or deactivated one, every role for a superuser.

    One query, kept on the instance: a role taken away is gone at the next request.
    """
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if user.is_superuser:
        return frozenset(Role)
    if not hasattr(user, "_alliance_roles"):
        groups = set(user.groups.values_list("name", flat=True))
        user._alliance_roles = frozenset(role for role in Role if role.group_name in groups)
    roles: frozenset[Role] = user._alliance_roles
    return roles


def has_role(user: Any, *roles: Role) -> bool:
    """Whether the person holds at least one of the roles."""
    return not user_roles(user).isdisjoint(roles)


def needs_second_factor(user: Any) -> bool:
    """Whether a role of the person must sign in with a second factor, where the setting asks for it."""
    return any(ROLES[role].needs_second_factor for role in user_roles(user))


def permissions_of(role: Role) -> set[str]:
    """All permissions of a role as `app.codename`: the table's, and those that installed apps add in `role_permissions`."""
    rule = ROLES[role]
    added = (getattr(config, "role_permissions", {}).get(role.value, ()) for config in installed.get_app_configs())
    return {
        *rule.permissions,
        *(permission for permissions in added for permission in permissions),
        *([ADMIN_ACCESS] if rule.opens_admin else []),
    }


def synchronise_groups(sender: AppConfig, *, using: str, apps: Any = installed, **kwargs: Any) -> None:
    """
    Bring the groups in line with the table: a post_migrate receiver that may run any number of times.

    The signal comes once for every app. This waits for the last, when all permissions are there, and
    does without what is not there: a plugin that is off, or tables not migrated yet.
    """
    if sender is not _last_app():
        return
    create_permissions(sender, verbosity=0, using=using, apps=apps)
    try:
        group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:
        return
    for role in Role:
        group, _created = group_model._default_manager.using(using).get_or_create(name=role.group_name)
        group.permissions.set(_found(permission_model, permissions_of(role), using))
        _synchronise(apps, "GroupPagePermission", "page", group, {f"wagtailcore.{verb}_page" for verb in ROLES[role].pages}, using)
        _synchronise(apps, "GroupCollectionPermission", "collection", group, set(_file_permissions(ROLES[role].files)), using)


def _last_app() -> AppConfig:
    return [config for config in installed.get_app_configs() if config.models_module is not None][-1]


def _file_permissions(verbs: Iterable[str]) -> Iterator[str]:
    for verb in verbs:
        yield f"wagtailimages.{verb}_image"
        yield f"wagtaildocs.{verb}_document"


def _found(permission_model: Any, names: set[str], using: str) -> list[Any]:
    """The permissions that exist: an app may be absent."""
    wanted = permission_model._default_manager.using(using).filter(codename__in={name.partition(".")[2] for name in names})
    return [
        permission
        for permission in wanted.select_related("content_type")
        if f"{permission.content_type.app_label}.{permission.codename}" in names
    ]


def _synchronise(apps: Any, model: str, place: str, group: Any, names: set[str], using: str) -> None:
    """Give a group exactly these permissions at the root of the pages or of the collections, and leave other places alone."""
    try:
        granted = apps.get_model("wagtailcore", model)
        root = apps.get_model("wagtailcore", place)._default_manager.using(using).filter(depth=1).first()
    except LookupError:
        return
    if root is None:
        return
    rows = granted._default_manager.using(using)
    permissions = _found(apps.get_model("auth", "Permission"), names, using)
    rows.filter(group=group, **{place: root}).exclude(permission__in=permissions).delete()
    for permission in permissions:
        rows.get_or_create(group=group, permission=permission, **{place: root})
