"""The signing room: the frozen text is read and signed by whoever may, after proving who they are; a change voids it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
import time_machine
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.core import mail

from alliance.roles import Role
from s2s_workflow.actions.request_change import request_change
from s2s_workflow.agreement_blocks import blocks_of
from s2s_workflow.enums import Stage
from s2s_workflow.models import Agreement, Signature
from tests.conftest import NOON
from tests.factories.people import PASSWORD, make_head, make_school, make_user
from tests.factories.projects import Cast, at_stage
from tests.s2s_workflow.steps import Portal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with time_machine.travel(NOON):
        yield


def make_once() -> Cast:
    return at_stage(Stage.AWAITING_SIGNATURE)


@pytest.fixture
def cast(made: Cast) -> Cast:
    return made


def agreement_of(cast: Cast) -> Agreement:
    return Agreement.objects.get(project=cast.project, voided_at=None)


def slot(cast: Cast, kind: str) -> object:
    return agreement_of(cast).parties.get(kind=kind)


def fresh(portal: Portal) -> Portal:
    """Somebody who signed in a moment ago."""
    session = portal.client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return portal


def sign(portal: Portal, party, *, name: str, sha256: str = ""):
    return portal.post("sign", party, typed_name=name, sha256=sha256 or party.agreement.sha256)


# --- Freezing


def test_staff_read_the_text_before_they_freeze_it():
    cast = at_stage(Stage.AGREEMENT_DRAFTED)
    portal = Portal(cast.broker, cast.project)
    before = portal.words("agreement")
    cast.agree_plan()

    page = portal.get("freeze-agreement")
    portal.post("freeze-agreement")

    assert "The action plan is not agreed yet." in before
    assert b"Agreement on school to school support" in page.content
    assert cast.fresh().stage == Stage.AWAITING_SIGNATURE


@pytest.mark.parametrize("who", ["head", "supporting_head"])
def test_nobody_else_freezes(who):
    cast = at_stage(Stage.AGREEMENT_DRAFTED)
    cast.agree_plan()
    portal = Portal(getattr(cast, who), cast.project)

    assert (portal.get("freeze-agreement").status_code, portal.post("freeze-agreement").status_code) == (403, 403)
    assert cast.fresh().stage == Stage.AGREEMENT_DRAFTED


# --- Reading


def test_text_is_shown_as_it_was_written_and_escaped(cast):
    agreement = agreement_of(cast)
    blocks = blocks_of("# One <b>\n\nTwo & “three”\nfour\n\n- five\n- six\nseven\n# eight\n")

    page = Portal(cast.head, cast.project).words("agreement")

    assert blocks == [
        {"kind": "heading", "lines": ["One <b>"]},
        {"kind": "paragraph", "lines": ["Two & “three”", "four"]},
        {"kind": "list", "lines": ["five", "six"]},
        {"kind": "paragraph", "lines": ["seven"]},
        {"kind": "heading", "lines": ["eight"]},
    ]
    assert agreement.sha256 in page
    shown = [line for block in blocks_of(agreement.text) for line in block["lines"]]
    assert [line for line in shown if line not in page.replace("&#x27;", "'").replace("&amp;", "&")] == []


def test_markup_in_what_people_wrote_is_text(cast):
    agreement = agreement_of(cast)
    Agreement.objects.filter(pk=agreement.pk).update(text="# <script>alert(1)</script>\n")

    page = Portal(cast.head, cast.project).words("agreement")

    assert ("<script>alert" in page, "&lt;script&gt;alert" in page) == (False, True)
    assert "It is not the one that was frozen." in page


def test_slots_say_who_signed_and_who_has_not(cast):
    (party, signer), *others = cast.slots()
    cast.sign(party, signer)

    page = Portal(others[0][1], cast.project).words("agreement")

    assert (page.count(">Signed</span>"), page.count(">Not signed</span>")) == (1, 2)
    assert signer.get_full_name() in page


def test_the_tab_costs_the_same_for_one_version_and_for_several(cast, django_assert_max_num_queries):
    portal = Portal(cast.broker, cast.project)
    with django_assert_max_num_queries(40) as first:
        portal.tab("agreement")
    for _number in range(4):
        request_change(agreement=agreement_of(cast), by=cast.head, at=NOON, reason="Fewer days.")
        cast.freeze_again()

    with django_assert_max_num_queries(len(first)):
        page = portal.words("agreement")

    assert page.count("Fewer days.") == 4


# --- Signing


def test_each_party_signs_and_the_last_one_starts_the_project(cast):
    for party, signer in cast.slots():
        portal = fresh(Portal(signer, cast.project))
        page = portal.get("sign", party)
        response = sign(portal, party, name=signer.get_full_name(), sha256=page.context["form"].initial["sha256"])
        assert response.status_code == 302

    assert cast.fresh().stage == Stage.ACTIVE
    assert set(Signature.objects.values_list("sha256", flat=True)) == {agreement_of(cast).sha256}


def test_signing_is_offered_to_whoever_may_and_has_not(cast):
    slots = cast.slots()
    before = [Portal(signer, cast.project).offers("agreement") for _party, signer in slots]
    cast.sign(*slots[0])
    after = [Portal(signer, cast.project).offers("agreement") for _party, signer in slots]

    assert before == [{"sign", "request-change"}] * 3
    assert after == [{"request-change"}, {"sign", "request-change"}, {"sign", "request-change"}]
    assert Portal(cast.broker, cast.project).offers("agreement") == set()


def test_a_party_signs_only_its_own_slot(cast):
    for party, signer in cast.slots():
        for _other, somebody in cast.slots():
            if somebody != signer:
                portal = fresh(Portal(somebody, cast.project))
                assert (portal.get("sign", party).status_code, sign(portal, party, name=somebody.get_full_name()).status_code) == (403, 403)
    assert not Signature.objects.exists()


def test_a_head_of_another_school_finds_no_slot(cast):
    portal = fresh(Portal(make_head(make_school()), cast.project))

    assert portal.get("sign", slot(cast, "SUPPORTED_HEAD")).status_code == 404


def test_a_slot_of_another_project_is_not_found(cast):
    other = at_stage(Stage.AWAITING_SIGNATURE, lead=cast.lead)
    portal = fresh(Portal(cast.lead, cast.project))

    assert portal.get("sign", slot(other, "S2S_LEAD")).status_code == 404


@pytest.mark.parametrize("data", [{"typed_name": ""}, {"typed_name": "Somebody Else"}])
def test_a_wrong_name_comes_back_with_what_was_typed(cast, data):
    portal = fresh(Portal(cast.head, cast.project))
    party = slot(cast, "SUPPORTED_HEAD")

    response = portal.post("sign", party, sha256=party.agreement.sha256, **data)

    assert (response.status_code, "typed_name" in response.context["form"].errors) == (200, True)
    assert f'value="{data["typed_name"]}"'.encode() in response.content or not data["typed_name"]
    assert not Signature.objects.exists()


def test_what_is_signed_is_what_was_shown(cast):
    portal = fresh(Portal(cast.head, cast.project))

    response = sign(portal, slot(cast, "SUPPORTED_HEAD"), name=cast.head.get_full_name(), sha256="0" * 64)

    assert "This agreement was changed since it was shown to you." in response.content.decode()
    assert not Signature.objects.exists()


def test_a_text_that_was_voided_meanwhile_is_not_signed(cast):
    portal, party = fresh(Portal(cast.head, cast.project)), slot(cast, "SUPPORTED_HEAD")
    request_change(agreement=agreement_of(cast), by=cast.supporting_head, at=NOON, reason="Fewer days.")
    cast.freeze_again()

    response = sign(portal, party, name=cast.head.get_full_name())

    assert "This agreement was changed since it was shown to you." in response.content.decode()
    assert not Signature.objects.exists()


# --- Changes


def test_a_change_voids_the_version_which_stays_readable_with_what_was_asked(cast):
    (party, signer), *_rest = cast.slots()
    cast.sign(party, signer)
    first = agreement_of(cast)

    Portal(cast.supporting_head, cast.project).post("request-change", first, reason="Fewer days & <b>less</b> money.")
    cast.freeze_again()

    page = Portal(cast.head, cast.project).words("agreement")
    assert "Fewer days &amp; &lt;b&gt;less&lt;/b&gt; money." in page
    assert (first.sha256 in page, agreement_of(cast).sha256 in page, agreement_of(cast).version) == (True, True, 2)
    assert not Signature.objects.filter(party__agreement=agreement_of(cast)).exists()


def test_a_change_needs_a_reason_and_a_party(cast):
    agreement = agreement_of(cast)

    without = Portal(cast.head, cast.project).post("request-change", agreement, reason=" ")
    by_broker = Portal(cast.broker, cast.project).post("request-change", agreement, reason="Fewer days.")

    assert ("reason" in without.context["form"].errors, by_broker.status_code) == (True, 403)
    assert cast.fresh().stage == Stage.AWAITING_SIGNATURE


# --- PDF


def pdf(portal: Portal, version: int = 1):
    return portal.client.get(f"/portal/support/{portal.reference}/agreement/{version}/")


def test_pdf_is_a_private_download_for_whoever_sees_the_tab(cast):
    answers = {
        name: pdf(Portal(user, cast.project)).status_code
        for name, user in {
            "broker": cast.broker,
            "head": cast.head,
            "supporting head": cast.supporting_head,
            "leader": cast.leader.user,
            "chair of governors": make_head(cast.school, kind="chair-of-governors"),
            "other head": make_head(make_school()),
            "finance": make_user(Role.FINANCE),
            "working group": make_user(Role.WORKING_GROUP),
        }.items()
    }
    response = pdf(Portal(cast.head, cast.project))

    assert answers == {
        "broker": 200, "head": 200, "supporting head": 200, "leader": 200, "chair of governors": 200,
        "other head": 404, "finance": 404, "working group": 404,
    }  # fmt: skip
    assert (response["Content-Disposition"], response["Cache-Control"]) == (
        f'attachment; filename="{cast.project.case.reference}-1.pdf"',
        "private, no-store",
    )
    assert b"<pdfuaid:part>1</pdfuaid:part>" in response.content


def test_pdf_changes_with_a_signature_and_not_otherwise(cast):
    portal = Portal(cast.head, cast.project)
    before, again = pdf(portal).content, pdf(portal).content
    cast.sign(*cast.slots()[0])

    assert (before == again, before == pdf(portal).content) == (True, False)


def test_pdf_of_a_version_that_is_not_there_is_not_found(cast):
    assert pdf(Portal(cast.head, cast.project), version=2).status_code == 404


# --- Signing in again


def test_password_is_asked_for_and_leads_back_to_the_page(cast):
    portal, party = Portal(cast.head, cast.project), slot(cast, "SUPPORTED_HEAD")

    asked = portal.get("sign", party)
    back = portal.client.post(asked["Location"], {"password": PASSWORD, "next": portal.address("sign", party)})

    assert asked["Location"].startswith("/account/reauthenticate/?next=")
    assert (back.status_code, back["Location"]) == (302, portal.address("sign", party))
    assert portal.client.get(back["Location"]).status_code == 200


def test_a_wrong_password_leads_nowhere(cast):
    portal, party = Portal(cast.head, cast.project), slot(cast, "SUPPORTED_HEAD")
    asked = portal.get("sign", party)

    assert portal.client.post(asked["Location"], {"password": "wrong", "next": portal.address("sign", party)}).status_code == 200
    assert portal.get("sign", party)["Location"].startswith("/account/reauthenticate/")


def test_a_signature_sent_after_a_long_read_is_made_once_the_password_is_given(cast):
    portal, party = fresh(Portal(cast.head, cast.project)), slot(cast, "SUPPORTED_HEAD")
    with time_machine.travel(NOON.timestamp() + 1200):
        asked = sign(portal, party, name=cast.head.get_full_name())
        before = Signature.objects.count()
        done = portal.client.post(asked["Location"], {"password": PASSWORD, "next": portal.address("sign", party)})

    assert (asked.status_code, before, done.status_code) == (302, 0, 302)
    assert done["Location"] == f"/portal/cases/{portal.reference}/agreement/"
    assert Signature.objects.get().signed_by == cast.head


def test_an_app_s_code_does_where_there_is_no_password(cast):
    secret = generate_totp_secret()
    TOTP.activate(cast.head, secret)
    cast.head.set_unusable_password()
    cast.head.save()
    portal, party = Portal(cast.head, cast.project), slot(cast, "SUPPORTED_HEAD")

    asked = portal.get("sign", party)
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    back = portal.client.post(asked["Location"], {"code": code, "next": portal.address("sign", party)})

    assert asked["Location"].startswith("/account/2fa/reauthenticate/?next=")
    assert (back.status_code, back["Location"]) == (302, portal.address("sign", party))
    assert portal.get("sign", party).status_code == 200


def test_somebody_who_signs_in_by_code_does_so_again_and_comes_back(cast):
    cast.head.set_unusable_password()
    cast.head.save()
    Authenticator.objects.filter(user=cast.head).delete()
    portal, party = Portal(cast.head, cast.project), slot(cast, "SUPPORTED_HEAD")
    client = portal.client

    asked = portal.get("sign", party)
    login = client.get(asked["Location"])
    request = client.post("/account/login/code/", {"email": cast.head.email, "next": portal.address("sign", party)})
    code = re.search(r"\b([A-Z0-9]{4,}-?[A-Z0-9]{2,})\b", mail.outbox[-1].body.split(":", 1)[-1])
    back = client.post(request["Location"], {"code": code.group(1) if code else "", "next": portal.address("sign", party)})

    assert (
        portal.address("sign", party).replace("/", "%2F") in login.content.decode()
        or portal.address("sign", party) in login.content.decode()
    )
    assert (back.status_code, back["Location"]) == (302, portal.address("sign", party))
    assert portal.get("sign", party).status_code == 200
