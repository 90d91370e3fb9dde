"""What we tell people: one row a message and recipient, written with what causes it, worded when it is sent."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.history import History


class OutboxMessageQuerySet(models.QuerySet["OutboxMessage"]):
    def due(self, at: datetime) -> Self:
        """Unsent messages whose next try has come and that no runner holds, oldest first."""
        free = Q(leased_until=None) | Q(leased_until__lte=at)
        return self.filter(free, sent_at=None, given_up_at=None, next_try_at__lte=at).order_by("next_try_at", "pk")

    def waiting(self, *, kind: str, about: models.Model) -> Self:
        """Messages of one kind about one object that have neither left nor been given up."""
        about_type = ContentType.objects.get_for_model(about)
        return self.filter(kind=kind, about_type=about_type, about_id=str(about.pk), sent_at=None, given_up_at=None)


class OutboxMessage(models.Model):
    """
    A message to one person about one thing. It stores references, never its text, so it holds no credential.

    `about` is the object the message speaks of; `details` are small extra values of its kind (keys, never prose).
    """

    kind = models.CharField(_("kind"), max_length=60)
    recipient_email = models.EmailField(_("to"))
    recipient_name = models.CharField(_("name"), max_length=200, blank=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    language = models.CharField(_("language"), max_length=10, blank=True)
    about_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    about_id = models.CharField(max_length=40)
    about = GenericForeignKey("about_type", "about_id")
    details = models.JSONField(default=dict, blank=True)
    written_at = models.DateTimeField(_("written"))
    next_try_at = models.DateTimeField(_("next try"))
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True)

    history = History(excluded_fields=["leased_until"])
    objects = OutboxMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-written_at", "-pk"]
        permissions = [("resend_outboxmessage", "Can send a message again")]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(sent_at=None, given_up_at=None), name="unsent_messages"),
            models.Index(fields=["about_type", "about_id"], name="messages_about"),
        ]
        constraints = [models.CheckConstraint(condition=Q(sent_at=None) | Q(given_up_at=None), name="message_is_not_sent_and_given_up")]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient_email}"

    @property
    def state(self) -> str:
        if self.sent_at:
            return str(_("Sent"))
        if self.given_up_at:
            return str(_("Given up"))
        return str(_("Waiting")) if not self.attempts else str(_("Will be tried again"))


class MutedKind(models.Model):
    """A kind of message a person chose not to get. Kinds that cannot be muted ignore it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="muted_kinds")
    kind = models.CharField(max_length=60)

    history = History()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("muted kind of message")
        verbose_name_plural = _("muted kinds of message")
        ordering = ["user", "kind"]
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="kind_is_muted_once_per_person")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.user}"


class DemoMail(models.Model):
    """An e-mail the demo kept instead of sending, in full, links and sign-in codes included. Never used in production."""

    sent_at = models.DateTimeField(auto_now_add=True)
    to = models.CharField(max_length=300)
    subject = models.CharField(max_length=300)
    body = models.TextField()

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.subject} ({self.to})"
