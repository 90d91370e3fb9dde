from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from common.admin import DomainSnippetViewSet
from health_checks.models import SefSection
from health_checks.viewsets.bookings import AssignmentViewSet, BriefViewSet, DayViewSet, FeedbackViewSet, RecordViewSet, SeriesViewSet


class SefSectionViewSet(DomainSnippetViewSet):
    """Each saved version is a revision; briefs keep the titles they were written with."""

    model = SefSection
    icon = "list-ul"
    menu_order = 200
    list_display = ["title", "key", "order", "is_in_use"]
    list_filter = ["is_in_use"]
    list_export = ["title", "key", "prompt", "order", "is_in_use"]
    search_fields = ["title", "key"]


class HealthChecksGroup(SnippetViewSetGroup):
    menu_label = _("Health checks")
    menu_icon = "calendar-check"
    menu_order = 196
    items = (SeriesViewSet, DayViewSet, AssignmentViewSet, BriefViewSet, RecordViewSet, FeedbackViewSet, SefSectionViewSet)
