from collections.abc import Iterable

from django.utils.translation import ngettext

from common.verify_command import VerifyCommand
from health_checks.models import Record
from health_checks.verification import mismatches


class Command(VerifyCommand):
    help = "Compare every signed record of a health check day with its hash and its history. Names each mismatch and then ends with 1."

    def mismatches(self) -> Iterable[str]:
        return mismatches()

    def in_order(self) -> str:
        number = Record.objects.exclude(sha256="").count()
        text = ngettext("%(n)d signed record is as its leader signed it.", "%(n)d signed records are as their leaders signed them.", number)
        return text % {"n": number}
