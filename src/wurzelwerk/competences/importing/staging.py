"""A table on disk for what the files hold, so that memory stays small however large they are.

It joins the languages by the address of each concept, finds duplicates, and answers what is missing.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

from wurzelwerk.competences.writing import Need

Item = TypeVar("Item")
BATCH: Final = 1000
GROUPS: Final = "groups"
COMPETENCES: Final = "competences"
OCCUPATIONS: Final = "occupations"
CONCEPTS: Final = (GROUPS, COMPETENCES, OCCUPATIONS)
"""The kinds of concepts, whatever a layout calls them."""

_SCHEMA: Final = """
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA cache_size = -16000;
    CREATE TABLE text (
        kind TEXT, language TEXT, uri TEXT, number INTEGER, label TEXT, aliases TEXT, description TEXT,
        first TEXT, second TEXT, PRIMARY KEY (kind, language, uri)
    ) WITHOUT ROWID;
    CREATE TABLE broader (uri TEXT, broader TEXT, number INTEGER, source TEXT, place INTEGER,
        PRIMARY KEY (uri, broader)) WITHOUT ROWID;
    CREATE TABLE needs (occupation TEXT, competence TEXT, relation TEXT, level REAL,
        PRIMARY KEY (occupation, competence, relation)) WITHOUT ROWID;
    CREATE TABLE rating (occupation TEXT, competence TEXT, scale TEXT, value REAL, number INTEGER,
        PRIMARY KEY (occupation, competence, scale)) WITHOUT ROWID;
"""
_CONCEPTS: Final = """
    SELECT one.uri, COALESCE(de.label, ''), COALESCE(en.label, ''), COALESCE(de.aliases, ''),
        COALESCE(en.aliases, ''), COALESCE(de.description, ''), COALESCE(en.description, ''), one.first, one.second
    FROM text one
    LEFT JOIN text de ON de.kind = one.kind AND de.language = 'de' AND de.uri = one.uri
    LEFT JOIN text en ON en.kind = one.kind AND en.language = 'en' AND en.uri = one.uri
    WHERE one.kind = ? AND one.language = ? ORDER BY one.uri
"""

TextRow = tuple[str, str, str, int, str, str, str, str, str]
"""Kind, language, uri, row number, label, aliases, description, two properties."""


Rating = tuple[str, str, str, float, int]
"""Occupation, competence, scale, value, row number."""

# Importance says whether a need is essential (from the middle of its scale on); nothing needs what is not important.
_NEEDS_FROM_RATINGS: Final = """
    INSERT INTO needs
    SELECT one.occupation, one.competence, CASE WHEN one.value >= ? THEN 'essential' ELSE 'optional' END, other.value
    FROM rating one LEFT JOIN rating other
        ON other.occupation = one.occupation AND other.competence = one.competence AND other.scale = ?
    WHERE one.scale = ? AND one.value > ?
