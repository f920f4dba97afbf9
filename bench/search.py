"""Search while typing over 14,000 competences: milliseconds per keystroke, beside a bare LIKE of the same letters.

The competences are those of ESCO when WURZELWERK_TEST_DATA names a folder that holds them, else made
up. It runs in a process and a data folder of its own; BENCH_DATABASE_URL chooses another database
server, on which a test database is made and dropped.
"""

import csv
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import django
from django.core.management import call_command
from django.db import connection

from bench.figures import Figure, percentile

COUNT = 14_000
TYPED = (
    "Gesprächsführung", "Projektmanagement", "Instandhaltung planen", "Kundengespräche", "Programmierung in Python",
    "Arbeitssicherheit", "Lernpartner", "Qualitätskontrolle", "Mitarbeitende führen", "Datenschutz", "Schweißen",
    "Buchhaltung", "Erste Hilfe", "Teamarbeit", "Englisch", "Lagerverwaltung", "Maschinen warten", "Präsentieren",
    "Konflikte lösen", "Umweltschutz",
)  # fmt: skip
MISTYPED = ("Gesprchsführung", "Projektmangement", "Instandhaltng", "Qualitätskontrole", "Buchhaltugn", "Datenschuzt")
STEMS = (
    "Planung Führung Beratung Prüfung Wartung Schulung Entwicklung Steuerung Leitung Pflege Sicherung Messung "
    "Fertigung Lagerung Gestaltung Bewertung Verwaltung Forschung Werbung Lieferung"
)
FIRSTS = (
    "Projekt Kunden Lager Daten Maschinen Umwelt Arbeits Gesprächs Lern Personal Qualitäts Sicherheits Finanz Produkt "
    "Vertriebs Energie Wasser Fahrzeug Gebäude Software Team Sprach Labor Werkzeug Prozess"
)
MIDDLES = " bedarfs risiko kosten ablauf system termin netz fach test bau markt material standard kenn"


def measure() -> Iterator[Figure]:
    """Index in a folder of its own, type, and report p50 and p95."""
    with tempfile.TemporaryDirectory(prefix="wurzelwerk-bench-") as folder:
        answer = subprocess.run(
            [sys.executable, "-m", "bench.search"],
            env={**os.environ, "WURZELWERK_DATA": folder, "DJANGO_SETTINGS_MODULE": "wurzelwerk.config.settings"},
            stdout=subprocess.PIPE,
            check=True,
        )
    found: dict[str, Any] = json.loads(answer.stdout)
    label = f"{found['documents']:,} {found['kind']} competences, {found['vendor']}"
    yield Figure("", f"search: index {label}", found["indexing"], "s")
    for name, percent in (("p50", 50), ("p95", 95)):
        yield Figure(
            "",
            f"search: {name} per keystroke, {label}",
            percentile(found["typed"], percent),
            "ms",
            percentile(found["like"], percent),
            "bare LIKE",
            gate=100 if percent > 50 else None,  # noqa: PLR2004
            moonshot=30 if percent > 50 else None,  # noqa: PLR2004
        )
    yield Figure("", f"search: p95 of a word with an error, {label}", percentile(found["mistyped"], 95), "ms")


def competences() -> tuple[str, list[tuple[str, str, str, tuple[str, ...]]]]:
    """Return their kind and (key, title, description, further names) of each."""
    folder = os.environ.get("WURZELWERK_TEST_DATA", "")
    path = Path(folder) / "esco" / "skills.csv.gz"
    if folder and path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return "ESCO", [
                (row["id"], row["pref_de"], row["desc_de"], tuple(filter(None, row["alt_de"].split(" | "))))
                for row in csv.DictReader(file)
            ]
    chance = random.Random(7)  # noqa: S311 made-up texts
    first, middle, stem = FIRSTS.split(), MIDDLES.split(" "), STEMS.split()

    def word() -> str:
        return chance.choice(first) + chance.choice(middle) + chance.choice(stem).lower()

    return "made-up", [
        (str(number), f"{word()} {chance.choice(stem)}", " ".join(word() for _ in range(30)), (word(),))
        for number in range(COUNT)
    ]


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
    """Index the competences, type, and return the seconds and milliseconds."""
    from wurzelwerk.search.actions import index_documents  # noqa: PLC0415 - Django is set up only now
    from wurzelwerk.search.analysis.documents import Document  # noqa: PLC0415
    from wurzelwerk.search.analysis.words import Language  # noqa: PLC0415
    from wurzelwerk.search.queries import find  # noqa: PLC0415

    kind, rows = competences()
    started = perf_counter()
    index_documents(
        "competences",
        (Document(key, Language.GERMAN, title, f"/c/{key}", text, names) for key, title, text, names in rows),
    )
    indexing = perf_counter() - started
    keystrokes = [text[:length] for text in TYPED for length in range(2, len(text) + 1)]
    find("warm up")
    return {
        "kind": kind,
        "vendor": connection.vendor,
        "documents": len(rows),
        "indexing": indexing,
        "typed": [milliseconds(partial(find, text, language="de", limit=8)) for text in keystrokes],
        "mistyped": [milliseconds(partial(find, text, language="de", limit=8)) for text in MISTYPED * 5],
        "like": [milliseconds(partial(like, text)) for text in keystrokes],
    }


def like(text: str) -> None:
    """Ask the database for the letters inside title or description, as a search without an index would."""
    pattern = f"%{text}%"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, title, summary FROM search_searchdocument WHERE title LIKE %s OR summary LIKE %s "
            "ORDER BY title LIMIT 8",
            [pattern, pattern],
        )
        cursor.fetchall()


def milliseconds(do: Callable[[], object]) -> float:
    """Return how long one call takes."""
    started = perf_counter()
    do()
    return (perf_counter() - started) * 1000


if __name__ == "__main__":
    with database():
        sys.stdout.write(json.dumps(work()))
