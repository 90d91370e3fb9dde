"""Forms that read plainly: label, help, error beside the field, and a summary that links to each."""

from website.forms.dates import DayMonthYearField, DayMonthYearWidget
from website.forms.plain import PlainForm, PlainFormMixin, PlainModelForm, make_plain

__all__ = ["DayMonthYearField", "DayMonthYearWidget", "PlainForm", "PlainFormMixin", "PlainModelForm", "make_plain"]
