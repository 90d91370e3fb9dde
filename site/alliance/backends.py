"""Sign-in with an e-mail address and a password."""

from allauth.account.auth_backends import AuthenticationBackend


class AllianceBackend(AuthenticationBackend):
    """
    Allauth's e-mail sign-in with Django's permission checks, under a name of our own that sessions store.

    It knows addresses without regard to case, refuses people who were deactivated, and takes as long over an
    unknown address as over a wrong password.
    """
