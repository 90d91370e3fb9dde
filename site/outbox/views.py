"""The demo's mailbox: every e-mail the demo would have sent. Production has no such page."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from common.access import Access, access
from outbox.models import DemoMail

DEMO_ONLY = Access("anyone, in the demo only", lambda request: True)


def _check_demo() -> None:
    if not settings.DEMO:
        raise Http404


@access(DEMO_ONLY)
def demo_mailbox(request: HttpRequest) -> HttpResponse:
    _check_demo()
    page = Paginator(DemoMail.objects.order_by("-sent_at", "-pk"), 25).get_page(request.GET.get("page"))
    return render(request, "outbox/demo_mailbox.html", {"page": page})


@access(DEMO_ONLY)
def demo_mail(request: HttpRequest, pk: int) -> HttpResponse:
    _check_demo()
    return render(request, "outbox/demo_mail.html", {"mail": get_object_or_404(DemoMail, pk=pk)})