"""


@dataclass(frozen=True, slots=True)
class Concept:
    """A group, competence or occupation in both languages.

    ``first`` and ``second``: of a group its code; of a competence kind and reuse level; of an occupation
    its code and that of ISCO.
    """

    uri: str
    label_de: str
    label_en: str
    aliases_de: str
    aliases_en: str
    description_de: str
    description_en: str
    first: str
    second: str


class DuplicateUri(Exception):  # noqa: N818 - says what it found
    """An address stands twice in one file."""

    def __init__(self, uri: str, number: int, earlier: int) -> None:
        """Keep the address and both row numbers."""
        super().__init__(uri)
        self.uri, self.number, self.earlier = uri, number, earlier


class DuplicateRating(Exception):  # noqa: N818 - says what it found
    """An occupation is rated twice in the same competence and scale."""

    def __init__(self, rating: tuple[str, ...], number: int, earlier: int) -> None:
        """Keep what is rated and both row numbers."""
        super().__init__(rating)
        self.rating, self.number, self.earlier = rating, number, earlier


class Staging:
    """The table; a context that removes itself."""

    def __init__(self, path: Path) -> None:
        """Create it in the new file ``path``."""
        self._path = path
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript(_SCHEMA)

    def __enter__(self) -> Self:
        """Return the table."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close and remove it."""
        self._connection.close()
        self._path.unlink(missing_ok=True)

    def add_texts(self, rows: Iterable[TextRow]) -> None:
        """Add concepts in one language; raises ``DuplicateUri`` for one that is there already."""
        for batch in _batches(rows):
            try:
                self._add("text", batch)
            except sqlite3.IntegrityError:
                self._add_one_by_one(batch)

    def _add_one_by_one(self, batch: list[TextRow]) -> None:
        """Find the duplicate of a batch that was refused as a whole."""
        for row in batch:
            known = self._connection.execute(
                "SELECT number FROM text WHERE kind = ? AND language = ? AND uri = ?", row[:3]
            ).fetchone()
            if known:
                raise DuplicateUri(row[2], row[3], known[0])
            self._add("text", [row])

    def add_broader(self, rows: Iterable[tuple[str, str, int, str, int]]) -> None:
        """Add relations upwards (uri, broader, row number, file, place); known ones are left alone."""
        for batch in _batches(rows):
            self._add("broader", batch, "OR IGNORE")

    def add_needs(self, rows: Iterable[Need]) -> None:
        """Add what occupations need; repeated ones count once."""
        for batch in _batches(rows):
            self._add("needs", batch, "OR IGNORE")

    def add_ratings(self, rows: Iterable[Rating]) -> None:
        """Add ratings; raises ``DuplicateRating`` for one that is there already."""
        for batch in _batches(rows):
            try:
                self._add("rating", batch)
            except sqlite3.IntegrityError:
                self._add_ratings_one_by_one(batch)

    def _add_ratings_one_by_one(self, batch: list[Rating]) -> None:
        for row in batch:
            known = self._connection.execute(
                "SELECT number FROM rating WHERE occupation = ? AND competence = ? AND scale = ?", row[:3]
            ).fetchone()
            if known:
                raise DuplicateRating(row[:3], row[4], known[0])
            self._add("rating", [row])

    def needs_from_ratings(self, importance: str, level: str, *, middle: float, least: float) -> None:
        """Add needs from two scales: essential from ``middle`` of importance on, none at its ``least``."""
        self._connection.execute(_NEEDS_FROM_RATINGS, (middle, level, importance, least))

    def _add(self, table: str, rows: Sequence[tuple[object, ...]], conflict: str = "") -> None:
        marks = ", ".join("?" * len(rows[0]))
        self._connection.execute("BEGIN")
        try:
            self._connection.executemany(f"INSERT {conflict} INTO {table} VALUES ({marks})", rows)  # noqa: S608 - our own names
        except sqlite3.IntegrityError:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def concepts(self, kind: str, language: str) -> Iterator[Concept]:
        """Yield the concepts of a kind, by address; ``language`` is one that all of them have."""
        for row in self._connection.execute(_CONCEPTS, (kind, language)):
            yield Concept(*row)

    def uris(self, kind: str, language: str) -> set[str]:
        """Return the addresses of a kind."""
        rows = self._connection.execute("SELECT uri FROM text WHERE kind = ? AND language = ?", (kind, language))
        return {uri for (uri,) in rows}

    def only_in(self, kind: str, language: str, other: str) -> tuple[int, int]:
        """Return how many concepts ``other`` lacks, and the row of the first of them (0 for none)."""
        rows = self._connection.execute(
            "SELECT COUNT(*), MIN(number) FROM text one WHERE kind = ? AND language = ? AND NOT EXISTS "
            "(SELECT 1 FROM text other WHERE other.kind = one.kind AND other.language = ? AND other.uri = one.uri)",
            (kind, language, other),
        )
        number, row = rows.fetchone()
        return number, row or 0

    def broader(self) -> Iterator[tuple[str, str, int]]:
        """Yield the relations upwards: address, broader address, place."""
        yield from self._connection.execute("SELECT uri, broader, place FROM broader ORDER BY uri, broader")

    def row_of_broader(self, uri: str, broader: str) -> tuple[str, int]:
        """Return file and row of a relation upwards."""
        found: tuple[str, int] = self._connection.execute(
            "SELECT source, number FROM broader WHERE uri = ? AND broader = ?", (uri, broader)
        ).fetchone()
        return found

    def needs(self) -> Iterator[Need]:
        """Yield what occupations need, by occupation."""
        yield from self._connection.execute(
            "SELECT occupation, competence, relation, level FROM needs ORDER BY occupation, competence, relation"
        )

    def count_needs(self) -> int:
        """Return how many needs there are."""
        found: int = self._connection.execute("SELECT COUNT(*) FROM needs").fetchone()[0]
        return found


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch
