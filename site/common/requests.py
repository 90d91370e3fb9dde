"""Requests that Django would answer with 500, answered plainly."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseBase

TAKEN = {"utf-8", "ascii", "iso8859-1", "cp1252"}
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
            return HttpResponseBadRequest(
                "This form was sent in a character set we do not take. Please use UTF-8.", content_type="text/plain"
            )
        return self.get_response(request)


def _is_taken(charset: str) -> bool:
    try:
        return codecs.lookup(charset[:40]).name in TAKEN
    except LookupError:
        return False
