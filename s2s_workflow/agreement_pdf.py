"""An agreement as a PDF: the frozen text, who signed when, and its hash (W8)."""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.pdf import make_pdf
from s2s_workflow.agreement_blocks import blocks_of
from s2s_workflow.agreement_text import LANGUAGE
from s2s_workflow.models import Agreement

TEMPLATE = Path(__file__).with_name("agreement.typ")


def agreement_pdf(agreement: Agreement) -> bytes:
    """The PDF of a version as it stands. Until something is signed or changed, the same bytes."""
    parties = list(agreement.parties.select_related("school", "signature__signed_by"))
    signed = [party.signature.signed_at for party in parties if party.is_signed]
    latest = max([agreement.frozen_at, *signed, *(at for at in (agreement.completed_at, agreement.voided_at) if at)])
    with translation.override(LANGUAGE):
        reference, version = agreement.project.case.reference, agreement.version
        names = {"reference": reference, "version": version}
        data = {
            "title": _("Agreement %(reference)s, version %(version)d") % names,
            "language": "en",
            "footer": f"{reference} · {version} · {agreement.sha256}",
            "summary": [_state(agreement), agreement.project.case.school_name],
            "blocks": blocks_of(agreement.text),
            "signatures_heading": _("Signatures"),
            "columns": [_("Party"), _("Signed by"), _("On")],
            "signatures": [
                [
                    str(party),
                    party.signature.typed_name if party.is_signed else _("Not signed"),
                    _moment(party.signature.signed_at) if party.is_signed else "–",
                ]
                for party in parties
            ],
            "hash_label": _("SHA-256 of the text"),
            "hash": agreement.sha256,
        }
    return make_pdf(TEMPLATE, data, at=latest)


def _state(agreement: Agreement) -> str:
    if agreement.completed_at:
        return _("Signed by all parties on %(moment)s.") % {"moment": _moment(agreement.completed_at)}
    if agreement.voided_at:
        return _("Void since %(moment)s.") % {"moment": _moment(agreement.voided_at)}
    return _("Not signed by all parties yet.")


def _moment(at: object) -> str:
    return date_format(timezone.localtime(at), "j F Y, H:i")  # type: ignore[arg-type]
