"""The power fails at random moments: nothing acknowledged is lost, nothing is torn, nothing is corrupt.

A recorded run of the writer is cut at random places; what was synced stays, of the rest a random part. The standard
library's SQLite opens what is left. WURZELWERK_CRASH_POINTS sets the number of cuts (4,000 in a normal run).
"""

import os
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import apsw
import pytest
from django.core.checks import Tags, run_checks
from django.db import connection

from tests.durability.disk import Disk
from tests.durability.ledger import BEGIN, COUNT, ENTRY, OPTIONS, SCHEMA, entries, faults
from tests.durability.recording import Kind, Operation, recording
from wurzelwerk.cli.outcomes import CommandFailed
from wurzelwerk.cli.preparing import refuse_unsafe_settings

CRASH_POINTS = int(os.environ.get("WURZELWERK_CRASH_POINTS", "4000"))
CRASH_POINTS_PER_RUN = 200
CONTROL_POINTS = 400
TRANSACTIONS = 30
NAME = "ledger.sqlite3"
WAL, SHARED = f"{NAME}-wal", f"{NAME}-shm"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="records what SQLite writes"),
]


@dataclass(frozen=True)
class Run:
    """An empty ledger and everything that was asked of the disk afterwards."""

    before: bytes
    log: list[Operation]


@pytest.mark.parametrize("share", range(4))
def test_no_power_loss_loses_or_tears_what_was_acknowledged(share: int, tmp_path: Path) -> None:
    seed = random.randrange(2**32)

    found = _lose_power(tmp_path, seed, OPTIONS, CRASH_POINTS // 4)

    assert found == Counter(), f"seed {seed}"


def test_a_writer_that_does_not_wait_for_the_disk_is_caught_losing(tmp_path: Path) -> None:
    normal = OPTIONS.replace("synchronous=FULL", "synchronous=NORMAL")

    found = _lose_power(tmp_path, 1, normal, CONTROL_POINTS)

    assert set(found) == {"lost"}
    assert found["lost"] > CONTROL_POINTS / 4


def test_a_writer_that_never_syncs_is_caught_corrupting(tmp_path: Path) -> None:
    off = OPTIONS.replace("synchronous=FULL", "synchronous=OFF")

    found = _lose_power(tmp_path, 1, off, CONTROL_POINTS)

    assert {"corrupt", "lost", "unreadable"} <= set(found)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("level", ["OFF", "NORMAL"])
def test_the_application_does_not_start_where_commits_do_not_wait_for_the_disk(level: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={level}")
    try:
        found = [error.id for error in run_checks(tags=[Tags.database], databases=["default"])]

        with pytest.raises(CommandFailed, match="synchronous below FULL"):
            refuse_unsafe_settings()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")
    assert found == ["wurzelwerk.E001"]


def _lose_power(folder: Path, seed: int, options: str, points: int) -> Counter[str]:
    """Count the points at which each kind of fault was found."""
    chance, found = random.Random(seed), Counter[str]()
    for start in range(0, points, CRASH_POINTS_PER_RUN):
        run = _record(folder / f"run-{start}", options, chance)
        for left, acknowledged, started in _crashes(run, chance, min(CRASH_POINTS_PER_RUN, points - start)):
            kinds = {fault.partition(":")[0] for fault in _open(folder, left, acknowledged, started)}
            found.update(kinds)
    return found


def _record(folder: Path, options: str, chance: random.Random) -> Run:
    """Let a writer work, check points, roll back and begin anew; return what it asked of the disk."""
    folder.mkdir()
    path = folder / NAME
    with recording(str(folder)) as log:

        def connect() -> apsw.Connection:
            opened = apsw.Connection(str(path), vfs=str(folder))
            opened.execute(options).fetchall()  # or it would stop at the first answer
            return opened

        ledger = connect()
        for statement in SCHEMA:
            ledger.execute(statement)
        ledger.close()
        run = Run(path.read_bytes(), log)
        log.clear()
        ledger = connect()
        for number in range(1, TRANSACTIONS + 1):
            _write(ledger, number, log, undone=chance.random() < 0.1)
            if chance.random() < 0.15:
                ledger.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()  # as SQLite does it every 1,000 pages
            elif chance.random() < 0.1:
                ledger.close()
                ledger = connect()
        ledger.close()
    return run


def _write(ledger: apsw.Connection, number: int, log: list[Operation], *, undone: bool) -> None:
    """Write one transaction, after one that is rolled back where ``undone``."""
    for last in ("ROLLBACK", "COMMIT") if undone else ("COMMIT",):
        log.append(Operation(Kind.STARTED, number=number))
        ledger.execute(BEGIN)
        ledger.executemany(ENTRY, entries(number))
        ledger.execute(COUNT, [number])
        ledger.execute(last)
    log.append(Operation(Kind.ACKNOWLEDGED, number=number))


def _crashes(run: Run, chance: random.Random, count: int) -> Iterator[tuple[dict[str, bytes], int, int]]:
    """Yield files, last acknowledged and last started transaction at random moments of a run."""
    disk, marks = Disk({NAME: run.before}), Counter({Kind.ACKNOWLEDGED: 0, Kind.STARTED: 0})
    moments = Counter(chance.randrange(len(run.log)) for _ in range(count))
    for moment, operation in enumerate(run.log):
        if operation.kind in marks:
            marks[operation.kind] = operation.number
        else:
            disk.do(operation)
        for _ in range(moments[moment]):
            yield disk.after_power_loss(chance), marks[Kind.ACKNOWLEDGED], marks[Kind.STARTED]


def _open(folder: Path, left: dict[str, bytes], acknowledged: int, started: int) -> list[str]:
    """Open what is left; shared memory, where it comes back at all, holds nothing of use."""
    for name in (NAME, WAL, SHARED):
        (folder / name).unlink(missing_ok=True)
    for name, content in {SHARED: os.urandom(700), **left}.items():
        (folder / name).write_bytes(content)
    with closing(sqlite3.connect(folder / NAME)) as ledger:
        with suppress(sqlite3.DatabaseError):  # told by the ledger's own check
            ledger.execute("PRAGMA synchronous=OFF")  # nobody needs this copy any more
        return faults(ledger, acknowledged=acknowledged, started=started)
