"""Attachments for signed-in readers: whoever works on the case, and internal ones for the staff who handle it alone."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache

from alliance.access import person_of
from cases.models import Attachment, Case
from common.access import SIGNED_IN, access
from common.files import serve_private_file


@access(SIGNED_IN)
@never_cache
def attachment(request: HttpRequest, key: str) -> HttpResponseBase:
    reader = person_of(request)
    attachments = Attachment.objects.filter(case__in=Case.objects.worked_on_by(reader, on=timezone.localdate()))
    readable = attachments.filter(case__in=Case.objects.handled_by(reader)) | attachments.for_requester()
    return serve_private_file(get_object_or_404(readable.select_related("private_file"), private_file__key=key).private_file)
