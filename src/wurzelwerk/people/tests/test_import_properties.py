"""Whatever stands in a file: it is read, or refused with a sentence. Nothing else may happen."""

import os
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from wurzelwerk.people.hr_import.reading import cells
from wurzelwerk.people.hr_import.reading.headings import recognise
from wurzelwerk.people.hr_import.reading.persons import Books, PersonReader
from wurzelwerk.people.hr_import.reading.problems import BROKEN, FORMULA, PEOPLE, CellRefused, Unreadable
from wurzelwerk.people.hr_import.reading.tables import chunks, examine, samples
from wurzelwerk.people.hr_import.reading.terms import PatternBook, TermBook
from wurzelwerk.people.hr_import.reading.units import UnitBook
from wurzelwerk.people.hr_import.sentences import problem_text, unreadable_text
from wurzelwerk.people.tests.people_files import with_part, workbook

# A nightly run asks for 10,000.
EXAMPLES = int(os.environ.get("WURZELWERK_TEST_EXAMPLES", "1000"))
MANY = settings(
    max_examples=EXAMPLES,
    deadline=1_000,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
FEW = settings(MANY, max_examples=max(50, EXAMPLES // 5))
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")

HEADINGS = (
    *("Personalnummer", "Vorname", "Nachname", "E-Mail", "Abteilungsnummer", "Abteilung", "Übergeordnete Einheit"),
    *("Organisationspfad", "Vorgesetzte", "Stellenschlüssel", "Stelle", "Standort", "Arbeitszeitmodell"),
    *("Wochenstunden", "Sprache", "Eintritt", "Austritt"),
)
CELL = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="0123456789./-: \N{NO-BREAK SPACE}", max_size=20),
    st.sampled_from(["", "1", "de", "Vollzeit", "A / B", "=1", f"{FORMULA}B2", f"{BROKEN}B2", "31.12.9999", "44927"]),
    st.text(min_size=200, max_size=300),
)


def read_all(path: Path) -> str:
    """Return why a file cannot be read, or "" when it can."""
    try:
        table = examine(path)
        samples(path, table)
        recognise(table.headings)
        for numbers, rows in chunks(path, table, 50):
            assert len(numbers) == len(rows)
    except Unreadable as refused:
        return unreadable_text(refused.code, refused.params)
    return ""


@MANY
@given(st.binary(max_size=4_000))
@example(b"\xff\xfe")
@example(b"\xff\xfeA")
@example(b'"')
@example(b"sep=")
@example(b"sep=\r")
@example(b"PK")
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(content)

    assert read_all(path) is not None


@FEW
@given(
    st.lists(st.lists(CELL, max_size=6), max_size=12),
    st.sampled_from([";", ",", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]),
)
def test_any_text_table_is_read_or_refused(
    tmp_path: Path, rows: list[list[str]], separator: str, encoding: str
) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding, "surrogatepass"))

    assert read_all(path) is not None


@FEW
@given(st.lists(st.lists(CELL, min_size=len(HEADINGS), max_size=len(HEADINGS) + 1), min_size=1, max_size=4))
def test_any_row_gives_values_or_problems(rows: list[list[str]]) -> None:
    units = UnitBook([("W", "Werk", "")])
    books = Books(units, TermBook([], 80), TermBook([], 40), PatternBook([], 60))
    places = {column.field: column.place for column in recognise(HEADINGS)}
    reader = PersonReader(places, len(HEADINGS), books, this_year=2026)

    for number, row in enumerate(rows, start=2):
        try:
            values = reader.read([number], [row])[0]
        except CellRefused:
            problems = reader.problems(number, row)
            assert problems
            assert all(problem_text(problem.code, problem.params) for problem in problems)
        else:
            assert len(values) == len(reader.targets)
            assert all(value is None or "\0" not in value for value in values)
            assert reader.problems(number, row) == []
    placed, problems = units.placed()
    assert bool(placed) != bool(problems)


@MANY
@given(CELL)
def test_any_cell_gives_a_value_or_a_sentence(raw: str) -> None:
    rules: tuple[Callable[[str], Any], ...] = (
        lambda text: cells.text(text, 80),
        lambda text: cells.day(text, 40, this_year=2026),
        lambda text: cells.language(text, 40),
        lambda text: cells.hours(text, 10),
        lambda text: cells.email(text, 254),
    )
    for rule in rules:
        try:
            value = rule(raw)
        except CellRefused as refused:
            assert problem_text(refused.code, refused.params)  # noqa: PT017 - a refusal is one of two right outcomes
        else:
            assert value is None or (value.isprintable() and value == value.strip())


@MANY
@given(st.lists(st.tuples(*[st.text(alphabet="ABC/", max_size=2)] * 3), max_size=12))
def test_any_units_make_a_tree_or_problems(rows: list[tuple[str, str, str]]) -> None:
    book = UnitBook([("A", "A", "")])
    for number, (code, name, above) in enumerate(rows, start=2):
        try:
            if code or name:
                book.declare(code, name, above, number, PEOPLE)
        except CellRefused as refused:
            assert problem_text(refused.code, refused.params)  # noqa: PT017 - a refusal is one of two right outcomes

    placed, problems = book.placed()

    depths = {unit.code: unit.depth for unit in placed}
    assert bool(placed) != bool(problems)
    assert all(unit.depth == (depths[unit.parent_code] + 1 if unit.parent_code else 0) for unit in placed)
    assert len({unit.path for unit in placed}) == len(placed)


GOOD = workbook([list(HEADINGS), ["1", "A", "B"], [4711, "=A1", None]])
PARTS = [entry.filename for entry in zipfile.ZipFile(BytesIO(GOOD)).infolist()]


@FEW
@given(st.data())
def test_any_damage_to_a_workbook_is_read_or_refused(tmp_path: Path, data: Any) -> None:
    place = data.draw(st.integers(0, len(GOOD) - 1))
    damage = data.draw(st.binary(min_size=1, max_size=8))
    path = tmp_path / "people.xlsx"
    path.write_bytes(GOOD[:place] + damage + GOOD[place + len(damage) :])

    assert read_all(path) is not None


@FEW
@given(st.sampled_from(PARTS), st.data())
def test_any_damage_to_a_part_is_read_or_refused(tmp_path: Path, part: str, data: Any) -> None:
    text = zipfile.ZipFile(BytesIO(GOOD)).read(part)
    place = data.draw(st.integers(0, len(text)))
    damage = data.draw(
        st.one_of(st.binary(max_size=8), st.sampled_from([b"<x>", b"</sheetData>", b'r="A1"', b"&amp;", b""]))
    )
    removed = data.draw(st.integers(0, 60))
    path = tmp_path / "people.xlsx"
    path.write_bytes(with_part(GOOD, part, text[:place] + damage + text[place + removed :]))

    assert read_all(path) is not None
