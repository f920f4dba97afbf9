"""A writer that acknowledges each commit is killed at random points: nothing acknowledged is lost, nothing is torn.

WURZELWERK_KILLS sets the number of kills (60 in a normal run).
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

import pytest
from django.db import connection

from tests.durability.ledger import faults

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("WURZELWERK_KILLS", "60"))
KILLS_PER_LEDGER = 10
LATEST_KILL_SECONDS = 0.25

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="kills a writer of SQLite"),
]


class Nursery:
    """Starts writers and kills them."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.orders: IO[str] = process.stdin
        self.answers: IO[str] = process.stdout

    def kill_writer(self, ledger: str, after: float) -> list[int]:
        """Let a writer write for ``after`` seconds, kill it; return the transactions it has acknowledged."""
        self.orders.write(f"{ledger}\n")
        self.orders.flush()
        writer, pid = self.answers.readline().split()
        assert writer == "writer"
        time.sleep(after)
        os.kill(int(pid), signal.SIGKILL)
        return [int(line) for line in iter(self.answers.readline, "ended\n")]


@pytest.fixture
def nursery(tmp_path: Path) -> Iterator[Nursery]:
    words = [sys.executable, "-m", "tests.durability.writer", str(tmp_path)]
    with subprocess.Popen(
        words, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment()
    ) as process:
        yield Nursery(process)


def test_no_kill_loses_or_tears_what_was_acknowledged(nursery: Nursery, tmp_path: Path) -> None:
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    sure, total = 0, 0

    for kill in range(KILLS):
        ledger = f"ledger-{kill // KILLS_PER_LEDGER}.sqlite3"
        sure = 0 if kill % KILLS_PER_LEDGER == 0 else sure
        acknowledged = nursery.kill_writer(ledger, chance.uniform(0, LATEST_KILL_SECONDS))
        total += len(acknowledged)

        sure, found = _open_again(tmp_path / ledger, max([sure, *acknowledged]))
        assert found == [], f"kill {kill}, seed {seed}"
    assert total > KILLS


def _open_again(path: Path, acknowledged: int) -> tuple[int, list[str]]:
    """Open the ledger as the next start would; return the last transaction, which must stay now, and all faults."""
    with closing(sqlite3.connect(path)) as ledger:
        if acknowledged == 0 and ledger.execute("SELECT 1 FROM sqlite_schema").fetchone() is None:
            return 0, []  # killed before the tables were made
        found = faults(ledger, acknowledged=acknowledged, started=acknowledged + 1)
        return (0 if found else ledger.execute("SELECT number FROM counter").fetchone()[0]), found


def _environment() -> dict[str, str]:
    """Return what the writer finds around it; where it is killed, no coverage can be written."""
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return {**kept, "PYTHONPATH": paths}
