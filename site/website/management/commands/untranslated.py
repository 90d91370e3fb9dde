"""List the words that have no translation."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from website.untranslated import untranslated


class Command(BaseCommand):
    help = "Lists what the public reads and no translation has, and fails where there is any. With --all it counts everything of ours."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="Count what is untranslated in all files, those of the portal and admin too."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        languages = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        if options["all"]:
            for language in languages:
                counts = Counter(
                    words.place.split("/")[1 if words.place.startswith("site/") else 0] for words in untranslated(language, everything=True)
                )
                for app, number in sorted(counts.items()):
                    self.stdout.write(f"{language} {app}: {number}")
            return
        missing = [(language, words) for language in languages for words in untranslated(language)]
        for language, words in missing:
            self.stdout.write(f"{language} {words.place}: {words.text}")
        if missing:
            raise CommandError(f"{len(missing)} texts that the public reads are not translated.")
        self.stdout.write("Everything that the public reads is translated.")
