"""Where the data are: a database that can be copied whole while others write, and put back."""

from pathlib import Path
from typing import Protocol

from django.db import connection

from wurzelwerk.cli.postgresql_store import PostgresqlStore
from wurzelwerk.cli.sqlite_store import SqliteStore
from wurzelwerk.cli.tables import Report, Tables


class Store(Protocol):
    """A database seen from outside."""

    @property
    def engine(self) -> str:
        """Return Django's name of the kind of database."""

    @property
    def copy_name(self) -> str:
        """Return what a copy is called in a backup."""

    def holds_tables(self) -> bool:
        """Tell whether there is anything that a restore would replace."""

    def copy(self, target: Path, report: Report) -> Tables:
        """Write one consistent moment to a new file; return the rows of each table at that moment."""

    def refuse_in_use(self) -> None:
        """Raise ``CommandFailed`` while the application has the database open."""

    def put_back(self, copy: Path, expected: Tables, aside: Path) -> None:
        """Replace everything by ``copy`` in one step; raises ``CommandFailed`` when rows are missing."""


def configured_store() -> Store:
    """Return the database that the settings name."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return SqliteStore(Path(given["NAME"]))
    names = {"NAME": "dbname", "HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
    return PostgresqlStore({ours: str(given[name]) for name, ours in names.items() if given.get(name)})
