"""Gaps and learning debt of everybody from all evidence, beside a bare pass over the same columns (P11, P12).

400,000 persons with 40 required competences each and 40 pieces of made-up evidence each, in a SQLite table
of numbers; BENCH_PERSONS makes it fewer. It runs in a process of its own, in a folder of its own. Measured
are the arithmetic in arrays alone; then reading the table, the arithmetic and writing what changed since
yesterday; then one person after one event, from reading their evidence to the commit.
"""

import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.figures import Figure, percentile
from wurzelwerk.competences.debt import DEFAULT_CURVE, Known, Learned, Position, book, debt_of
from wurzelwerk.competences.debt.many import CHUNK, EVIDENCE, Targets, kinds, reckon
from wurzelwerk.competences.estimating import Piece, estimate

REQUIRED = 40
PIECES = 40
COMPETENCES = 14_000
ROLES = 400
TODAY = date(2026, 11, 23)
HALF_LIFE = 335
VISIBLE_HOURS = 0.01
"""What changed by less is not written."""
MEGABYTE = 1024
MOST_MEGABYTES = 400
SINGLE_EVENTS = 300
TABLES = """
CREATE TABLE evidence (person INT, number INT, level REAL, competence INT, kind INT, day INT, newest INT,
                       PRIMARY KEY (person, number)) WITHOUT ROWID;
CREATE TABLE debt (person INTEGER PRIMARY KEY, hours REAL, unknown_hours REAL);
CREATE TABLE entry (day INT, person INT, competence INT, account TEXT, hours REAL, reason TEXT, rule_version INT);
"""
READ = """
SELECT level, (person << 32) | competence, (day << 32) | ((newest - day) << 8) | kind
FROM evidence WHERE person >= ? AND person < ?
"""
PACKED = np.dtype([("level", "f8"), ("about", "i8"), ("seen", "i8")])
"""What READ answers: six columns as three, because every value that leaves SQLite costs as much as the next."""
READ_ONE = "SELECT level, competence, kind, day FROM evidence WHERE person = ?"
BARE = "SELECT sum(level), sum(person), sum(competence), sum(kind), sum(day), sum(newest) FROM evidence"


def measure() -> Iterator[Figure]:
    """Fill a table in a folder of its own and report seconds, memory and the time of one person."""
    with tempfile.TemporaryDirectory(prefix="wurzelwerk-bench-") as folder:
        answer = subprocess.run(
            [sys.executable, "-m", "bench.debt", folder], env=os.environ, stdout=subprocess.PIPE, check=True
        )
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    label = f"{found['persons']:,} persons, {found['pieces']:,} pieces"
    yield Figure("", f"debt: arithmetic alone, {label}", found["reckoned"], "s", found["summed"], "sum of columns")
    yield Figure(
        "P11",
        f"debt: read, reckon, write {found['written']:,} changes, SQLite, {label}",
        found["whole"],
        "s",
        found["bare"],
        "sums in SQL",
        gate=20,
        moonshot=4,
    )
    for part in ("reading", "writing"):
        yield Figure("", f"debt: of this {part}", found[part], "s")
    yield Figure("", "debt: memory at most", found["megabytes"], "MB", gate=MOST_MEGABYTES)
    for percent in (50, 95):
        value = percentile(found["single"], percent)
        yield Figure("P12", f"debt: one person after an event, p{percent}, SQLite", value, "ms", gate=10, moonshot=3)


