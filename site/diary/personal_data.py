"""
What the diary holds on a person: when they were taken, and that there is an address for their calendar.

It names nobody, so there is nothing in it to erase; every link made for somebody is withdrawn with
their account (`alliance.personal_data`).
"""

from alliance.models import User
from common.personal_data import PersonalData
from diary.feeds import feed_of
from diary.models import HalfDay, LeaderYear


def export_diary_data(user: User) -> PersonalData:
    half_days = HalfDay.objects.filter(leader__user=user).order_by("date", "half")
    years = LeaderYear.objects.filter(leader__user=user).order_by("academic_year")
    feed = feed_of(user)
    return {
        "calendar feed": [{"created_at": feed.created_at}] if feed else [],
        "half days": list(half_days.values("date", "half", "source_kind", "source_reference", "held_until")),
        "allowance by academic year": list(years.values("academic_year", "allowance", "taken")),
    }
