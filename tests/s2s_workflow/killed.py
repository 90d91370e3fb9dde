"""A process to be killed, for test_kills.py: it walks the one project on from an agreement that is to be frozen."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import django

django.setup()

from alliance.models import User  # noqa: E402
from finance.models import Invoice  # noqa: E402
from outbox.models import OutboxMessage  # noqa: E402
from s2s_workflow.actions.agree_mid_term_review import agree_mid_term_review  # noqa: E402
from s2s_workflow.actions.freeze_agreement import freeze_agreement  # noqa: E402
from s2s_workflow.actions.request_change import request_change  # noqa: E402
from s2s_workflow.actions.sign_agreement import sign_agreement  # noqa: E402
from s2s_workflow.actions.write_mid_term_review import write_mid_term_review  # noqa: E402
from s2s_workflow.enums import PUBLIC_STATUS, MidTermDecision, Stage  # noqa: E402
from s2s_workflow.models import AgreementParty, Signature, SupportProject  # noqa: E402
from s2s_workflow.parties import everybody_in, may_sign_for, open_agreement  # noqa: E402
from s2s_workflow.permissions import belongs_to  # noqa: E402
from s2s_workflow.transitions import Party  # noqa: E402
from s2s_workflow.verification import mismatches  # noqa: E402
from tests.conftest import NOON  # noqa: E402
from tests.factories.projects import LATER  # noqa: E402
from tests.killed import Act, serve  # noqa: E402

MOST_VERSIONS = 3


def project_now() -> SupportProject:
    return SupportProject.objects.select_related("case__supported_school", "case__protocol_version", "case__owner").get()


def somebody(rule: Callable[[User], bool]) -> User:
    return next(user for user in User.objects.order_by("pk") if rule(user))


def next_step(chance: random.Random) -> tuple[str, Act] | None:
    """The next thing that somebody does on the project; None at the end of the walk."""
    project, on = project_now(), NOON.date()
    if project.stage == Stage.AGREEMENT_DRAFTED:
        by = somebody(lambda user: belongs_to(user, Party.STAFF, project, on))
        return "frozen", lambda: freeze_agreement(project=project, by=by, at=NOON)
    if project.stage == Stage.AWAITING_SIGNATURE:
        agreement: Any = open_agreement(project)
        if agreement.version < MOST_VERSIONS and chance.random() < 0.15:
            by = somebody(lambda user: belongs_to(user, Party.ANY_SIGNATORY, project, on))
            return "voided", lambda: request_change(agreement=agreement, by=by, at=NOON, reason="Fewer days.")
        party: Any = AgreementParty.objects.filter(agreement=agreement, signature=None).order_by("pk").first()
        by = somebody(lambda user: may_sign_for(user, party, on))
        return "signed", lambda: sign_agreement(party=party, typed_name=by.get_full_name(), sha256=agreement.sha256, by=by, at=NOON)
    if project.stage == Stage.ACTIVE and not project.mid_term_reviews.exists():
        by = somebody(lambda user: belongs_to(user, Party.NAMED_LEAD, project, on))
        texts = {"is_working": "Yes.", "is_appropriate": "Yes.", "next_steps": "Go on.", "decision": MidTermDecision.CONTINUE}
        return "reviewed", lambda: write_mid_term_review(project=project, held_on=LATER.date(), **texts, by=by, at=LATER)
    if project.stage == Stage.MID_TERM_REVIEW:
        by = somebody(lambda user: belongs_to(user, Party.SUPPORTED_HEAD, project, on))
        return "agreed", lambda: agree_mid_term_review(project=project, by=by, at=LATER)
    return None


def stages_passed(project: SupportProject) -> list[str]:
    found: list[str] = []
    for stage in project.history.order_by("history_id").values_list("stage", flat=True):
        found += [stage] if not found or found[-1] != stage else []
    return found


def state() -> dict[str, Any]:
    """Whatever would be half-written, in words; and how far it is."""
    project = project_now()
    case, agreements = project.case, list(project.agreements.order_by("version"))
    signed = list(Signature.objects.select_related("party__agreement"))
    passed, everybody = stages_passed(project), everybody_in(project, NOON.date())
    labels = [str(Stage(stage).label) for stage in passed]

    def events(sentence: str) -> int:
        return case.events.filter(sentence=sentence).count()

    def told(sentence: str) -> int:
        return OutboxMessage.objects.filter(details__sentence=sentence).count()

    completed = [agreement for agreement in agreements if agreement.completed_at]
    full = [
        agreement
        for agreement in agreements
        if {s.party_id for s in signed if s.party.agreement_id == agreement.pk and s.sha256 == agreement.sha256}
        == set(agreement.parties.values_list("pk", flat=True))
    ]
    voided = [agreement for agreement in agreements if agreement.voided_at]
    waits = [agreement for agreement in agreements if agreement.is_open]
    moves = case.events.filter(sentence__startswith="The project moved").order_by("pk").values_list("values", flat=True)
    unsigned = set(AgreementParty.objects.filter(agreement__in=waits, signature=None).values_list("pk", flat=True))
    sign_turns = set(case.turns.open().filter(key__startswith="sign-").values_list("key", flat=True))
    is_started = project.stage in (Stage.ACTIVE, Stage.MID_TERM_REVIEW)
    reviews = list(project.mid_term_reviews.all())
    truths = {
        "signed by all, or not started": (completed == full) and (bool(completed) == is_started) and len(completed) < 2,
        "the stage is that of the history": project.stage == passed[-1],
        "each move has its event": [(one["before_label"], one["after_label"]) for one in moves][-len(labels) + 1 :]
        == list(pairwise(labels)),
        "the status is that of the stage": case.public_status == PUBLIC_STATUS[Stage(project.stage)],
        "an agreement waits while it is to be signed": len(waits) == (project.stage == Stage.AWAITING_SIGNATURE),
        "each version has its event": events("Version %(version)s of the agreement is ready to sign.") == len(agreements),
        "each signature has its event": events("%(name)s signed the agreement.") == len(signed),
        "each change has its event and news": events("A change to the agreement was asked for; its signatures are void.") == len(voided)
        and told("A change to an agreement was asked for.") == len(voided) * len(everybody),
        "each was told of the start once": told("The agreement is signed by all, and the work can start.")
        == len(completed) * len(everybody),
        "it was billed once": Invoice.objects.count() == len(completed),
        "whoever has to sign is asked": sign_turns == {f"sign-{pk}" for pk in unsigned},
        "a review waits at its stage": bool([one for one in reviews if not one.agreed_at]) == (project.stage == Stage.MID_TERM_REVIEW),
        "nothing differs from its hash and history": list(mismatches()) == [],
    }
    done = {"frozen": len(agreements), "voided": len(voided), "signed": len(signed), "reviewed": len(reviews)}
    done["agreed"] = len([one for one in reviews if one.agreed_at])
    return {"broken": [what for what, is_true in truths.items() if not is_true], "done": done, "is_over": bool(done["agreed"])}


if __name__ == "__main__":
    serve(next_step, state)
