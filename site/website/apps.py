from django.apps import AppConfig, apps
from django.db.models.signals import m2m_changed, post_save
from django.utils.translation import gettext_lazy as _

from alliance.roles import keeps

THEMES = (*keeps("website", "readinesstheme"), "website.publish_readinesstheme")
MODERATES = ("website.view_articlecomment", "website.moderate_articlecomment")


class WebsiteConfig(AppConfig):
    name = "website"
    verbose_name = _("Website")
    public_words = ("templates", "forms", "readiness")
    role_permissions = {"S2S_LEAD": (*MODERATES, *THEMES), "EDITOR": (*MODERATES, *THEMES), "REVIEWER": THEMES}

    def ready(self) -> None:
        from wagtail.models import Locale, Page, PageViewRestriction, Site
        from wagtail.signals import post_page_move

        from alliance.models import LeaderDesignation, School, Specialism, SystemLeader, User
        from website import freshness, receivers
        from website.models import ContactRole, ReadinessTheme, SiteDocument, SiteImage, SiteSettings, SiteWording

        pages = [model for model in apps.get_models() if issubclass(model, Page)]
        freshness.watch(*pages, Site, Locale, PageViewRestriction, SiteSettings, SiteWording, ContactRole, SiteImage, SiteDocument)
        freshness.watch(SystemLeader, LeaderDesignation, Specialism, ReadinessTheme)
        m2m_changed.connect(freshness.content_changed, sender=SystemLeader.specialisms.through, dispatch_uid="content-specialisms")
        post_save.connect(receivers.person_saved, sender=User, dispatch_uid="content-person")
        post_save.connect(receivers.school_saved, sender=School, dispatch_uid="content-school")
        post_page_move.connect(freshness.content_changed, dispatch_uid="content-page-move")
