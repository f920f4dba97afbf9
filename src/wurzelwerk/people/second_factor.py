"""The second factor: names, our words, secrets unreadable without the key file."""

import base64
import hashlib
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wurzelwerk.people.rules import needs_second_factor
from wurzelwerk.ui.shell import current_brand

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(person: Any) -> bool:
    """Tell whether ``person`` has set up an app or a passkey; recovery codes alone do not count."""
    return bool(Authenticator.objects.filter(user_id=person.pk, type__in=FACTORS).exists())


def lacks_second_factor(person: Any) -> bool:
    """Tell whether ``person`` must set up a second factor before going on."""
    return not settings.DEMO and needs_second_factor(person) and not has_second_factor(person)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets encrypted and says things in our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Codes change every 30 seconds."),
        "cannot_delete_authenticator": _(
            "Your duties in this system need a second factor. Add another one first, then remove this one."
        ),
    }

    def get_totp_issuer(self) -> str:
        """Return the name that stands above the code in the app."""
        return current_brand().name

    def _get_site_name(self) -> str:
        """Return the name that the device shows for a passkey."""
        return current_brand().name

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for the database."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret, or nothing when its key is gone: then no code fits."""
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last factor of those who need one."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
        is_last = not others.exclude(pk=authenticator.pk).exists()
        return settings.DEMO or not (is_last and needs_second_factor(authenticator.user))


def _fernet() -> MultiFernet:
    """Return the cipher of the application's secret, and of earlier ones for reading."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = (hashlib.sha256(b"second factor:" + secret.encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
