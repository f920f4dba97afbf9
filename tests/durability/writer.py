"""Writes ledgers until it is killed: ``python -m tests.durability.writer FOLDER``.

For each name of a database on its standard input it parts off a process, which writes through Django with the
product's own database settings. Its pipe says ``writer PID``, then the number of each transaction that the database
has acknowledged, and ``ended`` once the process is no more.
"""

import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.db import connection, transaction

from tests.durability.ledger import COUNT, ENTRY, SCHEMA, entries
from wurzelwerk.config.databases import database_from_url


def say(text: str) -> None:
    """Write a line at once; it is shorter than what a pipe takes in one piece."""
    os.write(sys.stdout.fileno(), f"{text}\n".encode())


def write_for_ever(path: Path) -> None:
    """Append transactions to the ledger and acknowledge each after its commit."""
    connection.settings_dict["NAME"] = str(path)
    number = _last_number()
    while True:
        number += 1
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(ENTRY.replace("?", "%s"), entries(number))
            cursor.execute(COUNT.replace("?", "%s"), [number])
        say(str(number))


def _last_number() -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        if not connection.introspection.table_names(cursor):
            for statement in SCHEMA:
                cursor.execute(statement)
        cursor.execute("SELECT number FROM counter")
        return int(cursor.fetchone()[0])


def main(folder: Path) -> None:
    """Part off a writer for every name until the input ends."""
    settings.configure(DATABASES={"default": database_from_url(f"sqlite:///{folder}/unused.sqlite3")})
    django.setup()
    connection.prepare_database()  # loads Django's part for SQLite once, before the processes part
    for line in sys.stdin:
        if (child := os.fork()) == 0:
            say(f"writer {os.getpid()}")
            try:
                write_for_ever(folder / line.strip())
            finally:
                os._exit(1)
        os.waitpid(child, 0)
        say("ended")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
