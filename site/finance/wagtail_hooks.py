"""What finance adds: its place in the admin, its part of the demo, what it holds on a person."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from common.demo import World
from finance.demo import load_demo
from finance.personal_data import erase_finance_data, export_finance_data
from finance.viewsets import FinanceGroup

register_snippet(FinanceGroup)


@hooks.register("s2s_load_demo")
def load_demo_finance(world: World) -> None:
    load_demo(world)


hooks.register("s2s_export_personal_data", export_finance_data)
hooks.register("s2s_erase_personal_data", erase_finance_data)
