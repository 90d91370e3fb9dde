"""A date as three short boxes: day, month, year. People copy dates from paper; a calendar picker is slower."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class DayMonthYearWidget(forms.MultiWidget):
    template_name = "website/components/date.html"
    use_fieldset = True
    part_labels = (_("Day"), _("Month"), _("Year"))

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        lengths = {"day": 2, "month": 2, "year": 4}
        parts: dict[str, forms.Widget | type[forms.Widget]]
        parts = {name: forms.TextInput({"inputmode": "numeric", "maxlength": length, "class": "input"}) for name, length in lengths.items()}
        super().__init__(parts, attrs)

    def decompress(self, value: date | None) -> list[Any]:
        return [value.day, value.month, value.year] if value else [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], self.part_labels, strict=True):
            part["label"] = label
        return context


class DayMonthYearField(forms.MultiValueField):
    """A `date`, or None when all three boxes are empty and the field is not required."""

    widget = DayMonthYearWidget
    default_error_messages = {"invalid": _("Enter a real date, such as 27 3 2026"), "incomplete": _("Enter a day, a month and a year")}

    def __init__(self, **options: Any) -> None:
        parts = tuple(forms.IntegerField(min_value=1, max_value=most, localize=False) for most in (31, 12, 9999))
        super().__init__(parts, require_all_fields=True, **options)

    def clean(self, value: Any) -> date | None:
        """Say one thing about the date, not one for each box."""
        parts = [str(part or "").strip() for part in value or ()]
        if not any(parts):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if not all(parts):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        try:
            day, month, year = (int(part) for part in parts)
            found = date(year, month, day)
        except (ValueError, OverflowError) as error:  # no day, or more digits than a date can hold
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        self.validate(found)
        self.run_validators(found)
        return found

    def compress(self, data_list: list[Any]) -> date | None:
        return date(data_list[2], data_list[1], data_list[0]) if data_list else None
