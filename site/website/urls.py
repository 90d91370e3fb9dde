"""Addresses without a language: the accent's stylesheet and what robots read."""

from django.urls import path

from website import robots, theme

urlpatterns = [
    path("theme.css", theme.theme, name="theme"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
]
