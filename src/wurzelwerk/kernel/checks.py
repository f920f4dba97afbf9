"""System checks: the application refuses to start where acknowledged data could be lost."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connection

from wurzelwerk.kernel.keyring import KeyFileError, journal_key

SYNCHRONOUS_FULL = 2


@register(Tags.database)
def check_durability(app_configs: Any, databases: Sequence[str] | None = None, **_: Any) -> list[Error]:
    """Report a database that may lose a commit at a power failure."""
    if not databases:
        return []
    if connection.vendor == "sqlite":
        return _check_sqlite()
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        fsync = cursor.fetchone()[0]
    if fsync != "on":
        return [Error("PostgreSQL runs with fsync off: acknowledged data can be lost.", id="wurzelwerk.E002")]
    return []


@register("keys", deploy=True)
def check_journal_key(app_configs: Any, **_: Any) -> list[Error]:
    """Report a missing or readable key file of the journal."""
    try:
        journal_key(settings.KEY_FOLDER)
    except KeyFileError as error:
        return [Error(str(error), id="wurzelwerk.E003")]
    return []


def _check_sqlite() -> list[Error]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        synchronous = cursor.fetchone()[0]
    if synchronous < SYNCHRONOUS_FULL:
        return [
            Error(
                "SQLite runs with synchronous below FULL: a power failure can lose acknowledged data.",
                hint="Leave the database options as Wurzelwerk sets them.",
                id="wurzelwerk.E001",
            )
        ]
    return []
