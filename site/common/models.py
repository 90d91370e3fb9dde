"""What every app may need to store: signed links, private files, runs of jobs."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import History
from common.moderation import ReviewTask

__all__ = ["FormUse", "JobRun", "PrivateFile", "RetiredPlugin", "ReviewTask", "SignedLink"]


class SignedLink(models.Model):
    """A link that stands in for an account. Only the hash of its token is kept."""

    purpose = models.CharField(max_length=40)
    subject_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    subject_id = models.CharField(max_length=40)
    subject = GenericForeignKey("subject_type", "subject_id")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    max_uses = models.PositiveIntegerField(null=True)
    uses = models.PositiveIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["purpose", "subject_type", "subject_id"], name="link_of_subject")]

    def __str__(self) -> str:
        return f"{self.purpose} link {self.pk}"


def private_storage() -> Storage:
    return storages["private"]


def private_key(instance: PrivateFile, filename: str) -> str:
    """A key that says nothing: the original name is in the row."""
    return f"{instance.key.hex[:2]}/{instance.key.hex}"


class PrivateFile(models.Model):
    """A confidential file outside the media folder; only a view that has checked its reader may serve it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(storage=private_storage, upload_to=private_key, max_length=120)
    original_name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    scanned_at = models.DateTimeField(_("scanned"), null=True, blank=True, help_text="Empty while no malware scanner has seen it.")
    threat = models.CharField(_("malware found"), max_length=200, blank=True, help_text="Then it is never served.")

    history = History()

    class Meta:
        verbose_name = _("private file")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.original_name


class JobRun(models.Model):
    """The last run of one due job, and the lease that keeps two runners from doing it at once."""

    name = models.CharField(max_length=80, unique=True)
    leased_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class RetiredPlugin(models.Model):
    """A plugin that was taken away in order: its live cases may stay behind. Gone again once the plugin is back."""

    app_label = models.CharField(max_length=100, primary_key=True)
    retired_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.app_label


class FormUse(models.Model):
    """A form that was acted on: its key is unique, so a repeat of the same form changes nothing."""

    key = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what was sent with it.")
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)
