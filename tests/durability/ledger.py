"""A ledger that shows every loss: numbered transactions of several rows each, whose content follows from their number.

Transaction ``n`` writes ``PARTS`` entries and sets the counter to ``n``, all or nothing.
"""

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterator

from wurzelwerk.config.databases import SQLITE_OPTIONS

PARTS = 4
LONGEST_PAYLOAD = 3000
# As Django opens each connection, so that both tests write with what the product writes with.
OPTIONS: str = SQLITE_OPTIONS["init_command"]
BEGIN = f"BEGIN {SQLITE_OPTIONS['transaction_mode']}"
SCHEMA = (
    "CREATE TABLE entry (number INT NOT NULL, part INT NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (number, part))",
    "CREATE TABLE counter (id INTEGER PRIMARY KEY, number INTEGER NOT NULL)",
    "INSERT INTO counter VALUES (1, 0)",
)
ENTRY = "INSERT INTO entry VALUES (?, ?, ?)"
COUNT = "UPDATE counter SET number = ?"


def payload(number: int, part: int) -> bytes:
    """Return the content of an entry: from 32 bytes to most of a page."""
    digest = hashlib.sha256(f"{number}/{part}".encode()).digest()
    return digest * (1 + (number * 37 + part * 811) % LONGEST_PAYLOAD // len(digest))


def entries(number: int) -> list[tuple[int, int, bytes]]:
    """Return the rows that transaction ``number`` writes."""
    return [(number, part, payload(number, part)) for part in range(PARTS)]


def faults(connection: sqlite3.Connection, *, acknowledged: int, started: int) -> list[str]:
    """Return what is wrong with a ledger after a crash; nothing is what it should be.

    Transactions up to ``acknowledged`` must be there, one up to ``started`` may be, each whole or not at all.
    """
    try:
        sound = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        if sound != ["ok"]:
            return [f"corrupt: {complaint}" for complaint in sound]
        rows = connection.execute("SELECT number, part, payload FROM entry").fetchall()
        counted = connection.execute("SELECT number FROM counter").fetchall()
    except sqlite3.DatabaseError as error:
        return [f"unreadable: {error}"]
    found: defaultdict[int, list[tuple[int, int, bytes]]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return [
        *(f"lost: {number}" for number in range(1, max([acknowledged, *found]) + 1) if number not in found),
        *_torn(found),
        *(f"never written: {number}" for number in sorted(found) if number > started),
        *([] if counted == [(max(found, default=0),)] else [f"torn: the counter says {counted}"]),
    ]


def _torn(found: dict[int, list[tuple[int, int, bytes]]]) -> Iterator[str]:
    for number, rows in sorted(found.items()):
        if sorted(rows) != entries(number):
            yield f"torn: {number} has {len(rows)} of {PARTS} entries, or other content"
