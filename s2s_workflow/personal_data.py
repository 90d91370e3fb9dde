"""What support projects hold on a person besides what cases do: the readiness answers that they wrote for their side."""

from __future__ import annotations

from django.db.models import Q

from alliance.models import User
from common.personal_data import PersonalData
from s2s_workflow.models import ReadinessAnswers


def export_project_data(user: User) -> PersonalData:
    """Answers that the person last saved, or submitted: their own side's, never the other's."""
    own = ReadinessAnswers.objects.filter(Q(saved_by=user) | Q(submitted_by=user)).order_by("pk")
    fields = ("conversation__project__case__reference", "side", "answers", "saved_at", "submitted_at")
    return {"readiness answers": list(own.values(*fields))}
