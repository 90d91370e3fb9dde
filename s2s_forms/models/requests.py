"""A request in the making, and a request that was sent."""

from __future__ import annotations

import uuid

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import SupportKind
from cases.models import Case
from common.fields import person_field
from common.history import History
from common.models import PrivateFile
from s2s_forms.enums import LONG_TEXT, Timing
from s2s_forms.models.request_page import RequestPage


class RequestDraft(models.Model):
    """
    Answers kept between steps, on the server, for whoever holds its key in the session or a resume link. `answers` has each by the
    name of its question (`request_form.steps.Question`), so that a question may move to another step meanwhile.

    Untracked: a draft is nobody's record yet. Once sent it holds only its case, so that sending again finds it.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(RequestPage, on_delete=models.CASCADE, related_name="drafts")
    answers = models.JSONField(default=dict)
    language = models.CharField(max_length=10, blank=True)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    email = models.EmailField(blank=True)
    case = models.OneToOneField(Case, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return f"Draft {self.key}"


class DraftFile(models.Model):
    """A file sent with a draft; it goes to the case when the request is sent."""

    draft = models.ForeignKey(RequestDraft, on_delete=models.CASCADE, related_name="files")
    private_file = models.OneToOneField(PrivateFile, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=60, default="uploads")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.private_file)


class SupportRequest(models.Model):
    """What was asked, in the requester's own words: the request's part of its case."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="support_request", verbose_name=_("case"))
    support_kind = models.CharField(_("kind of support"), max_length=40, choices=SupportKind.choices, blank=True)
    focus = models.TextField(_("what to improve"), max_length=LONG_TEXT, validators=[MaxLengthValidator(LONG_TEXT)])
    desired_outcome = models.TextField(_("what would be different"), max_length=LONG_TEXT, validators=[MaxLengthValidator(LONG_TEXT)])
    already_tried = models.TextField(_("already tried"), max_length=LONG_TEXT, blank=True, validators=[MaxLengthValidator(LONG_TEXT)])
    timing = models.CharField(_("when"), max_length=20, choices=Timing.choices)
    answers = models.JSONField(_("answers as given"), help_text=_("Each with the question as it was worded."))
    language = models.CharField(_("language"), max_length=10, blank=True)
    submitted_at = models.DateTimeField(_("sent"))
    taken_by = person_field(_("taken by telephone by"))

    history = History()

    class Meta:
        verbose_name = _("support request")
        verbose_name_plural = _("support requests")
        ordering = ["-submitted_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(timing__in=Timing.values), name="request_timing_is_known")]

    def __str__(self) -> str:
        return str(self.case)
