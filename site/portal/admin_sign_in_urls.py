"""Wagtail's own sign-in address leads to the one sign-in, so that second factors and rate limits hold for all."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from common.access import PUBLIC, access


@access(PUBLIC)
def sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """Send a visitor to the sign-in and back; somebody signed in without access to the admin goes to their own home."""
    wanted = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        wanted = reverse("wagtailadmin_home")
    if request.user.is_authenticated:
        return HttpResponseRedirect(wanted if request.user.has_perm("wagtailadmin.access_admin") else resolve_url("portal:home"))
    return redirect_to_login(wanted)


urlpatterns = [path("", sign_in, name="admin_sign_in")]
