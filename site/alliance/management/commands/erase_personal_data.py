from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from alliance.actions.erase_person import erase_person
from alliance.management.people import person_at
from alliance.queries import personal_data_of
from common.actions import Actor


class Command(BaseCommand):
    help = "Erase a person: names, addresses and numbers go from live rows and history, and the account is shut. Cannot be undone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="The person's e-mail address.")
        parser.add_argument("--dry-run", action="store_true", help="Say what is held, and erase nothing.")
        parser.add_argument("--reason", default="The person asked for it.", help="Kept in the history.")

    def handle(self, *args: Any, email: str, dry_run: bool, reason: str, **options: Any) -> None:
        user = person_at(email)
        for what, rows in personal_data_of(user).items():
            self.stdout.write(f"{what}: {len(rows)}")
        if dry_run:
            self.stdout.write("Dry run, nothing was erased.")
            return
        erase_person(user=user, by=Actor.job("erase_personal_data"), at=timezone.now(), reason=reason)
        self.stdout.write(f"Person {user.pk} was erased.")
