from alliance.roles import keeps
from common.plugins import PluginConfig

STEPS = keeps("s2s_forms", "processstep")


class S2SFormsConfig(PluginConfig):
    name = "s2s_forms"
    verbose_name = "Process pages and requests"
    portal_urls = "s2s_forms.urls"
    portal_slug = "requests"
    public_words = (
        "actions",
        "answers_copy.py",
        "enums.py",
        "request_form/core_answers.py",
        "request_form/extra_questions.py",
        "request_form/save_form.py",
        "request_form/standard.py",
        "request_form/step_form.py",
        "request_form/steps.py",
        "templates/s2s_forms/mail/draft_saved.txt",
        "templates/s2s_forms/answers.html",
        "templates/s2s_forms/follow_answers.html",
        "templates/s2s_forms/process_page.html",
        "templates/s2s_forms/process_tab.html",
        "templates/s2s_forms/request",
        "templates/s2s_forms/step.html",
        "views/journey.py",
    )
    role_permissions = {
        "S2S_LEAD": ("s2s_forms.view_supportrequest", *STEPS, "s2s_forms.publish_processstep"),
        "BROKER": ("s2s_forms.view_supportrequest",),
        "EDITOR": STEPS,
        "REVIEWER": ("s2s_forms.view_processstep", "s2s_forms.publish_processstep"),
    }

    def ready(self) -> None:
        from s2s_forms import receivers
        from s2s_forms.models import ProcessStep
        from website.freshness import watch

        receivers.connect()
        watch(ProcessStep)
