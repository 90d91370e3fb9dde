"""Whether agreements and signatures still are what they were when they were made (promise 7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from s2s_workflow.models import Agreement, AgreementParty, Signature
from s2s_workflow.models.agreements import hash_of

FROZEN = {
    Agreement: ("project_id", "version", "text", "sha256", "quote_id", "plan", "amends_id", "reason", "frozen_at", "frozen_by_id"),
    AgreementParty: ("agreement_id", "kind", "school_id"),
    Signature: ("party_id", "signed_by_id", "signed_at", "typed_name", "sha256"),
}
"""What of each never changes once it is there."""


def mismatches() -> Iterator[str]:
    """
    Each thing that is not as it was made, in a sentence: a text that its hash does not fit, a signature of another text, a
    row that differs from its own history or lacks one, a row that is gone.
    """
    for agreement in Agreement.objects.select_related("project__case").order_by("pk").iterator():
        yield from (f"Agreement {agreement}: {what}." for what in _wrong_with(agreement))
    for model in FROZEN:
        yield from _compared_with_history(model)


def _wrong_with(agreement: Agreement) -> Iterator[str]:
    found = hash_of(agreement.text)
    if found != agreement.sha256:
        yield f"the text has the hash {found}, not {agreement.sha256}"
    parties = list(agreement.parties.select_related("school", "signature"))
    for party in parties:
        if party.is_signed and party.signature.sha256 != agreement.sha256:
            yield f"{party} signed the hash {party.signature.sha256}, not {agreement.sha256}"
    unsigned = [str(party) for party in parties if not party.is_signed]
    if agreement.completed_at and (unsigned or not parties):
        yield f"it counts as signed by all, and these did not sign: {', '.join(unsigned) or 'anybody'}"


def _compared_with_history(model: type[Model]) -> Iterator[str]:
    """Each row against every row of its history, which the same action wrote."""
    kept: Any = model
    names, label = FROZEN[kept], kept._meta.verbose_name.capitalize()
    live = {row[0]: row[1:] for row in kept.objects.values_list("pk", *names).iterator()}
    recorded: set[Any] = set()
    for pk, change, *values in kept.history.order_by("history_id").values_list("id", "history_type", *names).iterator():
        if pk not in live:
            if change == "+":
                yield f"{label} {pk}: it is gone."
            continue
        recorded.add(pk)
        different = [name.removesuffix("_id") for name, now, then in zip(names, live[pk], values, strict=True) if now != then]
        if different:
            yield f"{label} {pk}: its history says otherwise of {', '.join(different)}."
    yield from (f"{label} {pk}: it has no history." for pk in sorted(live.keys() - recorded))
