"""A plugin is switched off in order, and the product refuses to start over what one left behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from wagtail.models import Workflow

from common.checks import check_absent_plugins
from common.retire import find_plugin, left_by_absent_plugins, what_blocks
from health_checks.models import HealthCheckPage
from tests.conftest import NOON
from tests.factories.cases import make_case
from tests.factories.people import make_user
from tests.factories.website import add_page, make_home, make_standard
from tests.plugins.conftest import lay
from tests.plugins.runs import environment, run, said_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_use():
    """A live page of health_checks with a workflow under way, a second that is to be published, and somebody else's page."""
    home = make_home()
    live = add_page(home, HealthCheckPage(title="Health check days", slug="days", introduction="A look."))
    live.save_revision()
    Workflow.objects.get(name="Moderators approval").start(live, make_user())
    later = add_page(home, HealthCheckPage(title="Soon", slug="soon", introduction="A look.", live=False))
    later.go_live_at = NOON + timedelta(days=3650)
    later.save_revision().publish()
    make_standard(home)
    return live


def take_away(monkeypatch):
    """health_checks is not installed any more, as far as content types know."""
    real = ContentType.model_class
    monkeypatch.setattr(ContentType, "model_class", lambda self: None if self.app_label == "health_checks" else real(self))


def report(*arguments, capsys):
    try:
        call_command("retire_plugin", *arguments)
    except CommandError as refusal:
        return [*capsys.readouterr().out.splitlines(), str(refusal)]
    return capsys.readouterr().out.splitlines()


def test_retire_plugin_reports_what_blocks_and_changes_nothing(in_use, capsys):
    assert report("health_checks", capsys=capsys) == [
        f"Live page: Health check days ({in_use.url_path})",
        "Workflow in progress: Moderators approval, on Health check days",
        "To be published: Soon, 2036-11-15 12:00",
        "Kept, and unseen while the plugin is off: 2 health check days pages",
        "Kept, and unseen while the plugin is off: 6 sections of the self-evaluation",
        "health_checks cannot be switched off yet. --apply unpublishes, unschedules and cancels; open cases stay, without it.",
    ]
    in_use.refresh_from_db()
    assert (in_use.live, in_use.workflow_in_progress) == (True, True)


def test_retire_plugin_applies_and_has_nothing_left_to_do(in_use, capsys):
    report("health_checks", "--apply", capsys=capsys)

    assert report("health_checks", capsys=capsys) == [
        "Kept, and unseen while the plugin is off: 2 health check days pages",
        "Kept, and unseen while the plugin is off: 6 sections of the self-evaluation",
        "health_checks can be switched off: take it out of S2S_PLUGINS, then start again.",
    ]
    in_use.refresh_from_db()
    assert (in_use.live, in_use.current_workflow_state, bool(what_blocks(find_plugin("health_checks")))) == (False, None, False)


def test_retire_plugin_leaves_the_pages_of_others(in_use, capsys):
    report("health_checks", "--apply", capsys=capsys)

    assert [page.live for page in in_use.get_parent().get_children().not_exact_type(HealthCheckPage)] == [True]


def test_retire_plugin_finds_nothing_against_a_plugin_with_rows_only(capsys):
    make_case()

    assert report("s2s_workflow", capsys=capsys)[-1] == "s2s_workflow can be switched off: take it out of S2S_PLUGINS, then start again."


def test_retire_plugin_refuses_a_name_that_is_not_on(capsys):
    assert report("surveys", capsys=capsys) == ["No plugin surveys is on. These are: s2s_forms, s2s_workflow, health_checks."]


def test_check_says_what_an_absent_plugin_left(in_use, monkeypatch):
    take_away(monkeypatch)
    sentence = (
        "The plugin health_checks is off, but 1 live pages, 1 workflows in progress, 1 scheduled revisions and 0 open cases of it are left. "
        "Switch it on and run: manage.py retire_plugin health_checks --apply"
    )

    assert left_by_absent_plugins() == [sentence]
    assert [(error.id, error.msg) for error in check_absent_plugins(None, databases=["default"])] == [("s2s.E005", sentence)]
    assert check_absent_plugins(None) == []


