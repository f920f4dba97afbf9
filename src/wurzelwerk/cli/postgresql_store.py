"""A PostgreSQL database: copied by ``pg_dump``, put back by ``psql`` in one transaction."""

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from wurzelwerk.cli.outcomes import CommandFailed
from wurzelwerk.cli.tables import Report, Tables, refuse_other_rows

VARIABLES = {
    "dbname": "PGDATABASE",
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
}
OTHER_SESSIONS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)
EMPTY = "SET lock_timeout = '10s'; DROP SCHEMA public CASCADE; CREATE SCHEMA public"


@dataclass(frozen=True, slots=True)
class PostgresqlStore:
    """The database reached by ``parameters`` (dbname, host, port, user, password)."""

    parameters: dict[str, str] = field(repr=False)
    engine: str = "postgresql"
    copy_name: str = "database.dump"

    def holds_tables(self) -> bool:
        """Tell whether there is a table."""
        with self._connect() as live:
            return bool(_first(live, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))

    def copy(self, target: Path, report: Report) -> Tables:
        """Write a dump and return the row counts of the same moment; how far it is cannot be told."""
        with self._connect() as live:
            live.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            live.read_only = True
            snapshot = _first(live, "SELECT pg_export_snapshot()")
            tables = _rows_of(live)
            portable = ["--format=custom", "--no-owner", "--no-privileges"]
            self._call("pg_dump", *portable, f"--snapshot={snapshot}", f"--file={target}")
        report(1, 1)
        return tables

    def refuse_in_use(self) -> None:
        """Raise ``CommandFailed`` while other sessions use the database."""
        with self._connect() as live:
            if _first(live, OTHER_SESSIONS):
                raise CommandFailed(_("Wurzelwerk is running on this data; stop it first."))

    def put_back(self, copy: Path, expected: Tables, aside: Path) -> None:
        """Replace everything in one transaction, then count; PostgreSQL keeps nothing of the old in ``aside``."""
        script = copy.with_suffix(".sql")
        self._call("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(copy))
        quiet = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
        self._call("psql", *quiet, "--single-transaction", "--command", EMPTY, "--file", str(script))
        script.unlink()
        with self._connect() as live:
            refuse_other_rows(_rows_of(live), expected)

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(**self.parameters)  # type: ignore[arg-type]

    def _call(self, program: str, *words: str) -> None:
        """Run one of PostgreSQL's programs; the password travels in the environment, never in the arguments."""
        if shutil.which(program) is None:
            raise CommandFailed(
                _("%(program)s is missing. Install it with: sudo apt-get install postgresql-client")
                % {"program": program}
            )
        environment = os.environ | {VARIABLES[name]: value for name, value in self.parameters.items()}
        done = subprocess.run([program, *words], env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CommandFailed(
                _("%(program)s failed: %(reason)s") % {"program": program, "reason": done.stderr.strip()}
            )


def _rows_of(live: psycopg.Connection[tuple[Any, ...]]) -> Tables:
    listing = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    names = [str(name) for (name,) in live.execute(listing).fetchall()]
    count = sql.SQL("SELECT count(*) FROM {}")
    return {name: _first(live, count.format(sql.Identifier("public", name))) for name in names}


def _first(live: psycopg.Connection[tuple[Any, ...]], query: str | sql.Composed) -> Any:
    row = live.execute(query).fetchone()
    return row[0] if row else None
