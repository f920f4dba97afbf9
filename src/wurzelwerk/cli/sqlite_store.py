"""A SQLite file: copied by SQLite's own backup interface, put back by swapping the file."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from wurzelwerk.cli.archive import sync_folder
from wurzelwerk.cli.outcomes import CommandFailed
from wurzelwerk.cli.tables import Report, Tables, refuse_other_rows

PAGES_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class SqliteStore:
    """The database in the file ``path``."""

    path: Path
    engine: str = "sqlite"
    copy_name: str = "database.sqlite3"

    def holds_tables(self) -> bool:
        """Tell whether the file exists and holds a table."""
        if not self.path.exists():
            return False
        with closing(sqlite3.connect(self.path, timeout=20)) as live:
            return bool(live.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])

    def copy(self, target: Path, report: Report) -> Tables:
        """Copy the database to a new file and return its row counts; writers are not held up.

        It is read inside one transaction: later commits neither enter the copy nor start it again.
        """
        if not self.path.exists():
            raise CommandFailed(_("There is no data yet at %(path)s.") % {"path": self.path})

        def tell(_status: int, left: int, total: int) -> None:
            report(total - left, total)

        address = f"file:{self.path}?mode=rw"
        with (
            closing(sqlite3.connect(address, uri=True, timeout=20, isolation_level=None)) as live,
            closing(sqlite3.connect(target, isolation_level=None)) as copy,
        ):
            live.execute("BEGIN")
            live.execute("SELECT count(*) FROM sqlite_master").fetchone()
            live.backup(copy, pages=PAGES_AT_ONCE, progress=tell, sleep=0)
            copy.execute("PRAGMA journal_mode=DELETE")
        return rows_of(target)

    def refuse_in_use(self) -> None:
        """Raise ``CommandFailed`` while another process has the file open; otherwise fold its log into it."""
        if not self.path.exists():
            return
        with closing(sqlite3.connect(self.path, timeout=0.2, isolation_level=None)) as live:
            try:
                mode = live.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
            except sqlite3.OperationalError:
                mode = "locked"
        if mode != "delete":
            raise CommandFailed(_("Wurzelwerk is running on this data; stop it first."))

    def put_back(self, copy: Path, expected: Tables, aside: Path) -> None:
        """Prove the copy, keep the old file in ``aside``, and swap in one step."""
        refuse_other_rows(rows_of(copy), expected)
        if self.path.exists():
            aside.mkdir(mode=0o700, exist_ok=True)
            os.link(self.path, aside / self.path.name)
        copy.replace(self.path)
        sync_folder(self.path.parent)


def rows_of(path: Path) -> Tables:
    """Return the number of rows of each table; raises ``CommandFailed`` when the file is damaged."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
            if verdict != "ok":
                raise CommandFailed(_("The database is damaged: %(reason)s") % {"reason": verdict})
            listing = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
            names = sorted(name for (name,) in copy.execute(listing))
            count = 'SELECT count(*) FROM "{}"'
            return {name: copy.execute(count.format(name.replace('"', '""'))).fetchone()[0] for name in names}
    except sqlite3.DatabaseError as error:
        raise CommandFailed(_("The database is damaged: %(reason)s") % {"reason": error}) from error
