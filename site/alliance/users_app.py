"""Wagtail's management of people and groups, for superusers only. Installed in the place of `wagtail.users`."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "alliance.viewsets.users.PersonViewSet"

    def ready(self) -> None:
        from django.contrib.auth import get_user_model
        from django.contrib.auth.models import Group
        from wagtail.permissions import register_permission_policy

        from alliance.viewsets.policies import SuperuserPolicy

        register_permission_policy(get_user_model(), SuperuserPolicy(get_user_model(), refused=frozenset({"delete"})))
        register_permission_policy(Group, SuperuserPolicy(Group))
