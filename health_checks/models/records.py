"""What came of a day: the school's own evidence (H5). What is written in it is kept apart from what the alliance may list."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.fields import done_by_somebody, person_field
from common.history import History
from health_checks.enums import Audience
from health_checks.models.days import Day
from health_checks.models.parts import TEXT


class Record(models.Model):
    """
    Where the record of a day stands: who signed it, when, and the SHA-256 of what they signed. The school signs last.

    `not_signed_*` is who of the alliance recorded, and why, that the school had not signed by then. It may still.

    The text itself is `RecordText`, which no list or export of the alliance shows: the school owns it.
    """

    day = models.OneToOneField(Day, primary_key=True, on_delete=models.PROTECT, related_name="record", verbose_name=_("day"))
    begun_at = models.DateTimeField(_("begun"))
    signed_at = models.DateTimeField(_("signed by the leader"), null=True, blank=True)
    signed_by = person_field(_("leader who signed"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    school_signed_at = models.DateTimeField(_("signed by the school"), null=True, blank=True)
    school_signed_by = person_field(_("signed for the school by"))
    not_signed_at = models.DateTimeField(_("recorded that the school had not signed"), null=True, blank=True)
    not_signed_by = person_field(_("that the school had not signed, recorded by"))
    not_signed_reason = models.TextField(_("why the school had not signed"), blank=True, max_length=TEXT)

    history = History()

    class Meta:
        verbose_name = _("record of a day")
        verbose_name_plural = _("records of days")
        ordering = ["-begun_at", "-pk"]
        constraints = [
            done_by_somebody("record_signed_at_and_by", "signed"),
            done_by_somebody("record_school_signed_at_and_by", "school_signed"),
            done_by_somebody("record_not_signed_at_and_by", "not_signed"),
            models.CheckConstraint(
                condition=Q(not_signed_at=None) | (Q(signed_at__isnull=False) & ~Q(not_signed_reason="")),
                name="a_record_left_unsigned_has_a_leaders_signature_and_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, sha256="") | (Q(signed_at__isnull=False) & ~Q(sha256="")), name="a_signed_record_has_a_hash"
            ),
            models.CheckConstraint(
                condition=Q(school_signed_at=None) | Q(signed_at__isnull=False, school_signed_at__gte=models.F("signed_at")),
                name="the_school_signs_last",
            ),
        ]

    def __str__(self) -> str:
        return str(self.day)

    @property
    def is_complete(self) -> bool:
        """Whether the school has signed, or somebody recorded that it has not."""
        return self.school_signed_at is not None or self.not_signed_at is not None

    @property
    def is_left_unsigned(self) -> bool:
        return self.not_signed_at is not None and self.school_signed_at is None


class RecordText(models.Model):
    """
    What is written. `verdicts` and `outcomes` have an entry per id of the agreed brief: `{"verdict"|"met", "comment"}`.

    `revision` counts saves, so that two people on one record are told. Drafts leave no history; what is signed does.
    """

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="text", verbose_name=_("record"))
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True)
    verdicts = models.JSONField(_("judgements and needs"), default=dict, blank=True)
    further_needs = models.TextField(_("further areas of need"), blank=True, max_length=TEXT)
    evidence = models.TextField(_("evidence"), blank=True, max_length=TEXT)
    outcomes = models.JSONField(_("outcomes"), default=dict, blank=True)
    next_steps = models.TextField(_("next steps"), blank=True, max_length=TEXT)
    school_comment = models.TextField(_("comment of the school"), blank=True, max_length=TEXT)

    history = History()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("text of a record")
        verbose_name_plural = _("texts of records")

    def __str__(self) -> str:
        return str(self.record)

    @property
    def content(self) -> dict[str, Any]:
        """What the leader signs."""
        return {name: getattr(self, name) for name in ("verdicts", "further_needs", "evidence", "outcomes", "next_steps")}


class RecordShareQuerySet(models.QuerySet["RecordShare"]):
    def standing(self) -> Self:
        return self.filter(revoked_at=None)


class RecordShare(models.Model):
    """The school shows its record to others; it can take that back."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="shares", verbose_name=_("record"))
    audience = models.CharField(_("shared with"), max_length=10, choices=Audience.choices)
    shared_at = models.DateTimeField(_("shared"))
    shared_by = person_field(_("shared by"))
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    revoked_by = person_field(_("taken back by"))

    history = History()
    objects = RecordShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("sharing of a record")
        verbose_name_plural = _("sharings of records")
        ordering = ["record", "-shared_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["record", "audience"], condition=Q(revoked_at=None), name="a_record_is_shared_once"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="record_audience_is_known"),
            done_by_somebody("record_shared_at_and_by", "shared"),
            done_by_somebody("record_share_revoked_at_and_by", "revoked"),
        ]

    def __str__(self) -> str:
        return f"{self.record}: {self.get_audience_display()}"


class Feedback(models.Model):
    """How useful the school found a day."""

    day = models.OneToOneField(Day, primary_key=True, on_delete=models.PROTECT, related_name="feedback", verbose_name=_("day"))
    usefulness = models.PositiveSmallIntegerField(_("usefulness"), help_text=_("From 1, not at all, to 5, very."))
    text = models.TextField(_("what could be better"), blank=True, max_length=TEXT)
    given_at = models.DateTimeField(_("given"))
    given_by = person_field(_("given by"))

    history = History()

    class Meta:
        verbose_name = _("feedback on a day")
        verbose_name_plural = _("feedback on days")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(usefulness__gte=1, usefulness__lte=5), name="usefulness_is_from_one_to_five"),
            done_by_somebody("feedback_given_at_and_by", "given"),
        ]

    def __str__(self) -> str:
        return str(self.day)
