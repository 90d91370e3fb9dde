"""The alliance's name, for e-mails and people's apps."""

from django.conf import settings
from django.utils import translation

from website.wording import wording


def alliance_name() -> str:
    """The name that the site settings give in the active language."""
    return wording(translation.get_language() or settings.LANGUAGE_CODE).name
