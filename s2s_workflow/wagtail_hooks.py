from django.http import HttpRequest
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from alliance.models import User
from cases.contributions import CaseTab
from cases.models import Case
from common.demo import World
from common.personal_data import PersonalData
from outbox.kinds import MessageKind
from s2s_workflow.demo import load_demo
from s2s_workflow.message_kinds import KINDS
from s2s_workflow.personal_data import export_project_data
from s2s_workflow.tabs import tabs_of
from s2s_workflow.viewsets import SupportGroup

register_snippet(SupportGroup)


@hooks.register("s2s_case_tabs")
def case_tabs(request: HttpRequest, case: Case) -> list[CaseTab]:
    return tabs_of(request, case)


@hooks.register("s2s_message_kinds")
def message_kinds() -> list[MessageKind]:
    return KINDS


@hooks.register("s2s_export_personal_data")
def export_personal_data(user: User) -> PersonalData:
    return export_project_data(user)


@hooks.register("s2s_load_demo")
def load_demo_projects(world: World) -> None:
    load_demo(world)
