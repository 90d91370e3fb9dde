"""Finding the person a command is about."""

from django.core.management.base import CommandError

from alliance.models import User


def person_at(email: str) -> User:
    """The person with an e-mail address, whatever its case. Raises `CommandError`."""
    try:
        return User.objects.get_by_natural_key(email)
    except User.DoesNotExist:
        raise CommandError(f"Nobody here has the address {email}.") from None
