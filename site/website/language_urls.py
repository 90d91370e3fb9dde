"""Addresses under a language: search, and every page by the remembered tree (before Wagtail's own patterns)."""

from django.urls import path, re_path

from website import comment_views, search
from website.serving import serve_page

app_name = "website"

urlpatterns = [
    path("search/", search.search, name="search"),
    path("comments/on/<int:article>/", comment_views.write, name="comment_write"),
    path("comments/<int:pk>/delete/", comment_views.delete, name="comment_delete"),
    # Wagtail's pattern, but for its helpers below _util/. Addresses are still made by its name, wagtail_serve.
    re_path(r"^(?!_util/)((?:[\w\-]+/)*)$", serve_page, name="page"),
]
