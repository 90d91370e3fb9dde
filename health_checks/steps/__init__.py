"""Everything people do on a booking. Each module of the package has a list of `STEPS`."""

from __future__ import annotations

from datetime import date

from alliance.models import User
from health_checks.models import Series
from health_checks.steps import changes, days, matching, records, rescues
from health_checks.steps.base import Step
from portal.steps import Offer, offers_of

STEPS: dict[str, Step] = {step.slug: step for module in (matching, records, days, rescues, changes) for step in module.STEPS}


def offers_to(user: User, series: Series, on: date) -> list[Offer]:
    """The steps that are open to somebody now, in the order of the lists."""
    return offers_of(STEPS.values(), user, series, on)
