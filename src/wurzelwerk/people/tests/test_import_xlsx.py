import datetime as dt
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from wurzelwerk.people.hr_import.reading import archives
from wurzelwerk.people.hr_import.reading.problems import BROKEN, FORMULA, Unreadable
from wurzelwerk.people.hr_import.reading.tables import chunks, estimated_rows, examine, table_from_json
from wurzelwerk.people.hr_import.sentences import unreadable_text
from wurzelwerk.people.tests.people_files import with_part, workbook

HEADING = ["Personalnummer", "Vorname", "Nachname", "Eintritt"]
SHEET = "xl/worksheets/sheet1.xml"


def stored(folder: Path, content: bytes) -> Path:
    path = folder / "people.xlsx"
    path.write_bytes(content)
    return path


def rows_of(path: Path) -> list[tuple[int, list[str]]]:
    table = examine(path)
    return [pair for numbers, rows in chunks(path, table, 100) for pair in zip(numbers, rows, strict=True)]


def cells_of(path: Path) -> list[str]:
    return [cell for _, cells in rows_of(path) for cell in cells if cell]


def refusal(path: Path) -> str:
    with pytest.raises(Unreadable) as refused:
        rows_of(path)
    assert unreadable_text(refused.value.code, refused.value.params)
    return refused.value.code


def test_cells_become_the_text_a_person_would_type(tmp_path: Path) -> None:
    day = dt.datetime(2026, 11, 24)  # noqa: DTZ001 - spreadsheets know no zones
    path = stored(tmp_path, workbook([HEADING, [4711, "Jürgen", "Groß", day], [4712.0, "Zoë", 12.5, True]]))

    assert rows_of(path) == [
        (2, ["4711", "Jürgen", "Groß", "2026-11-24", ""]),
        (3, ["4712", "Zoë", "12.5", "TRUE", ""]),
    ]


def test_lengths_of_time_are_read_in_hours(tmp_path: Path) -> None:
    path = stored(
        tmp_path, workbook([HEADING, [1, dt.timedelta(hours=38, minutes=30), dt.time(7, 30), dt.date(2026, 1, 2)]])
    )

    assert cells_of(path) == ["1", "38.5", "07:30:00", "2026-01-02"]


