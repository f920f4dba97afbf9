"""Importing ESCO from its official CSV files, first and again, beside a bare bulk insert of the same rows.

The real classification when WURZELWERK_TEST_DATA names a folder that holds it, else a made-up one of
the same size. It runs in a process and a data folder of its own; BENCH_DATABASE_URL chooses another
database server, on which a test database is made and dropped.
"""

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import django
from django.core.management import call_command
from django.db import connection, transaction

from bench.figures import Figure

MEGABYTE = 1024
MOST_MEGABYTES = 400
NEEDS = "occupationSkillRelations_en.csv"
BARE = (
    ("skills_de.csv", ("conceptUri", "preferredLabel", "altLabels", "description")),
    ("skills_en.csv", ("conceptUri", "preferredLabel", "altLabels", "description")),
    ("occupations_de.csv", ("conceptUri", "preferredLabel", "altLabels", "description")),
    ("occupations_en.csv", ("conceptUri", "preferredLabel", "altLabels", "description")),
    (NEEDS, ("occupationUri", "skillUri", "relationType")),
)


def measure() -> Iterator[Figure]:
    """Import twice in a folder of its own and report seconds, rows per second and memory."""
    with tempfile.TemporaryDirectory(prefix="wurzelwerk-bench-") as folder:
        answer = subprocess.run(
            [sys.executable, "-m", "bench.framework_import"],
            env={**os.environ, "WURZELWERK_DATA": folder, "DJANGO_SETTINGS_MODULE": "wurzelwerk.config.settings"},
            stdout=subprocess.PIPE,
            check=True,
        )
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    label = f"{found['rows']:,} rows of {found['kind']} ESCO, {found['vendor']}"
    yield Figure("", f"framework: first import, {label}", found["first"], "s", found["bare"], "bare insert", gate=30)
    yield Figure("", f"framework: rows per second, {label}", found["rows"] / found["first"], "rows/s")
    yield Figure("", f"framework: the same again, {label}", found["again"], "s", gate=30)
    yield Figure("", f"framework: memory at most, {label}", found["megabytes"], "MB", gate=MOST_MEGABYTES)


@contextmanager
def database() -> Iterator[None]:
    """Set Django up with an empty database."""
    other = os.environ.get("BENCH_DATABASE_URL", "")
    os.environ["DATABASE_URL"] = other or f"sqlite:///{os.environ['WURZELWERK_DATA']}/bench.sqlite3"
    django.setup()
    if not other:
        call_command("migrate", verbosity=0)
        yield
        return
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def work() -> dict[str, Any]:
    """Write the files, import them twice, insert the same rows barely."""
    from wurzelwerk.competences.tests import data_esco  # noqa: PLC0415 - Django is set up only now

    folder = Path(os.environ["WURZELWERK_DATA"]) / "esco"
    data_esco.write_esco(folder)
    first, result = import_from(folder)
    again, _result = import_from(folder)
    return {
        "kind": "real" if data_esco.compact_folder() else "made-up",
        "vendor": connection.vendor,
        "rows": sum(counts["created"] for counts in result["counts"].values()),
        "first": first,
        "again": again,
        "bare": insert_barely(folder),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE,
    }


def import_from(folder: Path) -> tuple[float, dict[str, Any]]:
    """Return the seconds of an import and its result."""
    from wurzelwerk.competences.actions import import_framework  # noqa: PLC0415 - Django is set up only now
    from wurzelwerk.kernel.jobs import run_job  # noqa: PLC0415

    job = import_framework(by=None, paths=[folder])
    started = perf_counter()
    run_job(job.pk)
    seconds = perf_counter() - started
    job.refresh_from_db()
    if job.error:
        raise SystemExit(job.error)
    return seconds, job.result


def insert_barely(folder: Path) -> float:
    """Return the seconds that reading and inserting the same rows takes without looking at them."""
    started = perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for number, (name, columns) in enumerate(BARE):
            cursor.execute(
                f"CREATE TABLE bare_{number} ({', '.join(f'c{place} text' for place in range(len(columns)))})"
            )
            marks = ", ".join(["%s"] * len(columns))
            with (folder / name).open(encoding="utf-8", newline="") as file:
                rows = [[row[column] for column in columns] for row in csv.DictReader(file)]
                cursor.executemany(f"INSERT INTO bare_{number} VALUES ({marks})", rows)  # noqa: S608 - our own names
    return perf_counter() - started


if __name__ == "__main__":
    with database():
        sys.stdout.write(json.dumps(work()))
