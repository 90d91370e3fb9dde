from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.demo import is_loaded, load_demo


class Command(BaseCommand):
    help = "Load the demo alliance into an empty database. Does nothing when there are people already."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is production; the demo alliance belongs into a demo.")
        if is_loaded():
            self.stdout.write("There are people already; nothing was loaded.")
            return
        self.stdout.write("Loading the demo alliance …")
        load_demo(now=timezone.now())
