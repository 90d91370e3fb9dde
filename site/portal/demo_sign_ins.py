"""Who can sign in to the demo, for the list that `make run` prints."""

from __future__ import annotations

from alliance.demo import AT_SCHOOLS, LEADERS, STAFF


def demo_sign_ins() -> list[tuple[str, str]]:
    """What the person is, and the e-mail address; one for every role."""
    staff = [(label, f"{key}@example.org") for key, *_rest, label in STAFF]
    schools = [(label, f"{key}@example.org") for key, *_rest, label in AT_SCHOOLS]
    return [
        *staff,
        *schools,
        ("System leader", f"{LEADERS[0][0]}@example.org"),
        ("Someone whose role is not verified yet", "claimant@example.org"),
        ("Someone who only comments", "commenter@example.org"),
        ("Administrator", "admin@example.org"),
    ]
