"""The content security policy: strict for public and portal pages, looser under the admin."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, reverse

# Wagtail's editor writes inline scripts and styles.
ADMIN_ADDITIONS = {"script-src": [SELF, UNSAFE_INLINE], "style-src": [SELF, UNSAFE_INLINE], "img-src": [SELF, "data:", "blob:"]}


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Send the policy of the settings, and the admin's additions only under the admin's address."""

    def get_policy_parts(self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and is_admin(request):
            replaced: dict[str, Any] = {**(parts.replace or {}), **ADMIN_ADDITIONS}
            parts.replace = replaced
        return parts


def is_admin(request: HttpRequest) -> bool:
    try:
        return request.path_info.startswith(reverse("wagtailadmin_home"))
    except NoReverseMatch:
        return False
