"""What process pages and requests add: tabs, the admin, messages, jobs, the demo, what they hold on a person."""

from datetime import timedelta

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from cases.contributions import CaseTab, FollowPart
from cases.models import Case
from common.actions import Actor
from common.demo import World
from common.jobs import DueJob
from common.retention import RetentionRule
from outbox.kinds import MessageKind
from portal.contributions import Panel
from s2s_forms.actions.remind_of_reviews import remind_of_reviews
from s2s_forms.answers_copy import answers_part
from s2s_forms.demo import load_demo
from s2s_forms.message_kinds import KINDS
from s2s_forms.panels import request_panel, telephone_panel
from s2s_forms.personal_data import erase_request_data, export_request_data
from s2s_forms.retention import RULES
from s2s_forms.review_report import ReviewReportView
from s2s_forms.tabs import process_tab, request_tab
from s2s_forms.viewsets import ProcessStepViewSet, SupportRequestViewSet

REVIEWS = "reviews of protocols"

register_snippet(SupportRequestViewSet)
register_snippet(ProcessStepViewSet)

hooks.register("s2s_export_personal_data", export_request_data)
hooks.register("s2s_erase_personal_data", erase_request_data)


@hooks.register("s2s_message_kinds")
def message_kinds() -> list[MessageKind]:
    return KINDS


@hooks.register("s2s_retention")
def retention() -> list[RetentionRule]:
    return RULES


@hooks.register("s2s_case_tabs")
def case_tabs(request: HttpRequest, case: Case) -> list[CaseTab]:
    return [*request_tab(case), *process_tab(case)]


@hooks.register("s2s_follow_parts")
def follow_parts(case: Case) -> list[FollowPart]:
    return answers_part(case)


@hooks.register("s2s_dashboard_panels")
def panels(request: HttpRequest) -> list[Panel]:
    return [*request_panel(request), *telephone_panel(request)]


@hooks.register("s2s_due_jobs")
def due_jobs() -> list[DueJob]:
    return [DueJob(REVIEWS, lambda at: remind_of_reviews(by=Actor.job(REVIEWS), at=at), every=timedelta(hours=12))]


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("reports/protocols/", ReviewReportView.as_view(), name="s2s_forms_reviews"),
        path("reports/protocols/results/", ReviewReportView.as_view(results_only=True), name="s2s_forms_reviews_results"),
    ]


class ReviewsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(ReviewReportView.access.allows(request))


@hooks.register("register_reports_menu_item")
def reviews_menu_item() -> MenuItem:
    return ReviewsMenuItem(_("Reviews of protocols"), reverse("s2s_forms_reviews"), icon_name="date", order=1200)


@hooks.register("s2s_load_demo")
def load_demo_requests(world: World) -> None:
    load_demo(world)
