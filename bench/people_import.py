"""Importing 400,000 made-up persons in 8,000 units from a people file, and again with one in a hundred changed.

Each import stands beside a bare bulk insert of the same rows in the same run. It runs in a process and a data folder
of its own; BENCH_DATABASE_URL chooses another database server, on which a test database is made and dropped.
BENCH_PERSONS takes another number of persons.
"""

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from django.db import connection, transaction

from bench.figures import Figure, stopwatch
from bench.framework_import import MEGABYTE, database

PERSONS = int(os.environ.get("BENCH_PERSONS", "400000"))
PERSONS_OF_A_UNIT = 50
UNITS_BELOW = 6
MOST_MEGABYTES = 1_000
BARE_ROWS_AT_ONCE = 10_000
UNITS_HEADING = ("Code", "Name", "Übergeordnet")
HEADING = (
    *("Personalnummer", "Vorname", "Nachname", "E-Mail", "Abteilungsnummer", "Stelle", "Standort"),
    *("Arbeitszeitmodell", "Vorgesetzte", "Sprache", "Eintritt", "Austritt"),
)
GIVEN = ("Amira", "Ben", "Clara", "David", "Eva", "Felix", "Greta", "Hakan", "Ines", "Jörg", "Käthe", "Luís", "Mei")
FAMILY = ("Haddad", "Krüger", "Vogt", "Lenz", "Sommer", "Yılmaz", "Großmann", "Nowak", "Żak", "Ört", "Bauer")
JOBS = tuple(f"Fachkraft {number}" for number in range(120))
SITES = ("Nord", "Süd", "West", "Ost", "Mitte", "Werk 2")
PATTERNS = ("Vollzeit", "Teilzeit 20 h", "Teilzeit 30 h", "Schicht A", "Schicht B")
LANGUAGES = ("de", "en", "")


def measure() -> Iterator[Figure]:
    """Import twice in a folder of its own and report seconds, rows per second and memory."""
    with tempfile.TemporaryDirectory(prefix="wurzelwerk-bench-") as folder:
        answer = subprocess.run(
            [sys.executable, "-m", "bench.people_import"],
            env={**os.environ, "WURZELWERK_DATA": folder, "DJANGO_SETTINGS_MODULE": "wurzelwerk.config.settings"},
            stdout=subprocess.PIPE,
            check=True,
        )
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    rows, first, again, bare = found["rows"], found["first"], found["again"], found["bare"]
    label = f"{rows:,} persons, {found['vendor']}"
    yield Figure("P8", f"people: first import, {label}", first, "s", bare, "bare insert", gate=30, moonshot=12)
    yield Figure("P8", f"people: rows per second, {label}", rows / first, "rows/s", rows / bare, "bare insert")
    yield Figure("P9", f"people: again, 1 % changed, {label}", again, "s", bare, "bare insert", gate=8, moonshot=4)
    yield Figure("P8", f"people: memory at most, {label}", found["megabytes"], "MB", gate=MOST_MEGABYTES)


