from collections.abc import Iterable

from common.verify_command import VerifyCommand
from s2s_workflow.models import Agreement
from s2s_workflow.verification import mismatches


class Command(VerifyCommand):
    help = "Compare every agreement with its hash, its signatures and its history. Names each mismatch and then ends with 1."

    def mismatches(self) -> Iterable[str]:
        return mismatches()

    def in_order(self) -> str:
        return f"{Agreement.objects.count()} agreements are as they were frozen and signed."
