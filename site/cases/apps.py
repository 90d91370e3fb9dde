from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "Cases"
    public_words = ("actions", "events.py", "turns.py", "templates", "enums.py", "fields.py", "forms.py", "link_views.py")
    role_permissions = {
        "S2S_LEAD": (
            "cases.view_case",
            "cases.view_turn",
            "cases.view_message",
            "cases.view_protocolversion",
            "cases.view_promiseclock",
            "cases.change_promiseclock",
        ),
        "BROKER": ("cases.view_case", "cases.view_turn", "cases.view_message", "cases.view_protocolversion", "cases.view_promiseclock"),
    }
