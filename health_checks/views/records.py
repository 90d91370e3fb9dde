"""The record as its leader writes it on a phone, kept as it is typed, and the evidence pack that the school takes away."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from common.access import SIGNED_IN, access
from common.actions import Refusal
from common.form_flow import FormRefused, act_once, renew_hidden
from common.pdf import pdf_response
from health_checks.actions.save_record import save_record
from health_checks.enums import DayState
from health_checks.evidence_pack import evidence_pack
from health_checks.forms.records import RecordForm
from health_checks.models import RecordText
from health_checks.policies import RecordChanged
from health_checks.views.days import row_of
from website.forms import make_plain

AUTOSAVE = "autosave"


@access(SIGNED_IN)
def write(request: HttpRequest, reference: str, pk: int) -> HttpResponseBase:
    """
    Write the record. The page saves itself as somebody types (`autosave`, answered in JSON), and by its button without scripts.

    What the network or somebody else's save kept from being saved stays on the page.
    """
    row, reader = row_of(request, reference, pk)
    if not reader.leads(row.day):
        raise PermissionDenied
    if row.day.state != DayState.IN_PROGRESS and AUTOSAVE in request.POST:
        return JsonResponse({"error": _("The record is signed, so nothing was saved.")}, status=409)
    if row.day.state != DayState.IN_PROGRESS:
        return redirect("health_checks:day", reader.series.case.reference, row.day.pk)
    form = RecordForm(request.POST or None, day=row.day)

    def act() -> Any:
        return save_record(day=row.day, by=reader.user, at=timezone.now(), **form.for_action())

    if request.method == "POST" and AUTOSAVE in request.POST:
        return _autosaved(form, act)
    if request.method == "POST":
        try:
            act_once(request, form, act, done=_("The record was saved. Nothing was sent yet."))
        except FormRefused:
            renew_hidden(form, {"revision": RecordText.objects.get(record=row.day.pk).revision})
        else:
            if "sign" in request.POST:
                return redirect("health_checks:step_on", reader.series.case.reference, "sign-record", row.day.pk)
            return redirect("health_checks:record", reader.series.case.reference, row.day.pk)
    make_plain(form)
    return render(
        request,
        "health_checks/record.html",
        {"case": reader.series.case, "series": reader.series, "day": row.day, "row": row, "form": form},
    )


def _autosaved(form: RecordForm, act: Any) -> JsonResponse:
    """What came of a save in the background: the new revision, or why not. The form's key stays good for the button."""
    if not form.is_valid():
        return JsonResponse({"error": _("Something cannot be saved as it is. Press “Save” to see what.")}, status=422)
    try:
        text = act()
    except RecordChanged as changed:
        return JsonResponse({"error": str(changed)}, status=409)
    except Refusal as refusal:
        return JsonResponse({"error": str(refusal)}, status=422)
    saved = time_format(timezone.localtime(text.saved_at), "H:i")
    return JsonResponse({"revision": text.revision, "message": _("Saved at %(time)s") % {"time": saved}})


@access(SIGNED_IN)
def pack(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The evidence pack as a PDF, for whoever may read the record, once the school has signed or it is recorded that it has not."""
    row, reader = row_of(request, reference, pk)
    record = getattr(row.day, "record", None)
    if record is None or not record.is_complete or not reader.reads_record(row.day):
        raise Http404
    return pdf_response(evidence_pack(row.day), filename=f"evidence-{reference}-{row.day.date.isoformat()}.pdf")