@dataclass
class Company:
    """Made-up roles and persons; the evidence of a chunk of persons is the same each time it is asked for."""

    persons: int

    def __post_init__(self) -> None:
        chance = np.random.default_rng(1)
        self.asked = np.array([chance.choice(COMPETENCES, REQUIRED, replace=False) for _role in range(ROLES)])
        levels = chance.integers(1, 6, (ROLES, REQUIRED))
        weights = chance.uniform(0.1, 1, (ROLES, REQUIRED))
        asked = [
            dict(zip(row, zip(level, weight, strict=True), strict=True))
            for row, level, weight in zip(self.asked.tolist(), levels.tolist(), weights.tolist(), strict=True)
        ]
        self.targets = Targets.of(asked, [HALF_LIFE] * COMPETENCES, [DEFAULT_CURVE] * COMPETENCES)
        self.roles = chance.integers(0, ROLES, self.persons, dtype=np.int32)

    @property
    def chunks(self) -> Iterator[tuple[int, int]]:
        """Yield the first person of each chunk and the first one after it."""
        for first in range(0, self.persons, CHUNK):
            yield first, min(first + CHUNK, self.persons)

    def evidence(self, first: int, end: int) -> NDArray[Any]:
        """Return the evidence of some persons: mostly about what their role asks for, some about other things."""
        chance = np.random.default_rng([2, first])
        rows = np.zeros((end - first) * PIECES, EVIDENCE)
        rows["person"] = np.repeat(np.arange(first, end), PIECES)
        own = self.asked[self.roles[rows["person"]], chance.integers(0, REQUIRED, len(rows))]
        other = chance.integers(0, COMPETENCES, len(rows))
        rows["competence"] = np.where(chance.random(len(rows)) < 0.9, own, other)  # noqa: PLR2004 - nine in ten
        rows["kind"] = chance.integers(0, len(kinds()), len(rows))
        rows["level"] = chance.integers(0, 6, len(rows))
        rows["day"] = TODAY.toordinal() - chance.integers(0, 1500, len(rows))
        rows["newest"] = rows["day"]
        return rows


