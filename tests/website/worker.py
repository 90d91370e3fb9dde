"""A web process of its own, led by lines on its standard input: `GET address` or `PUBLISH heading`. For test_processes.py."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[2] / "site")]

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from website.models import HomePage  # noqa: E402


def answer(text: str, *, queries: int) -> None:
    sys.stdout.write(json.dumps({"text": text, "queries": queries}) + "\n")
    sys.stdout.flush()


def main() -> None:
    client = Client(headers={"host": "localhost"})
    for line in sys.stdin:
        command, _, argument = line.strip().partition(" ")
        if command == "GET":
            with CaptureQueriesContext(connection) as captured:
                response = client.get(argument)
            answer(response.content.decode(), queries=len(captured))
        elif command == "PUBLISH":
            home = HomePage.objects.get()
            home.heading = argument
            home.save_revision().publish()
            answer("published", queries=0)


if __name__ == "__main__":
    main()
