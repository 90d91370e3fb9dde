"""Accounts: an e-mail address and a name. Deactivated, never deleted."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.history import History


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # the uploads that Wagtail's models tie to it
    """A person who signs in. Names are theirs to change; roles come from groups and dated rows."""

    email = models.EmailField(_("e-mail address"), unique=True, error_messages={"unique": _("Somebody already uses this e-mail address.")})
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language of e-mails"), max_length=10, blank=True)
    is_staff = models.BooleanField(_("staff"), default=False, editable=False)
    is_active = models.BooleanField(_("active"), default=True, help_text=_("People are deactivated, never deleted: their history stays."))
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    history = History(excluded_fields=["password", "last_login"], m2m_fields=["groups"])
    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["last_name", "first_name", "email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="one_user_per_email", violation_error_message=_("Somebody already uses this e-mail address.")
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.email.lower()

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        """`H. Okafor`: what fits beside a case."""
        return f"{self.first_name[:1]}. {self.last_name}" if self.first_name and self.last_name else str(self)
