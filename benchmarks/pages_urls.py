"""The product's addresses and the control's: for pages.py."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def bare(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("bare")


urlpatterns = [path("bare/", bare), *urlpatterns]
