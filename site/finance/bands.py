"""What a cancellation costs by its notice: the bands of a policy, as they are edited, checked and put in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks

MOST_NOTICE = 365


class Band(NamedTuple):
    """From so many whole working days before the day of service, and until the next longer notice: per cent of the price."""

    notice: int
    percent: int


class BandBlock(blocks.StructBlock):
    """Edited in the admin. In the history it reads as a band does everywhere else."""

    notice = blocks.IntegerBlock(
        label=_("Working days before"), min_value=0, max_value=MOST_NOTICE, help_text=_("This many or more. 0 is the day itself.")
    )
    percent = blocks.IntegerBlock(label=_("Fee, per cent of the price"), min_value=0, max_value=100, help_text=_("0 is free."))

    def render_basic(self, value: Any, context: Any = None) -> str:
        return f"{_notice_in_words(value['notice'], None)}: {_percent_in_words(value['percent'])}"

    class Meta:
        icon = "calendar-alt"
        label = _("Band")


def check_bands(bands: Sequence[Band]) -> None:
    """Raise `ValidationError` unless every notice has one fee, from the day itself on, and longer notice costs no more."""
    longest_first = sorted(bands, reverse=True)
    notices = [band.notice for band in longest_first]
    if any(not 0 <= band.percent <= 100 or not 0 <= band.notice <= MOST_NOTICE for band in bands):
        raise ValidationError(_t("A fee is from 0 to 100 per cent, a notice from 0 to %(most)d working days.") % {"most": MOST_NOTICE})
    if 0 not in notices:
        raise ValidationError(_t("Say what a cancellation costs with 0 working days’ notice."))
    if len(set(notices)) < len(notices):
        raise ValidationError(_t("Two bands have the same notice. Leave one of them."))
    percents = [band.percent for band in longest_first]
    if percents != sorted(percents):
        raise ValidationError(_t("Longer notice cannot cost more than shorter notice."))


def bands_in_words(bands: Sequence[Band]) -> list[str]:
    """`10 or more working days before: free`, the longest notice first; `bands` are sorted so."""
    longer = [None, *(band.notice for band in bands[:-1])]
    return [f"{_notice_in_words(band.notice, above)}: {_percent_in_words(band.percent)}" for band, above in zip(bands, longer, strict=True)]


def _percent_in_words(percent: int) -> str:
    return _t("%(percent)d per cent of the price") % {"percent": percent} if percent else _t("free")


def _notice_in_words(notice: int, above: int | None) -> str:
    if above is None:
        if notice == 0:
            return _t("At any time")
        return ngettext("%(days)d or more working days before", "%(days)d or more working days before", notice) % {"days": notice}
    if notice == 0:
        return ngettext("Fewer than %(days)d working day before", "Fewer than %(days)d working days before", above) % {"days": above}
    if above == notice + 1:
        return ngettext("%(days)d working day before", "%(days)d working days before", notice) % {"days": notice}
    return _t("%(first)d to %(last)d working days before") % {"first": notice, "last": above - 1}
