"""The code on a letter: how it is made, written, read and compared."""

import secrets
from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

LETTERS: Final = "23456789BCDFGHJKMNPQRTVWXZ"
"""No vowels and nothing that looks like something else: no words by accident, readable on paper."""
LENGTH: Final = 12
GROUP: Final = 4


def new_code() -> str:
    """Return a code of 12 letters (about 56 bits), as the machine compares it."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def written(code: str) -> str:
    """Return ``code`` in groups, as it stands on the letter."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def as_compared(typed: str) -> str:
    """Return what somebody typed without spaces and hyphens, in capitals."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def digest_of(person_key: int, code: str, *, secret: str | None = None) -> str:
    """Return what is kept of a code: it cannot be tried out without the application's secret."""
    return salted_hmac("people.access_code", f"{person_key}:{code}", secret=secret, algorithm="sha256").hexdigest()


def fits(person_key: int, code: str, kept: str) -> bool:
    """Tell whether ``kept`` is the digest of ``code``, made with the present secret or an earlier one."""
    secrets_in_use = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return _any_equal((digest_of(person_key, code, secret=secret) for secret in secrets_in_use), kept)


def _any_equal(digests: Iterable[str], kept: str) -> bool:
    return any([constant_time_compare(digest, kept) for digest in digests])  # noqa: C419 - always all of them