def write_files(folder: Path) -> None:
    """Write the units, the persons, and the persons a month later; the same at every call."""
    folder.mkdir()
    units = max(1, PERSONS // PERSONS_OF_A_UNIT)
    _write(folder / "units.csv", UNITS_HEADING, (unit_row(unit) for unit in range(units)))
    _write(folder / "people.csv", HEADING, (person_row(number) for number in range(PERSONS)))
    _write(folder / "later.csv", HEADING, later_rows(units))


def unit_row(unit: int) -> tuple[str, ...]:
    """Return code, name and the unit above of a unit; 0 is the root."""
    above = f"U{(unit - 1) // UNITS_BELOW:05d}" if unit else ""
    return (f"U{unit:05d}", f"Einheit {unit}", above)


def person_row(number: int) -> tuple[str, ...]:
    """Return the row of a person; the first of each unit leads it and reports to who leads the unit above."""
    unit, place = divmod(number, PERSONS_OF_A_UNIT)
    leads = number - place if place else (unit - 1) // UNITS_BELOW * PERSONS_OF_A_UNIT
    given, family = GIVEN[number % len(GIVEN)], FAMILY[number % len(FAMILY)]
    return (
        staff_number(number),
        given,
        f"{family}-{number % 997}",
        f"p{number}@example.org",
        f"U{unit:05d}",
        JOBS[number % len(JOBS)],
        SITES[unit % len(SITES)],
        PATTERNS[number % len(PATTERNS)],
        staff_number(leads) if number else "",
        LANGUAGES[number % len(LANGUAGES)],
        f"{1 + number % 28:02d}.{1 + number % 12:02d}.{1985 + number % 40}",
        "",
    )


def later_rows(units: int) -> Iterator[tuple[str, ...]]:
    """Yield everybody a month later: of a thousand persons five have moved, two married, one has left, one joined."""
    for number in range(PERSONS):
        row = person_row(number)
        sort = number % 1_000
        if sort in {101, 201, 301, 401, 501}:
            yield (*row[:4], f"U{(number * 7) % units:05d}", *row[5:])
        elif sort in {601, 701}:
            yield (*row[:2], "Neuname", *row[3:])
        elif sort != 801:  # noqa: PLR2004 - who has left
            yield row
        if sort == 901:  # noqa: PLR2004 - somebody new beside
            yield (staff_number(PERSONS + number), *row[1:3], "", *row[4:])


def staff_number(number: int) -> str:
    """Return the staff number of a person."""
    return f"{10_000_000 + number}"


def work() -> dict[str, Any]:
    """Write the files, import them twice, insert the same rows barely."""
    folder = Path(os.environ["WURZELWERK_DATA"]) / "files"
    write_files(folder)
    first = import_from(folder / "people.csv", folder / "units.csv")
    again = import_from(folder / "later.csv", folder / "units.csv")
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    return {
        "vendor": connection.vendor,
        "rows": PERSONS,
        "first": first,
        "again": again,
        "megabytes": megabytes,
        "bare": insert_barely(folder / "people.csv"),
    }


def import_from(path: Path, units: Path) -> float:
    """Return the seconds of an import, from naming the files to everything applied."""
    from wurzelwerk.kernel.jobs import run_job  # noqa: PLC0415 - Django is set up only now
    from wurzelwerk.people import actions  # noqa: PLC0415

    started = perf_counter()
    people_import = actions.name_people_file(by=None, path=path, units_path=units, is_complete=True)
    actions.settle_columns(by=None, people_import=people_import, people={}, leaves_out=True)
    for start in (actions.check_import, actions.apply_import):
        part = perf_counter()
        job = start(by=None, people_import=people_import, in_queue=False)
        run_job(job.pk)
        job.refresh_from_db()
        people_import.refresh_from_db()
        if job.error or people_import.problem_count:
            raise SystemExit(f"{job.error} {people_import.counts}")
        print(f"  {job.kind}: {perf_counter() - part:.2f} s", file=sys.stderr)
    print(f"  {people_import.counts}", file=sys.stderr)
    return perf_counter() - started


def insert_barely(path: Path) -> float:
    """Return the seconds that reading and inserting the same rows takes without looking at them."""
    columns = [f"c{place}" for place in range(len(HEADING))]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare ({', '.join(f'{name} text' for name in columns)})")
    places = ", ".join(["%s"] * len(columns))
    with stopwatch() as watch, path.open(encoding="utf-8", newline="") as file, transaction.atomic():
        rows = csv.reader(file, delimiter=";")
        next(rows)
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                while part := list(islice(rows, BARE_ROWS_AT_ONCE)):
                    cursor.executemany(f"INSERT INTO bare VALUES ({places})", part)  # noqa: S608 - our own names
            else:
                with cursor.copy("COPY bare FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
    return watch.seconds


def _write(path: Path, heading: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(heading)
        writer.writerows(rows)


if __name__ == "__main__":
    with database():
        sys.stdout.write(json.dumps(work()))
