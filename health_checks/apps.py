from alliance.roles import keeps, views
from common.plugins import PluginConfig

READ = views("health_checks", "series", "day", "assignment", "brief", "record", "recordshare", "feedback", "sefsection")
MODERATE = ("health_checks.moderate_series", "health_checks.moderate_day")


class HealthChecksConfig(PluginConfig):
    name = "health_checks"
    verbose_name = "Health check days"
    portal_urls = "health_checks.urls"
    portal_slug = "health-checks"
    public_words = ("templates/health_checks/health_check_page.html",)
    role_permissions = {
        "S2S_LEAD": (*READ, *MODERATE, *keeps("health_checks", "sefsection"), "health_checks.change_healthchecksettings"),
        "BROKER": (*READ, *MODERATE),
    }

    def ready(self) -> None:
        from health_checks import receivers

        receivers.connect()
