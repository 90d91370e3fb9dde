from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_migrate


class AllianceConfig(AppConfig):
    name = "alliance"
    verbose_name = "Alliance"

    def ready(self) -> None:
        from alliance.checks import check_role_permissions
        from alliance.roles import synchronise_groups

        register(check_role_permissions)
        post_migrate.connect(synchronise_groups, dispatch_uid="alliance.synchronise_groups")
