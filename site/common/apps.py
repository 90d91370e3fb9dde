from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CommonConfig(AppConfig):
    name = "common"
    verbose_name = "Common"
    public_words = ("files.py", "form_words.py", "links.py", "rate_limits.py", "spam_trap.py")

    def ready(self) -> None:
        from common import checks, workflow_mail  # noqa: F401 - the checks register themselves
        from common.sqlite import use_write_ahead_log

        workflow_mail.connect()
        post_migrate.connect(use_write_ahead_log, sender=self)
