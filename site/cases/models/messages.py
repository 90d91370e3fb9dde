"""What the alliance and the requester or school write to each other; internal notes stay apart."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.models import User
from cases.enums import Direction
from cases.models.cases import Case
from common.history import History

MAX_TEXT = 5000


class MessageQuerySet(models.QuerySet["Message"]):
    def for_requester(self) -> Self:
        return self.exclude(direction=Direction.INTERNAL)

    def open_questions(self) -> Self:
        return self.filter(is_question=True, answer=None, settled_at=None)


class Message(models.Model):
    """One message. A question stays open until an answer refers to it, or the case closes."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages", verbose_name=_("case"))
    direction = models.CharField(_("direction"), max_length=20, choices=Direction.choices)
    text = models.TextField(_("text"), max_length=MAX_TEXT, validators=[MaxLengthValidator(MAX_TEXT)])
    author_name = models.CharField(_("from"), max_length=250)
    author = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))
    written_at = models.DateTimeField(_("written"))
    is_question = models.BooleanField(_("is a question"), default=False)
    answers = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="answer", verbose_name=_("answers")
    )
    settled_at = models.DateTimeField(_("no answer needed any more"), null=True, blank=True)

    history = History()
    wagtail_reference_index_ignore = True
    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(is_question=False) | Q(direction=Direction.FROM_ALLIANCE), name="only_the_alliance_asks"),
            models.CheckConstraint(condition=Q(answers=None) | Q(direction=Direction.TO_ALLIANCE), name="answers_go_to_the_alliance"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="message_direction_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.text[:60]}"
