from django.apps import AppConfig
from django.db.models.signals import post_save


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        from allauth.account.signals import email_confirmed, user_signed_up

        from alliance.models import User
        from alliance.signals import school_role_decided
        from portal.receivers import tell_claimant
        from portal.sign_in_addresses import drop_old_addresses, forget_unproven_password, remember_sign_up

        school_role_decided.connect(tell_claimant)
        post_save.connect(drop_old_addresses, sender=User)
        user_signed_up.connect(remember_sign_up)
        email_confirmed.connect(forget_unproven_password)
