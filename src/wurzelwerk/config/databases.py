"""Database settings from a URL, with the durability that acknowledged data needs."""

from typing import Any

from environs import Env

SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
    ),
}
POSTGRESQL_OPTIONS: dict[str, Any] = {"pool": {"min_size": 1, "max_size": 4, "timeout": 20}}


def database_from_url(url: str) -> dict[str, Any]:
    """Return Django's database settings for ``url`` (sqlite or postgres).

    Raises ``ValueError`` for any other engine: only these two are tested.
    """
    settings: dict[str, Any] = Env().dj_db_url("WURZELWERK_NO_SUCH_VARIABLE", url)
    engine = settings["ENGINE"]
    if engine.endswith("sqlite3"):
        # Opening the file anew for each request would cost more than the page: the tables are read again.
        return settings | {"OPTIONS": SQLITE_OPTIONS, "CONN_MAX_AGE": None}
    if engine.endswith("postgresql"):
        return settings | {"OPTIONS": POSTGRESQL_OPTIONS, "CONN_MAX_AGE": 0}
    message = f"DATABASE_URL names {engine!r}; Wurzelwerk runs on SQLite or PostgreSQL."
    raise ValueError(message)
