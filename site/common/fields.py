"""Model fields of our own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class ListOfChoices(models.JSONField):
    """
    Several of an enum's values, kept as a list and ticked as checkboxes.

    As with `choices`, the model gets a method `get_<field>_display`: the labels, in the order of the enum.
    """

    default_error_messages = {"invalid_list": _("Choose from the list.")}

    def __init__(self, options: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        self.options = options
        super().__init__(**{"default": list, "blank": True, **kwargs})

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)

        def display(instance: models.Model) -> str:
            chosen = getattr(instance, self.attname)
            return ", ".join(str(option.label) for option in self.options or () if option.value in chosen)

        display.short_description = self.verbose_name  # type: ignore[attr-defined]  # the heading of a column
        setattr(cls, f"get_{name}_display", display)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, list) or (self.options and not set(value) <= set(self.options.values)):
            raise ValidationError(self.error_messages["invalid_list"], code="invalid_list")

    def formfield(self, **kwargs: Any) -> Any:
        choices = self.options.choices if self.options else []
        defaults = {"label": capfirst(self.verbose_name), "help_text": self.help_text, "required": not self.blank}
        return forms.MultipleChoiceField(**{**defaults, "choices": choices, "widget": forms.CheckboxSelectMultiple, **kwargs})


def person_field(label: Any) -> models.ForeignKey[Any, Any]:
    """Who did something; empty until it is done."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=label
    )


def done_by_somebody(name: str, what: str) -> models.CheckConstraint:
    """`<what>_at` and `<what>_by` are both there, or neither."""
    at, by = f"{what}_at", f"{what}_by"
    return models.CheckConstraint(condition=Q(**{at: None, by: None}) | Q(**{f"{at}__isnull": False, f"{by}__isnull": False}), name=name)
