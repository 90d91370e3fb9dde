from alliance.roles import keeps, views
from common.plugins import PluginConfig

READ = views(
    "s2s_workflow",
    "supportproject", "conflictdeclaration", "groupopinion", "deployment", "readinessconversation", "readinessanswers", "initialmeeting",
    "agreement", "agreementclause", "agreementparty", "signature",
    "visit", "noteofvisit", "timesheetline", "midtermreview", "concern", "dissemination", "storyconsent",
    "duediligencereport", "actionplan", "evaluation",
)  # fmt: skip
MODERATE = ("s2s_workflow.moderate_deployment",)


class S2SWorkflowConfig(PluginConfig):
    name = "s2s_workflow"
    verbose_name = "Support projects"
    portal_urls = "s2s_workflow.urls"
    portal_slug = "support"
    role_permissions = {
        "S2S_LEAD": (*READ, *MODERATE, *keeps("s2s_workflow", "agreementclause")),
        "BROKER": (*READ, *MODERATE),
    }

    def ready(self) -> None:
        from s2s_workflow import document_receivers, receivers

        receivers.connect()
        document_receivers.connect()
