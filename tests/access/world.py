"""One world for the whole matrix: a person for every role, and one of everything that an address may name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.models import Locale, Site

from alliance.models import (
    DeclaredInterest,
    LeaderDesignation,
    Membership,
    MembershipTier,
    Organisation,
    OrganisationKind,
    SchoolLink,
    SchoolRoleKind,
    Specialism,
    SystemLeader,
    User,
)
from alliance.roles import Role
from cases.actions.answer_question import answer_question
from cases.actions.ask_question import ask_question
from cases.models import Case, Message, ProtocolVersion
from common.actions import Actor
from common.links import make_link
from diary.actions.take_halves import take_halves
from diary.enums import Half, SourceKind
from health_checks.actions.give_feedback import give_feedback
from health_checks.actions.share_record import share_record
from health_checks.actions.start_booking import start_booking
from health_checks.enums import Audience
from health_checks.models import BookingDraft, Day
from outbox.models import DemoMail
from portal.actions.invite_to_school import invite_to_school
from s2s_forms.models import ProcessStep, SupportRequest
from s2s_workflow.actions.consent_to_story import consent_to_story
from s2s_workflow.actions.raise_concern import raise_concern
from s2s_workflow.actions.take_into_triage import take_into_triage
from s2s_workflow.enums import ReadinessSide, Stage
from s2s_workflow.models import Agreement, Deployment
from s2s_workflow.models.agreements import hash_of
from tests.access import policy as p
from tests.factories.alliance import SystemLeaderFactory
from tests.factories.cases import make_case
from tests.factories.diary import make_closure, make_term
from tests.factories.finance import credit, draft, issue, make_discount, make_policy, make_quote_of, make_rate
from tests.factories.health_checks import Booking, at_day
from tests.factories.people import SINCE, make_head, make_school, make_user
from tests.factories.projects import FULL, LATER, at_stage, reach
from tests.factories.readiness import answer
from tests.factories.website import make_article, make_article_index
from website.actions.write_comment import write_comment
from website.models import ArticleComment

ALLIANCE_ROLES = {
    p.LEAD: Role.S2S_LEAD, p.BROKER: Role.BROKER, p.GROUP: Role.WORKING_GROUP, p.STEERING: Role.STEERING_GROUP, p.LEAD_GOVERNOR: Role.LEAD_GOVERNOR,
    p.FINANCE: Role.FINANCE, p.EDITOR: Role.EDITOR, p.REVIEWER: Role.REVIEWER,
}  # fmt: skip


LATER_THAN_ALL = at_day(date(2027, 2, 1))


@dataclass
class World:
    people: dict[str, User | None]
    case: Case
    question: Message
    answer: Message
    school: Any
    claim: Any
    invited: Any
    deployment: Deployment
    health_check_day: Day
    comment: ArticleComment
    booking_draft: BookingDraft


def make_world() -> World:
    """The supported school has a case with an open question, an answered one, and an attachment."""
    school, other, supporting = make_school(name="Supported School"), make_school(), make_school()
    people: dict[str, User | None] = {name: make_user(role) for name, role in ALLIANCE_ROLES.items()}
    leader = make_user()
    people |= {
        p.VISITOR: None,
        p.COMMENTER: make_user(),
        p.CLAIMANT: make_head(school, verified=False),
        p.HEAD: make_head(school),
        p.OTHER_HEAD: make_head(other),
        p.GOVERNOR: make_head(school, kind="chair-of-governors"),
        p.LEADER: leader,
        p.SUPERUSER: make_user(is_superuser=True, is_staff=True),
    }
    system_leader = SystemLeader.objects.create(user=leader, supporting_school=supporting)
    LeaderDesignation.objects.create(leader=system_leader, designation="NLE", starts_on=SINCE)
    DeclaredInterest.objects.create(leader=system_leader, school=other, reason="Governor there", declared_on=SINCE)
    Membership.objects.create(school=school, tier=MembershipTier.objects.first(), starts_on=SINCE)
    SchoolLink.objects.create(predecessor=other, successor=school)
    Specialism.objects.create(key="reading", name="Reading")
    Organisation.objects.create(name="Council", kind=OrganisationKind.objects.first())
    case, now, lead = make_case(school), timezone.now(), people[p.LEAD]
    take_into_triage(case=case, has_conflict=False, by=lead, at=now)
    upload = SimpleUploadedFile("plan.pdf", b"%PDF-1.7", content_type="application/pdf")
    question = ask_question(case=case, text="Open?", by=lead, at=now, files=[upload])
    answered = ask_question(case=case, text="Answered?", by=lead, at=now)
    answer = answer_question(question=answered, text="Yes", by=Actor("Sam"), at=now)
    SupportRequest.objects.create(case=case, focus="Reading", desired_outcome="More", timing="TERM", answers=[], submitted_at=now)
    ProcessStep.objects.create(title="We listen", who="The lead", text="<p>We ring.</p>", locale=Locale.get_default())
    ProtocolVersion.objects.create(
        protocol_key="earlier", number=1, title="Earlier", content={}, rules={}, sha256="0" * 64, published_at=now
    )
    visit = {"kind": SourceKind.VISIT, "reference": case.reference, "by": lead, "at": now}
    take_halves(leader=system_leader, halves=[(now.date(), Half.AM)], **visit)
    make_term()
    make_closure()
    make_discount()
    make_policy()
    make_quote_of(make_rate(), source_reference=case.reference)
    draft(case_reference=case.reference)
    credit(issue(draft()))
    DemoMail.objects.create(pk=1, to="sam@example.org", subject="Hello", body="Text")
    case.refresh_from_db()
    invited = invite_to_school(
        school=school,
        kind=SchoolRoleKind.objects.get(key="business-manager"),
        email="new@example.org",
        first_name="New",
        last_name="Colleague",
        by=people[p.HEAD],
        at=now,
    )
    make_rows_of_a_project()
    Agreement.objects.create(
        project=case.support_project, version=1, text="# Agreement\n", sha256=hash_of("# Agreement\n"), frozen_at=now, frozen_by=lead
    )
    # Proposing needs brokering, and the case has a question open; who may approve a deployment is the same at every stage.
    deployed = SystemLeaderFactory()
    deployment = Deployment.objects.create(
        project=case.support_project,
        leader=deployed,
        supporting_school=deployed.supporting_school,
        remit="Coaches",
        half_days=2,
        starts_on=now,
        ends_on=now,
        proposed_at=now,
    )
    claim = people[p.CLAIMANT].school_roles.get()  # type: ignore[union-attr]  # somebody
    day = make_signed_off_day(school, people[p.HEAD], people[p.LEAD])
    article = make_article(make_article_index(Site.objects.get().root_page))
    comment = write_comment(article=article, text="I agree", by=people[p.COMMENTER], at=now)
    draft_of_head = start_booking(user=people[p.HEAD], school=school, by=people[p.HEAD], at=now)  # type: ignore[arg-type]  # somebody
    return World(people, case, question, answer, school, claim, invited, deployment, day, comment, draft_of_head)


def make_signed_off_day(school: Any, head: User | None, lead: User | None) -> Day:
    """A health check day of the supported school, through all of its states, by a leader who is nobody else here."""
    booking = Booking(has_rates=False)
    booking.__dict__ |= {"school": school, "head": head, "lead": lead}
    booking.sign_off()
    give_feedback(day=booking.day, usefulness=5, text="", by=booking.head, at=LATER_THAN_ALL)
    share_record(day=booking.day, audience=Audience.LEADERS, by=booking.head, at=LATER_THAN_ALL)
    return booking.day


def make_rows_of_a_project() -> None:
    """A second project, of other people, that was through all of its stages: the admin's rows."""
    cast = at_stage(Stage.TEAM_AGREED, rules=FULL)
    for side in ReadinessSide:
        answer(cast, side)
    reach(cast, Stage.ACTIVE)
    cast.review_mid_term()
    cast.agree_mid_term()
    raise_concern(project=cast.fresh(), text="A worry", by=cast.broker, at=LATER)
    cast.end_delivery()
    reach(cast, Stage.DISSEMINATED)
    consent_to_story(project=cast.fresh(), school=cast.school, consents=True, by=cast.head, at=LATER)


def link_to(case: Case) -> str:
    now = timezone.now()
    return make_link(purpose="follow", subject=case, at=now)
