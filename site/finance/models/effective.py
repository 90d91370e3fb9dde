"""What is in force from a day on until the next of its kind: moderated, never changed once used, corrected by a later one."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.actions import Refusal
from common.moderation import ModeratedDocument

IS_USED = _("A quote was made with this, so it stays as it is. Add another one that corrects it.")


class UsedInQuote(Refusal):
    """A quote was made with it, so it stays as it is; a correction is a document of its own."""


class AlreadyInForce(Refusal):
    """Another one is in force from the same day for the same thing, or corrects the same one."""


class EffectiveDatedQuerySet(models.QuerySet[Any]):
    def current(self) -> Self:
        """Approved ones that no correction has taken the place of."""
        return self.filter(live=True, is_superseded=False)

    def on(self, day: date, **place: Any) -> Any:
        """The one of a place on a day: of the current ones that which started last; None where there is none yet."""
        return self.current().filter(**place, effective_from__lte=day).order_by("-effective_from").first()


class EffectiveDated(ModeratedDocument):
    """
    A rate, discount or policy from a day on until the next one of the same place, for example of the same designation (H7).

    Only the first day is stored. What a quote used is never changed, unpublished or deleted: a correction is a new one
    that `supersedes` it. Subclasses name their place, what stays as it is and what of a quote uses them, and carry `constraints_of`.
    """

    PLACE: ClassVar[tuple[str, ...]]
    """Fields that say what it is for. Of one place, one current row starts on a day."""
    FROZEN: ClassVar[tuple[str, ...]]
    """Names of the fields of a used one that stay as they are. That it was superseded may still be noted."""
    USED_BY: ClassVar[str] = "quote_lines"
    """The relation to the frozen rows that used it."""

    reviewers_are_mailed = True

    effective_from = models.DateField(_("in force from"))
    supersedes = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrections",
        verbose_name=_("corrects"),
        help_text=_("The one that was wrong. It stays on record, and no new quote uses it."),
    )
    is_superseded = models.BooleanField(_("corrected by a later one"), default=False, editable=False)

    class Meta:
        abstract = True

    @property
    def state(self) -> str:
        if self.is_superseded:
            return str(_("Corrected"))
        return str(_("Approved")) if self.live else str(_("Draft"))

    def is_used(self) -> bool:
        return self.pk is not None and getattr(self, self.USED_BY).exists()

    def clean(self) -> None:
        super().clean()
        if self.supersedes and any(getattr(self.supersedes, name) != getattr(self, name) for name in self._place_columns()):
            raise ValidationError({"supersedes": self.corrects_its_own_kind})
        if self.effective_from and self._others_in_its_place().exists():
            raise ValidationError(
                {"effective_from": _("There is one from this day already. Choose another day, or say that this one corrects it.")}
            )

    corrects_its_own_kind: ClassVar[Any] = _("A correction is for the same thing.")

    @classmethod
    def _place_columns(cls) -> list[str]:
        return [cls._meta.get_field(name).attname for name in cls.PLACE]

    def _others_in_its_place(self) -> EffectiveDatedQuerySet:
        place = {name: getattr(self, name) for name in self._place_columns()}
        others: EffectiveDatedQuerySet = type(self)._default_manager.filter(live=True, is_superseded=False)
        return others.filter(**place, effective_from=self.effective_from).exclude(
            pk__in=[key for key in (self.pk, self.supersedes_id) if key]
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raise `UsedInQuote` for a change of one that a quote used."""
        with transaction.atomic():
            if self.pk is not None:
                written = kwargs.get("update_fields")
                self._check_it_is_not_frozen([name for name in self.FROZEN if written is None or name in written])
            super().save(*args, **kwargs)

    def _check_it_is_not_frozen(self, names: list[str]) -> None:
        """Locked, since a quote may be using it at this moment."""
        stored = type(self)._default_manager.select_for_update(of=("self",)).filter(pk=self.pk).first()
        if stored and any(getattr(stored, name) != getattr(self, name) for name in names) and self.is_used():
            raise UsedInQuote(IS_USED)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Raise `UsedInQuote` for one that a quote used."""
        if self.is_used():
            raise UsedInQuote(_("A quote was made with this, so it is never deleted."))
        return super().delete(*args, **kwargs)

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """
        Put an approved draft in force, and the one it corrects out of it, in one step.

        Raises `AlreadyInForce` and `UsedInQuote`, beside what every moderated document raises.
        """
        approved: EffectiveDated = revision.as_object()
        with transaction.atomic():
            if approved._others_in_its_place().exists():
                raise AlreadyInForce(_("Another one is in force from this day already, so nothing was approved."))
            if approved.supersedes_id:
                wrong = type(self)._default_manager.select_for_update(of=("self",)).get(pk=approved.supersedes_id)
                if wrong.is_superseded:
                    raise AlreadyInForce(_("What this corrects was corrected already, so nothing was approved."))
                wrong.is_superseded = True
                wrong.save()
            return super().publish(revision, *args, **kwargs)


def constraints_of(place: tuple[str, ...], *, noun: str) -> list[models.BaseConstraint]:
    """What the database holds of an effective-dated document; `noun` makes the constraints' names."""
    return [
        models.UniqueConstraint(
            fields=[*place, "effective_from"], condition=Q(live=True, is_superseded=False), name=f"one_current_{noun}_per_day"
        ),
        models.UniqueConstraint(fields=["supersedes"], condition=Q(live=True), name=f"one_live_correction_per_{noun}"),
        models.CheckConstraint(condition=Q(supersedes=None) | ~Q(supersedes=models.F("id")), name=f"{noun}_does_not_correct_itself"),
    ]
