"""Requests that Django would answer with 500, answered plainly."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseBase
from django.utils.http import parse_header_parameters

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

TAKEN = {"utf-8", "ascii", "iso8859-1", "cp1252"}
WRONG_CHARSET = "This form was sent in a character set we do not take. Please use UTF-8."
NUMBER_TOO_LONG = re.compile(r"/[0-9]{19,}(/|$)")


class CharsetMiddleware:
    """
    Answer 400 to what Django would answer with 500: a charset no browser sends (`utf-7`), a null character in the address, which PostgreSQL
    refuses, or a number in it that is no key of any database.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if NUMBER_TOO_LONG.search(request.path_info):
            return HttpResponseBadRequest("This address holds a number that is too long to be one of ours.", content_type="text/plain")
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest("This address holds a character that no address of ours has.", content_type="text/plain")
        charset = (request.content_params or {}).get("charset")
        if charset and not _is_taken(charset):
            return HttpResponseBadRequest(WRONG_CHARSET, content_type="text/plain")
        return self.get_response(request)


class CharsetGuard:
    """
    The same in front of Django: with a query in the address it looks at the charset before any middleware runs, and a codec that is none of
    text (`rot13`, `hex`) would end the request without an answer of ours.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if takes_charset_of(environ.get("CONTENT_TYPE", "")):
            return self.application(environ, start_response)
        start_response("400 Bad Request", [("Content-Type", "text/plain")])
        return [WRONG_CHARSET.encode()]


def takes_charset_of(content_type: str) -> bool:
    """Whether a content type names no charset, or one that we take."""
    try:
        charset = parse_header_parameters(content_type)[1].get("charset")
    except ValueError:
        return False
    return not charset or _is_taken(charset)


def _is_taken(charset: str) -> bool:
    try:
        return codecs.lookup(charset[:40]).name in TAKEN
    except LookupError:
        return False