def test_leading_zeros_shown_by_the_format_are_kept(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(HEADING)
    sheet.append([42, "A", "B"])
    sheet["A2"].number_format = "00000"
    file = BytesIO()
    book.save(file)

    assert cells_of(stored(tmp_path, file.getvalue()))[0] == "00042"


def test_days_counted_from_1904_are_known(tmp_path: Path) -> None:
    path = stored(tmp_path, workbook([HEADING, [1, "A", "B", dt.date(2026, 11, 24)]], is_1904=True))
    table = examine(path)

    assert table.is_1904
    assert table_from_json(table.as_json()) == table
    assert cells_of(path)[-1] == "2026-11-24"


def test_formulas_and_errors_are_marked_with_their_cell(tmp_path: Path) -> None:
    content = workbook([HEADING, [1, "=B1", "B", ArrayFormula("D2:D2", "=SUM(A1:A9)")], [2, "A", "#REF!", "x"]])

    assert cells_of(stored(tmp_path, content)) == [
        *("1", f"{FORMULA}B2", "B", f"{FORMULA}D2"),
        *("2", "A", f"{BROKEN}C3", "x"),
    ]


def test_sheet_with_the_people_is_found_behind_empty_and_hidden_ones(tmp_path: Path) -> None:
    book = Workbook()
    hidden: Any = book.create_sheet("Intern")
    hidden.append(["geheim"])
    hidden.sheet_state = "hidden"
    people: Any = book.create_sheet("Personal")
    people.append(HEADING)
    people.append([1, "A", "B"])
    file = BytesIO()
    book.save(file)

    assert cells_of(stored(tmp_path, file.getvalue())) == ["1", "A", "B"]


@pytest.mark.slow
def test_a_million_empty_rows_are_passed_over(tmp_path: Path) -> None:
    content = workbook([HEADING, [1, "A", "B"]])
    sheet = zipfile.ZipFile(BytesIO(content)).read(SHEET).decode()
    last = '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>2</t></is></c></row></sheetData>'
    path = stored(tmp_path, with_part(content, SHEET, sheet.replace("</sheetData>", last).encode()))

    assert [number for number, _ in rows_of(path)] == [2, 1048576]
    assert estimated_rows(path, examine(path)) >= 0


def test_a_lie_about_the_width_costs_nothing(tmp_path: Path) -> None:
    content = workbook([HEADING, [1, "A", "B"]])
    sheet = zipfile.ZipFile(BytesIO(content)).read(SHEET).decode()
    lie = sheet.replace('<dimension ref="A1:D2"', '<dimension ref="A1:XFD1048576"')
    path = stored(tmp_path, with_part(content, SHEET, lie.encode()))

    assert lie != sheet
    assert rows_of(path) == [(2, ["1", "A", "B", "", ""])]


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"
t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"""
OUTSIDE = ENTITIES.replace(b'<!ENTITY a "aaaaaaaaaa">', b'<!ENTITY a SYSTEM "file:///etc/passwd">')


def hostile() -> dict[str, tuple[bytes, str]]:
    """Return files that must be refused, and why."""
    good = workbook([HEADING, [1, "A", "B"]])
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr(SHEET, b"\0" * (30 << 20))
    twice = BytesIO()
    with zipfile.ZipFile(twice, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/workbooks.xm", "<workbook/>")
    crowd = BytesIO()
    with zipfile.ZipFile(crowd, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(archives.MOST_ENTRIES):
            archive.writestr(f"xl/{number}", "")
    plain = BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("holiday.txt", "sun")
    ole = archives._OLE_MARK + b"\0" * 504  # noqa: SLF001 - the mark itself
    return {
        "entities": (with_part(good, SHEET, ENTITIES), "entities"),
        "entities outside": (with_part(good, SHEET, OUTSIDE), "entities"),
        "entities in utf-16": (
            with_part(good, SHEET, ENTITIES.decode().replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")),
            "entities",
        ),
        "entities in the strings": (with_part(good, "xl/sharedStrings.xml", ENTITIES), "entities"),
        "links": (with_part(good, "xl/externalLinks/externalLink1.xml", b"<x/>"), "links"),
        "cut off": (good[: len(good) // 2], "broken_archive"),
        "only a mark": (b"PK\x03\x04", "broken_archive"),
        "no XML": (with_part(good, SHEET, b"Hello"), "broken_archive"),
        "XML that breaks off": (with_part(good, SHEET, b"<worksheet><sheetData><row>"), "broken_archive"),
        "no sheet": (with_part(good, "xl/workbook.xml", b"<workbook/>"), "empty"),
        "flipped bytes": (flipped(good), "broken_archive"),
        "locked part": (locked(good), "locked"),
        "bomb": (bomb.getvalue(), "bomb"),
        "two parts of one name": (twice.getvalue().replace(b"xl/workbooks.xm", b"xl/workbook.xml"), "broken_archive"),
        "a crowd of parts": (crowd.getvalue(), "broken_archive"),
        "another archive": (plain.getvalue(), "no_workbook"),
        "old Excel": (ole, "old_excel"),
        "locked workbook": (ole + "EncryptedPackage".encode("utf-16-le") + b"\0" * 64, "locked"),
    }


def flipped(content: bytes) -> bytes:
    """Return an archive whose first part no longer has its checksum."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entry = archive.getinfo("xl/workbook.xml")
        start = entry.header_offset + 30 + len(entry.filename) + 10
    return content[:start] + bytes(byte ^ 0xFF for byte in content[start : start + 60]) + content[start + 60 :]


def locked(content: bytes) -> bytes:
    """Return an archive whose directory says that its parts are encrypted."""
    changed = bytearray(content)
    place = changed.find(b"PK\x01\x02")
    while place >= 0:
        changed[place + 8] |= 1
        place = changed.find(b"PK\x01\x02", place + 4)
    return bytes(changed)


@pytest.mark.parametrize("name", sorted(hostile()))
@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_hostile_workbook_is_refused_with_a_sentence(tmp_path: Path, name: str) -> None:
    content, code = hostile()[name]

    assert refusal(stored(tmp_path, content)) == code


def test_workbook_without_any_content_is_empty(tmp_path: Path) -> None:
    assert refusal(stored(tmp_path, workbook([]))) == "empty"


def test_formula_among_the_headings_is_refused(tmp_path: Path) -> None:
    assert refusal(stored(tmp_path, workbook([["Personalnummer", "Vorname", "=A1"]]))) == "formula_heading"
