"""The command that compares what was signed with its hash: a plugin says what to compare and what is in order."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class VerifyCommand(BaseCommand):
    """Names each mismatch and then ends with 1; otherwise says how many are in order."""

    @abstractmethod
    def mismatches(self) -> Iterable[str]:
        """A sentence for each."""

    @abstractmethod
    def in_order(self) -> str:
        """What is said where there is none."""

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(self.mismatches())
        for sentence in found:
            self.stdout.write(sentence)
        if found:
            raise CommandError(f"{len(found)} mismatches.")
        self.stdout.write(self.in_order())
