"""Contacts as pages show them: one per role, in the reader's language, with no query."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from website.freshness import per_content
from website.models.contacts import ContactRole
from website.wording import wording


@dataclass(frozen=True)
class Contact:
    key: str
    title: str
    person_name: str
    telephone: str
    email: str
    hours: str

    @property
    def telephone_digits(self) -> str:
        """For a tel: link."""
        return re.sub(r"[^0-9+]", "", self.telephone)


def contacts() -> list[Contact]:
    """All contacts in the active language, in their order."""
    return list(_contacts(translation.get_language() or settings.LANGUAGE_CODE).values())


def contact_for(key: str) -> Contact | None:
    """The contact of a role in the active language, or None when nobody keeps it any more."""
    return _contacts(translation.get_language() or settings.LANGUAGE_CODE).get(key)


@per_content
def _contacts(language: str) -> dict[str, Contact]:
    roles = list(ContactRole.objects.select_related("locale").order_by("order", "title", "pk"))
    translated = {role.key: role for role in roles if role.locale.language_code == language}
    hours = wording(language).telephone_hours
    found = {}
    for role in roles:
        if role.locale.language_code == settings.LANGUAGE_CODE:
            words = translated.get(role.key, role)
            found[role.key] = Contact(role.key, words.title, role.person_name, role.telephone, role.email, words.hours or hours)
    return found


def contact_choices() -> list[tuple[str, str]]:
    """For an editor's choice of a contact."""
    return [(contact.key, contact.title) for contact in contacts()]
