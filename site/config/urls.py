"""Addresses: files, feeds and links without a language, everything else under `i18n_patterns`."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponseBase
from django.urls import include, path
from django.views.static import serve
from health_check.views import HealthCheckView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from common.access import PUBLIC, access
from common.admin_bulk import bulk_action
from common.plugins import plugin_configs
from portal.admin_sign_in_urls import sign_in

HEALTH_CHECKS = [
    "health_check.checks.Database",
    "health_check.checks.Cache",
    "health_check.checks.Storage",
]

health = access(PUBLIC)(HealthCheckView.as_view(checks=HEALTH_CHECKS))


@access(PUBLIC)
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    return serve(request, path, document_root=str(settings.MEDIA_ROOT))


portal_patterns = [path(f"portal/{config.portal_slug}/", include(config.portal_urls)) for config in plugin_configs() if config.portal_urls]

urlpatterns = [
    path("health/", health, name="health"),
    path("f/", include("cases.link_urls")),
    path("calendar/", include("diary.feed_urls")),
    path("files/", include("cases.file_urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("website.urls")),
    *([path("demo-mail/", include("outbox.urls"))] if settings.DEMO else []),
    # Uploaded pictures: from the disk in the demo, also without DEBUG; the web server or S3 has them in production.
    *([path("media/<path:path>", media, name="media")] if settings.DEMO else []),
]

urlpatterns += i18n_patterns(
    path("admin/login/", include("portal.admin_sign_in_urls")),
    path("admin/bulk/<str:app_label>/<str:model_name>/<str:action>/", bulk_action),
    path("admin/", include(wagtailadmin_urls)),
    path("account/", include("portal.account_urls")),
    path("account/", include("allauth.urls")),
    *portal_patterns,
    path("portal/", include("portal.urls")),
    path("", include("website.language_urls")),
    path("_util/login/", sign_in),  # Wagtail's own form here would ask for no second step and count no attempts
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = "website.errors.bad_request"
handler403 = "website.errors.permission_denied"
handler404 = "website.errors.page_not_found"
handler500 = "website.errors.server_error"
