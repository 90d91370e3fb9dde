import os
import signal
import socket
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.demo import DEMO_PASSWORD
from common.retire import bring_back, left_by_absent_plugins
from portal.demo_sign_ins import demo_sign_ins


def check_is_free(address: str) -> None:
    """Raise `CommandError` where something else listens: `runserver` finds out late, and leaves its job loop behind."""
    host, _colon, port = address.rpartition(":")
    host = host.strip("[]") or "127.0.0.1"
    try:
        if int(port) not in range(1, 2**16):
            raise ValueError("A port is a number from 1 to 65535")
        with socket.create_server((host, int(port)), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            pass
    except (OSError, ValueError) as error:
        raise CommandError(f"Cannot serve on {address}: {error}. To take another, say: make run ADDRESS=127.0.0.1:8001") from error


class Command(BaseCommand):
    help = "Prepare the demo and serve it, with the job loop beside it, until Ctrl-C. For production see docs/operations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default="127.0.0.1:8000")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This serves a demo. In production run gunicorn, run_due_jobs and db_worker.")
        check_is_free(address)
        call_command("migrate", verbosity=0)
        if left := left_by_absent_plugins():
            raise CommandError("\n".join(left))
        bring_back()
        call_command("load_demo")
        self._print_sign_ins(address)
        jobs = subprocess.Popen([sys.executable, sys.argv[0], "run_due_jobs", "--loop", "--every", "2"])  # noqa: S603 - our own command
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # as on Ctrl-C, the job loop ends with the server
        try:
            call_command("runserver", address, use_reloader=settings.DEBUG, skip_checks=True)
        finally:
            jobs.send_signal(signal.SIGTERM)
            jobs.wait(timeout=10)

    def _print_sign_ins(self, address: str) -> None:
        line = "{:<44} {}".format
        people = "\n".join(line(label, email) for label, email in demo_sign_ins())
        self.stdout.write(
            f"\n  The site         http://{address}/"
            f"\n  The portal       http://{address}/portal/"
            f"\n  The admin        http://{address}/admin/"
            f"\n  Its mail         http://{address}/demo-mail/"
            f"\n\nSign in with the password “{DEMO_PASSWORD}” as\n\n{people}\n\nCtrl-C stops it.{os.linesep}"
        )
        self.stdout.flush()
