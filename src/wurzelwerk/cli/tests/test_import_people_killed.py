"""An import that is killed at any moment ends, called again, exactly like one that nobody disturbed.

WURZELWERK_KILLS sets how many moments are tried, evenly spread over all statements (10 in a normal run).
"""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from wurzelwerk.cli.tests.calling import environment

KILLS = int(os.environ.get("WURZELWERK_KILLS", "10"))
HEADING = "Personalnummer;Vorname;Nachname;Organisationspfad;Stelle;Standort;Arbeitszeitmodell;Vorgesetzte\n"
BEFORE = HEADING + "".join(
    f"{number};Vor{number};Nach{number};Werk / Halle {number % 3};Montage;Nord;Vollzeit;{1 if number > 1 else ''}\n"
    for number in range(1, 9)
)
AFTER = HEADING + "".join(
    f"{number};Vor{number};{'Neu' if number == 5 else 'Nach'}{number};Werk / Halle {number % 4};"
    f"{'Leitung' if number > 9 else 'Montage'};Süd;Teilzeit 20 h;{9 if number != 9 else ''}\n"
    for number in range(2, 14)
)
STATE = """
    SELECT p.staff_number, p.given_name, p.family_name, p.is_active, p.left_on, u.path, j.code, s.code, w.code,
        m.staff_number
    FROM people_person p LEFT JOIN people_employment e ON e.person_id = p.id
    LEFT JOIN people_orgunit u ON u.id = e.unit_id LEFT JOIN people_jobrole j ON j.id = e.job_role_id
    LEFT JOIN people_site s ON s.id = e.site_id LEFT JOIN people_workpattern w ON w.id = e.work_pattern_id
    LEFT JOIN people_person m ON m.id = e.manager_id ORDER BY p.staff_number
"""
UNITS = "SELECT code, name, path, depth FROM people_orgunit ORDER BY code"
IMAGES = """
    SELECT p.staff_number, b.family_name, b.changes_access
    FROM people_importbefore b JOIN people_person p ON p.id = b.person_id ORDER BY p.staff_number
"""
BATCHES = """
    SELECT a.details FROM kernel_auditentry a JOIN people_peopleimport i ON i.public_id = a.subject_id
    WHERE a.verb = 'people.import_batch' AND i.turn = 2 ORDER BY a.id
"""
OPEN = "SELECT state FROM people_peopleimport WHERE state NOT IN ('applied', 'discarded') OR is_writing"
STATES = {"persons": STATE, "units": UNITS, "images": IMAGES, "batches": BATCHES, "open": OPEN}


class Shell:
    """Calls the command in processes that can be killed."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def call(self, database: Path, *words: str, kill_at: int = 0) -> dict[str, Any]:
        """Call ``import-people`` and return how it ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        order = {"database": str(database), "kill_at": kill_at, "words": ["--language", "en", "import-people", *words]}
        print(json.dumps(order), file=self._process.stdin, flush=True)
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    words = [sys.executable, "-m", "wurzelwerk.cli.tests.killed_command"]
    kept = {name: value for name, value in environment(tmp_path / "data").items() if not name.startswith("COV")}
    (tmp_path / "data").mkdir()
    with subprocess.Popen(words, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=kept) as process:
        yield Shell(process)
        assert process.stdin is not None
        process.stdin.close()


def copy_database(source: Path, target: Path) -> None:
    """Copy a database with what still lies in its log."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def state_of(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything an import leaves behind, without keys and instants."""
    with closing(sqlite3.connect(database)) as connection:
        found = {name: connection.execute(sql).fetchall() for name, sql in STATES.items()}
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return found


def test_import_killed_at_any_moment_ends_like_one_nobody_disturbed(
    migrated: Path, shell: Shell, tmp_path: Path
) -> None:
    before, after = tmp_path / "before.csv", tmp_path / "after.csv"
    before.write_text(BEFORE)
    after.write_text(AFTER)
    start = tmp_path / "start.sqlite3"
    copy_database(next(migrated.glob("*.sqlite3")), start)
    assert shell.call(start, str(before), "--yes")["code"] == 0
    words = (str(after), "--complete", "--confirm-leavers", "--yes")
    undisturbed = tmp_path / "undisturbed.sqlite3"
    copy_database(start, undisturbed)
    ended = shell.call(undisturbed, *words)
    assert ended["code"] == 0, ended["said"]
    expected = state_of(undisturbed)
    statements = int(re.findall(r"statements: (\d+)", ended["said"])[0])
    assert (len(expected["persons"]), expected["open"]) == (13, [])
    assert len(expected["batches"]) > 10

    for kill in range(1, KILLS + 1):
        database = tmp_path / f"{kill}.sqlite3"
        copy_database(start, database)
        kill_at = max(1, kill * statements // (KILLS + 1))

        killed = shell.call(database, *words, kill_at=kill_at)
        resumed = shell.call(database, *words)

        assert killed["code"] == -9, killed["said"]
        assert resumed["code"] == 0, (kill_at, resumed["said"])
        assert state_of(database) == expected, f"killed at statement {kill_at} of {statements}"
