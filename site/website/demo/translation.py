"""Translate a page or snippet as a person would in the translation editor, from words given side by side."""

from __future__ import annotations

from html import unescape
from typing import Any

from django.db.models import Model
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue


def translate(instance: Any, words: dict[str, str], *, language: str = "cy") -> Model:
    """
    Make or renew the translation of an instance and publish it. Words that are not given stay as they are.

    `words` maps each text of the source (a field, or a paragraph of rich text) to its translation.
    """
    locale = Locale.objects.get(language_code=language)
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    segments = StringSegment.objects.filter(source=source).select_related("string").order_by("order")
    translated = [_translated(segment, locale, found) for segment in segments if (found := words.get(unescape(segment.string.data)))]
    StringTranslation.objects.bulk_create(translated, ignore_conflicts=True)
    is_page = isinstance(instance, Page)
    translation.save_target(publish=not is_page)
    target = source.get_translated_instance(locale)
    if is_page:
        target.get_latest_revision().publish()
        target.refresh_from_db()
    return target


def _translated(segment: StringSegment, locale: Locale, text: str) -> StringTranslation:
    return StringTranslation(
        translation_of=segment.string,
        locale=locale,
        context_id=segment.context_id,
        data=StringValue.from_plaintext(text).data,
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
    )
