"""Addresses by name; one without arguments is worked out once, for a page holds dozens of them."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse


def address(name: str) -> str:
    """Return the address named ``name``; raises ``NoReverseMatch``."""
    return _address(name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(maxsize=512)
def _address(name: str, urlconf: str, prefix: str) -> str:
    return reverse(name, urlconf)
