"""
Uploads that are too large: read to their end, so that the browser hears the answer, and kept nowhere meanwhile.

A form then says of the file that it is too large, beside the other answers, which stay. What is larger than any form takes is told at once.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponseBase, UnreadablePostError

from common.security import is_admin

CHUNK = 64 * 1024


class TooLargeUpload(UploadedFile):
    """What is left of a file that was not kept: its name and size. `check_upload` refuses it by its size."""


class CappedFileUploadHandler(TemporaryFileUploadHandler):
    """
    Write files to the disk while they arrive, and throw one away as soon as it is larger than a private file may be. Editors' pictures
    and documents have limits of their own.
    """

    @property
    def most(self) -> float:
        limit: int = settings.REQUEST_MAX_BYTES if self.request and is_admin(self.request) else settings.PRIVATE_FILE_MAX_BYTES
        return limit

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= self.most:
            super().receive_data_chunk(raw_data, start)
        elif not self.file.closed:
            self.file.close()  # which deletes it

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if file_size > self.most:
            return TooLargeUpload(BytesIO(), self.file_name, self.content_type, file_size, self.charset)
        return super().file_complete(file_size)


class UploadLimitMiddleware:
    """
    Refuse a body that is larger than all files of any form together, and read what was sent with any other refused post to its end: a
    browser that is still sending shows no answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = _length(request)
        if length > settings.REQUEST_MAX_BYTES:
            raise RequestDataTooBig("The body is larger than REQUEST_MAX_BYTES.")  # becomes the page of `handler400`
        response = self.get_response(request)
        if length and response.status_code >= 400:
            _read_to_the_end(request)
        return response


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _read_to_the_end(request: HttpRequest) -> None:
    try:
        while request.read(CHUNK):
            pass
    except (UnreadablePostError, ValueError):  # the browser went away, or it was all read and closed
        pass