def work(folder: Path) -> dict[str, Any]:
    """Measure all of it with the database in ``folder``."""
    company = Company(int(os.environ.get("BENCH_PERSONS", "400000")))
    found: dict[str, Any] = {"persons": company.persons, "pieces": company.persons * PIECES}
    found |= arithmetic(company)
    database = sqlite3.connect(folder / "bench.sqlite3", isolation_level=None)
    database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + TABLES)
    fill(database, company)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    found |= everybody(database, company)
    stored = database.execute("SELECT sum(hours) FROM debt").fetchone()[0]
    if abs(stored - found["hours"]) > VISIBLE_HOURS * company.persons:
        raise SystemExit(f"{stored} hours of debt are stored, {found['hours']} were reckoned")
    started = perf_counter()
    database.execute(BARE).fetchone()
    found["bare"] = perf_counter() - started
    found["single"] = [one_event(database, company, number) for number in range(SINGLE_EVENTS)]
    found["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    return found


def arithmetic(company: Company) -> dict[str, float]:
    """Return the seconds of reckoning from arrays in memory and of adding up their columns."""
    reckoned = summed = hours = 0.0
    for first, end in company.chunks:
        rows = company.evidence(first, end)
        started = perf_counter()
        for column in EVIDENCE.names or ():
            rows[column].sum()
        between = perf_counter()
        now = reckon(rows, company.roles[first:end], company.targets, TODAY.toordinal(), first=first)
        summed += between - started
        reckoned += perf_counter() - between
        hours += float(now.debt.sum())
    return {"reckoned": reckoned, "summed": summed, "hours": hours}


def fill(database: sqlite3.Connection, company: Company) -> None:
    """Write all evidence, and the debt as it stood yesterday."""
    numbers = list(range(PIECES)) * CHUNK
    for first, end in company.chunks:
        rows = company.evidence(first, end)
        columns = (rows[name].tolist() for name in ("person", "level", "competence", "kind", "day", "newest"))
        persons, *rest = columns
        yesterday = reckon(rows, company.roles[first:end], company.targets, TODAY.toordinal() - 1, first=first)
        database.execute("BEGIN")
        database.executemany("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?)", zip(persons, numbers, *rest))  # noqa: B905 - the last chunk is shorter
        hours = zip(range(first, end), yesterday.debt.tolist(), yesterday.unknown_hours.tolist(), strict=True)
        database.executemany("INSERT INTO debt VALUES (?, ?, ?)", hours)
        database.execute("COMMIT")


def everybody(database: sqlite3.Connection, company: Company) -> dict[str, float]:
    """Return the seconds of bringing the debt of everybody up to date, one transaction a chunk."""
    reading = writing = written = 0.0
    started = perf_counter()
    for first, end in company.chunks:
        begun = perf_counter()
        rows = read(database, first, end)
        before = np.fromiter(
            database.execute("SELECT hours, unknown_hours FROM debt WHERE person >= ? AND person < ?", (first, end)),
            np.dtype([("hours", "f8"), ("unknown", "f8")]),
        )
        reading += perf_counter() - begun
        now = reckon(rows, company.roles[first:end], company.targets, TODAY.toordinal(), first=first)
        moved = np.abs(now.debt - before["hours"]) + np.abs(now.unknown_hours - before["unknown"])
        changed = np.flatnonzero(moved >= VISIBLE_HOURS)
        begun = perf_counter()
        written += write(database, changed + first, now.debt[changed], now.unknown_hours[changed])
        writing += perf_counter() - begun
    return {"whole": perf_counter() - started, "reading": reading, "writing": writing, "written": int(written)}


def read(database: sqlite3.Connection, first: int, end: int) -> NDArray[Any]:
    """Return the evidence of some persons, as ``reckon`` takes it."""
    packed = np.fromiter(database.execute(READ, (first, end)), PACKED)
    rows = np.empty(len(packed), EVIDENCE)
    rows["level"] = packed["level"]
    rows["person"], rows["competence"] = packed["about"] >> 32, packed["about"] & 0xFFFF_FFFF
    rows["day"], rows["kind"] = packed["seen"] >> 32, packed["seen"] & 0xFF
    rows["newest"] = rows["day"] + ((packed["seen"] >> 8) & 0xFF_FFFF)
    return rows


def write(database: sqlite3.Connection, persons: NDArray[Any], hours: NDArray[Any], unknown_hours: NDArray[Any]) -> int:
    """Write the debt of some persons in one transaction and return how many they are."""
    rows = zip(hours.tolist(), unknown_hours.tolist(), persons.tolist(), strict=True)
    database.execute("BEGIN")
    database.executemany("UPDATE debt SET hours = ?, unknown_hours = ? WHERE person = ?", rows)
    database.execute("COMMIT")
    return len(persons)


def one_event(database: sqlite3.Connection, company: Company, number: int) -> float:
    """Return the milliseconds of booking what one person has learned, from their evidence to the commit."""
    person = number * company.persons // SINGLE_EVENTS
    role = company.targets.competences[company.roles[person]].tolist()
    names = list(kinds())
    started = perf_counter()
    pieces: dict[int, list[Piece]] = {}
    for level, competence, kind, day in database.execute(READ_ONE, (person,)):
        pieces.setdefault(competence, []).append(Piece(names[kind], level, date.fromordinal(day)))
    positions = {
        competence: Position(
            competence,
            TODAY,
            float(company.targets.required[company.roles[person], place]),
            float(company.targets.weights[company.roles[person], place]),
            Known.of(estimate(pieces.get(competence, ()), TODAY, HALF_LIFE)),
        )
        for place, competence in enumerate(role)
    }
    learned = role[number % REQUIRED]
    level = min(5.0, (positions[learned].level_on(TODAY) or 0.0) + 1)
    positions[learned], entries = book(positions[learned], Learned(Known(level, TODAY)), TODAY)
    debt = debt_of(positions.values(), TODAY)
    lines = [
        (TODAY.toordinal(), person, one.competence, one.account, one.hours, one.reason, one.rule_version)
        for one in entries
    ]
    database.execute("BEGIN")
    database.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", lines)
    database.execute(
        "UPDATE debt SET hours = ?, unknown_hours = ? WHERE person = ?", (debt.hours, debt.unknown_hours, person)
    )
    database.execute("COMMIT")
    return (perf_counter() - started) * 1000


if __name__ == "__main__":
    sys.stdout.write(json.dumps(work(Path(sys.argv[1]))))
