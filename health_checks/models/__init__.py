from health_checks.models.briefs import Brief
from health_checks.models.days import Assignment, Day
from health_checks.models.drafts import BookingDraft
from health_checks.models.pages import HealthCheckPage
from health_checks.models.records import Feedback, Record, RecordShare, RecordText
from health_checks.models.sections import SefSection
from health_checks.models.series import Series
from health_checks.models.settings import HealthCheckSettings

__all__ = [
    "Assignment",
    "BookingDraft",
    "Brief",
    "Day",
    "Feedback",
    "HealthCheckPage",
    "HealthCheckSettings",
    "Record",
    "RecordShare",
    "RecordText",
    "SefSection",
    "Series",
]
