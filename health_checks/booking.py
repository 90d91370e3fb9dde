"""A booking in the making: what its draft keeps, which step is next, what speaks against a date, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alliance.enums import Power
from alliance.models import School, SystemLeader, User
from alliance.queries import schools_of, tier_of
from alliance.working_days import add_working_days
from finance.enums import Service
from finance.pricing import NoRateInForce
from finance.queries import discount_in_force
from health_checks.actions.request_series import Contact, DayAsked, Wish
from health_checks.brief_text import Statement
from health_checks.dates import DateAsked, check_dates, repeated
from health_checks.enums import DayPart, DayUse, Repeat
from health_checks.forms.booking import BookingForm, ContactForm, DatesForm, DaysForm, FocusForm, RepeatForm
from health_checks.models import BookingDraft, HealthCheckSettings
from health_checks.pricing import DayWanted, Indication, indication_for
from health_checks.sections import sections_in_use


@dataclass(frozen=True)
class BookingStep:
    slug: str
    title: Any
    form: type[BookingForm]


STEPS = (
    BookingStep("focus", _("What you want to improve"), FocusForm),
    BookingStep("days", _("The days"), DaysForm),
    BookingStep("repeat", _("How the days follow"), RepeatForm),
    BookingStep("dates", _("The dates"), DatesForm),
    BookingStep("contact", _("Contact and access"), ContactForm),
)


def find_step(slug: str) -> BookingStep | None:
    return next((step for step in STEPS if step.slug == slug), None)


@dataclass(frozen=True)
class SchoolChoice:
    """A school that somebody may ask for; `percent` is what it pays less as a member."""

    school: School
    is_verified: bool
    percent: Any


def schools_for(user: User, on: date) -> list[SchoolChoice]:
    """Schools the person may book for, and those for which a role waits to be verified."""
    verified = schools_of(user, on, Power.BOOK)
    claims = user.school_roles.claimed().select_related("school", "kind").order_by("school__name")
    claimed = [role.school for role in claims if Power.BOOK in role.kind.powers and role.school not in verified]
    return [
        SchoolChoice(
            school, school in verified, discount.percent if (discount := discount_in_force(school, Service.HEALTH_CHECK, on)) else None
        )
        for school in [*verified, *dict.fromkeys(claimed)]
    ]


class Booking:
    """One draft, read. Costs a few queries for each thing asked, once."""

    def __init__(self, draft: BookingDraft, *, at: datetime) -> None:
        self.draft, self.at = draft, at

    def answers(self, slug: str) -> dict[str, Any]:
        found: dict[str, Any] = self.draft.answers.get(slug, {})
        return found

    @property
    def school(self) -> School:
        return self.draft.school

    @property
    def steps(self) -> list[BookingStep]:
        """Those that are asked: how the days follow is not, of one day."""
        return [step for step in STEPS if step.slug != "repeat" or self.number > 1]

    @cached_property
    def membership(self) -> Any:
        return tier_of(self.school, timezone.localdate(self.at))

    @property
    def first_incomplete(self) -> BookingStep | None:
        return next((step for step in self.steps if not self.is_complete(step)), None)

    def is_complete(self, step: BookingStep) -> bool:
        return self.is_settled if step.slug == "dates" else step.slug in self.draft.answers

    @property
    def is_settled(self) -> bool:
        """Whether something was decided about every date."""
        return bool(self.answers("dates").get("days"))

    @property
    def part(self) -> DayPart:
        return DayPart(self.answers("days")["part"])

    @property
    def number(self) -> int:
        """How many days; one until it is said."""
        return int(self.answers("days").get("number", 1))

    @property
    def repeat(self) -> Repeat:
        return Repeat(self.answers("repeat").get("repeat", Repeat.NONE)) if self.number > 1 else Repeat.NONE

    @property
    def designations(self) -> list[str]:
        return list(self.answers("days")["designations"])

    @cached_property
    def wanted_leader(self) -> SystemLeader | None:
        key = self.answers("days").get("wanted_leader")
        return SystemLeader.objects.select_related("user").filter(pk=key).first() if key else None

    @cached_property
    def earliest(self) -> date:
        return add_working_days(timezone.localdate(self.at), HealthCheckSettings.current().earliest_start)

    def asked(self, dates: Sequence[date]) -> list[DateAsked]:
        """Each date with what speaks against it now."""
        return check_dates(
            dates, part=self.part, school=self.school, by=self.draft.user, designations=self.designations, wanted_leader=self.wanted_leader,
            earliest=self.earliest, at=self.at,
        )  # fmt: skip

    def dates_asked(self) -> list[date]:
        """By hand, or by the rule from the first."""
        given = [date.fromisoformat(day) for day in self.answers("dates").get("given", [])]
        if not given:
            return []
        return given if self.repeat == Repeat.NONE else repeated(given[0], self.repeat, self.number)

    def days(self) -> list[DayAsked]:
        """The days as decided, those left out with their cause."""
        use = self.answers("days")
        return [
            DayAsked(date.fromisoformat(row["date"]), self.part, DayUse(use["use"]), use["other_use"], row["cause"])
            for row in self.answers("dates").get("days", [])
        ]

    @cached_property
    def price(self) -> Indication | None:
        """What the days that are kept cost, or those asked for until that is decided; None without a date or a rate."""
        if "days" not in self.draft.answers:
            return None
        kept = [day.date for day in self.days() if not day.cause] if self.is_settled else self.dates_asked()
        if not kept:
            return None
        try:
            return indication_for([DayWanted(day, self.part) for day in sorted(kept)], school=self.school, designations=self.designations)
        except NoRateInForce:
            return None

    def statements(self) -> list[Statement]:
        kept = self.answers("focus")
        return [
            Statement(section.key, section.title, kept.get(f"judgement-{section.key}", ""), kept.get(f"needs-{section.key}", ""))
            for section in sections_in_use()
        ]

    def wish(self) -> Wish:
        """What is asked for, as the action takes it."""
        contact, days = self.answers("contact"), self.answers("days")
        return Wish(
            school=self.school,
            area=self.answers("focus")["area"],
            days=self.days(),
            contact=Contact(
                name=contact["contact_name"],
                email=contact["contact_email"],
                role=contact["contact_role"],
                telephone=contact["contact_telephone"],
                language=get_language() or "",
            ),
            statements=self.statements(),
            conductors=days["conductors"],
            wanted_leader=self.wanted_leader,
            access_notes=contact["access_notes"],
            po_number=contact["po_number"],
            designations=self.designations,
        )