def test_check_finds_nothing_when_all_are_there(in_use):
    assert left_by_absent_plugins() == []


def test_check_finds_nothing_after_retiring(in_use, capsys, monkeypatch):
    report("health_checks", "--apply", capsys=capsys)

    take_away(monkeypatch)

    assert left_by_absent_plugins() == []


def test_product_refuses_to_start_until_the_plugin_is_retired(tried, tmp_path):
    data_dir = lay(tried("health_checks").database, tmp_path / "data")
    make_page = (
        "import django; django.setup()\n"
        "from tests.factories.website import add_page, make_home\n"
        "from health_checks.models import HealthCheckPage\n"
        "add_page(make_home(), HealthCheckPage(title='Days', slug='days', introduction='A look.'))\n"
        "import config.wsgi\n"
    )
    started = ("-c", "import config.wsgi")
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings"}
    on = environment(data_dir, S2S_PLUGINS="health_checks", **settings)
    off = environment(data_dir, S2S_PLUGINS="", **settings)
    said_by("-c", make_page, env=on)

    refused = run(*started, env=off)

    assert "ImproperlyConfigured: The plugin health_checks is off, but 1 live pages" in refused.stderr
    assert "s2s.E005" in run("manage.py", "check", "--database", "default", env=off).stderr
    said_by("manage.py", "retire_plugin", "health_checks", "--apply", env=on)
    said_by(*started, env=off)


PROJECT_UNDER_REVIEW = """
import django; django.setup()
from s2s_workflow.enums import Stage
from tests.factories.projects import Cast, reach
from tests.factories.website import make_home
make_home()
cast = Cast()
reach(cast, Stage.AGREEMENT_DRAFTED)
from s2s_workflow.actions.submit_plan import submit_plan
from tests.conftest import NOON
submit_plan(project=cast.fresh(), by=cast.leader.user, at=NOON)
print(cast.project.case.reference)
"""
ANSWERS = """
import config.wsgi
from django.test import Client
from tests.factories.people import make_user
client, answers = Client(headers={"host": "localhost"}), []
answers.append(client.get("/").status_code)
client.force_login(make_user(is_superuser=True, email="somebody-else@example.org"))
for address in ("/admin/", "/portal/", "/portal/cases/", "/portal/cases/REFERENCE/", "/admin/workflows/list/", "/admin/reports/workflow/"):
    answers.append(client.get(address).status_code)
print(answers)
"""
ROWS = """
import config.wsgi
from s2s_workflow.models import ActionPlan, SupportProject
print(SupportProject.objects.get().stage, ActionPlan.objects.get().draft.objectives[0].value["objective"], ActionPlan.objects.get().workflow_in_progress)
"""


def test_workflow_with_live_cases_goes_and_comes_back(tried, tmp_path):
    data_dir = lay(tried("s2s_workflow").database, tmp_path / "data")
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings"}
    on = environment(data_dir, S2S_PLUGINS="s2s_workflow", **settings)
    off = environment(data_dir, S2S_PLUGINS="", **settings)
    reference = said_by("-c", PROJECT_UNDER_REVIEW, env=on).split()[-1]

    refused, reported = run("-c", "import config.wsgi", env=off), run("manage.py", "retire_plugin", "s2s_workflow", env=on)
    said_by("manage.py", "retire_plugin", "s2s_workflow", "--apply", env=on)
    answers = said_by("-c", ANSWERS.replace("REFERENCE", reference), env=off)
    rows = said_by("-c", ROWS, env=on)

    assert "1 workflows in progress, 0 scheduled revisions and 1 open cases of it are left" in refused.stderr
    assert (reported.returncode, f"Open case: {reference}" in reported.stdout, "Workflow in progress: Action plan" in reported.stdout) == (
        1,
        True,
        True,
    )
    assert answers.split("\n")[-2] == str([200] * 7)
    assert rows.split("\n")[-2] == "AGREEMENT_DRAFTED Read better False"
    assert "1 open cases" in run("-c", "import config.wsgi", env=off).stderr
