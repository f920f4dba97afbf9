"""A system check: whether the key that is there is the key of the texts that are there."""

from typing import Any

from django.core.checks import Warning as CheckWarning
from django.core.checks import register
from django.db import DatabaseError

from wurzelwerk.journal.queries import unreadable_count
from wurzelwerk.kernel.keyring import KeyFileError


@register("keys", deploy=True)
def check_key_fits(app_configs: Any, **_: Any) -> list[CheckWarning]:
    """Report entries that the key file does not open; a missing file is reported by the kernel."""
    try:
        count = unreadable_count()
    except (DatabaseError, KeyFileError, ValueError):
        return []
    if not count:
        return []
    return [
        CheckWarning(
            f"The journal's key file does not open {count} entries; they were sealed with another key.",
            hint="Put the former key into the file again, on a line below the new one.",
            id="wurzelwerk.W010",
        )
    ]
