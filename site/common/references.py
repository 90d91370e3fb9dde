"""References people read over the telephone: prefix, six unambiguous characters, a check character."""

import secrets

# 29 characters, a prime, so that the weighted sum finds every single wrong character and every swap of two.
# Left out: 0/O, 1/I/L, U (taken for V), Z (taken for 2).
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXY"
LENGTH = 6


class InvalidReference(ValueError):
    """The text is not a reference: wrong shape, or the check character does not fit."""


def _check_character(body: str) -> str:
    return ALPHABET[sum(weight * ALPHABET.index(c) for weight, c in enumerate(body, start=2)) % len(ALPHABET)]


def new_reference(prefix: str) -> str:
    """Draw a reference such as `S2S-7K4M9Q-3`. Never a credential: whoever knows it may do nothing with it."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{prefix}-{body}-{_check_character(body)}"


def parse_reference(text: str) -> str:
    """
    Bring what a person typed into the stored form: case, spaces and dashes do not matter.

    Raises `InvalidReference` when it cannot be one.
    """
    compact = "".join(c for c in text[:40].upper() if c.isalnum())
    prefix, body, check = compact[: -LENGTH - 1], compact[-LENGTH - 1 : -1], compact[-1:]
    if not prefix or len(body) != LENGTH or any(c not in ALPHABET for c in body) or _check_character(body) != check:
        raise InvalidReference(text)
    return f"{prefix}-{body}-{check}"
