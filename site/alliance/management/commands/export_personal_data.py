from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from alliance.management.people import person_at
from alliance.queries import personal_data_of


class Command(BaseCommand):
    help = "Print all that is held on a person, as JSON, for a subject access request."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="The person's e-mail address.")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        self.stdout.write(json.dumps(personal_data_of(person_at(email)), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
