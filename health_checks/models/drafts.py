"""A booking in the making."""

from __future__ import annotations

from django.db import models

from alliance.models import School, User
from cases.models import Case


class BookingDraft(models.Model):
    """
    Answers kept between the steps of the booking, on the server, one for each person and school: nothing is lost on a phone, nor
    between two windows.

    Untracked: a draft is nobody's record yet. Once sent it holds only its case, so that sending again finds it.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="booking_drafts")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    case = models.OneToOneField(Case, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-changed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "school"], condition=models.Q(case=None), name="one_open_booking_draft_per_person_and_school"
            )
        ]

    def __str__(self) -> str:
        return f"Draft {self.pk}"
