import csv
from pathlib import Path

import pytest

from wurzelwerk.people.hr_import.reading import csv_files, tables
from wurzelwerk.people.hr_import.reading.csv_files import CsvShape
from wurzelwerk.people.hr_import.reading.problems import Unreadable
from wurzelwerk.people.hr_import.reading.tables import Table, chunks, estimated_rows, examine, samples, table_from_json
from wurzelwerk.people.hr_import.sentences import UNREADABLE, unreadable_text

TEXT = "Personalnummer;Vorname;Nachname\r\n1;Jürgen;Groß\r\n2;Zoë;Łącka\r\n"
WEST = "Personalnummer;Vorname;Nachname\r\n1;Jürgen;Groß\r\n"


def rows_of(path: Path) -> list[tuple[int, list[str]]]:
    table = examine(path)
    return [pair for numbers, rows in chunks(path, table, 2) for pair in zip(numbers, rows, strict=True)]


def refusal(path: Path) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        rows_of(path)
    assert unreadable_text(refused.value.code, refused.value.params)
    return refused.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(TEXT.encode(encoding))

    assert examine(path).headings == ("Personalnummer", "Vorname", "Nachname")
    assert rows_of(path) == [(2, ["1", "Jürgen", "Groß"]), (3, ["2", "Zoë", "Łącka"])]


def test_windows_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes((WEST + "2;„Kai“;–\r\n").encode("cp1252"))

    assert rows_of(path) == [(2, ["1", "Jürgen", "Groß"]), (3, ["2", "„Kai“", "–"])]


def test_a_mixture_of_encodings_names_the_row(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(WEST.encode() + "2;Kai;Weiß\r\n".encode("cp1252"))

    assert (refusal(path).code, refusal(path).params) == ("mixed_encoding", {"row": 3})


def test_bytes_of_no_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(b"Personalnummer;Vorname\r\n1;J\x81\x8drgen\r\n")

    assert refusal(path).code == "wrong_encoding"


def test_broken_utf16_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(TEXT.encode("utf-16")[:-1])

    assert refusal(path).code == "wrong_encoding"


def test_pictures_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(64)) * 8 + b"\0\0\0\x1a" * 64)

    assert refusal(path).code == "not_text"


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_separator_is_found(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "people.csv"
    path.write_text(TEXT.replace(";", separator), encoding="utf-8")

    assert rows_of(path)[0] == (2, ["1", "Jürgen", "Groß"])


def test_separators_inside_quotes_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text('"Name, Vorname, Titel";Personalnummer\n"Groß, Jürgen, Dr.";1\n', encoding="utf-8")

    assert rows_of(path) == [(2, ["Groß, Jürgen, Dr.", "1"])]


def test_line_that_names_the_separator_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("sep=|\nPersonalnummer|Vorname\n1|A;B,C;D\n", encoding="utf-8")

    assert examine(path).heading_row == 2
    assert rows_of(path) == [(3, ["1", "A;B,C;D"])]


def test_quoted_line_breaks_belong_to_the_cell(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text('Personalnummer;Vorname\n1;"Anna\nLena"\n2;Ben\n', encoding="utf-8", newline="")

    assert rows_of(path) == [(2, ["1", "Anna\nLena"]), (3, ["2", "Ben"])]


def test_empty_rows_are_passed_over_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("\n\nPersonalnummer;Vorname\n\n1;Amira\n;\n\n2;Ben\n", encoding="utf-8")

    assert examine(path).heading_row == 3
    assert rows_of(path) == [(5, ["1", "Amira"]), (8, ["2", "Ben"])]


def test_title_above_the_heading_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Personalliste, Stand November\n;;\nPersonalnummer,Vorname,Nachname\n1,A,B\n", encoding="utf-8")

    assert examine(path).headings == ("Personalnummer", "Vorname", "Nachname")
    assert rows_of(path) == [(4, ["1", "A", "B"])]


def test_file_without_known_headings_shows_its_first_row(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("4711;Amira;Haddad\n4712;Ben;Krüger\n", encoding="utf-8")

    assert examine(path).headings == ("4711", "Amira", "Haddad")


@pytest.mark.parametrize("content", [b"", b"\n\n \n", b";;\n;;\n", b"\xef\xbb\xbf"])
def test_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(content)

    assert refusal(path).code == "empty"


@pytest.mark.parametrize("rows", [3, 60_000])
def test_quote_that_never_ends_is_refused(tmp_path: Path, rows: int) -> None:
    path = tmp_path / "people.csv"
    path.write_text('Personalnummer;Vorname\n1;A\n2;"B\n' + "3;C\n" * rows, encoding="utf-8")

    assert (refusal(path).code, refusal(path).params) == ("open_quote", {"row": 3})


def test_quote_that_is_open_at_the_end_of_the_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text('Personalnummer;Vorname\n1;"A"\n2;"B', encoding="utf-8")

    assert (refusal(path).code, refusal(path).params) == ("open_quote", {"row": 3})


def test_quote_within_a_word_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text('Personalnummer;Vorname\n1;Rohr 5" lang\n2;"Max"imilian\n', encoding="utf-8")

    assert rows_of(path) == [(2, ["1", 'Rohr 5" lang']), (3, ["2", "Maximilian"])]


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(";".join(f"c{number}" for number in range(300)) + "\n", encoding="utf-8")

    assert refusal(path).code == "too_many_columns"


def test_too_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    with path.open("wb") as file:
        file.truncate(tables.MOST_BYTES + 1)

    assert (refusal(path).code, refusal(path).params) == ("too_large", {"megabytes": 201, "limit": 200})


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("size", [1, 7, 40, 1 << 20])
def test_rows_are_the_same_however_the_file_is_cut_into_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, size: int
) -> None:
    monkeypatch.setattr(csv_files, "_CHUNK", size)
    rows = [["Nr", "Vorname"], ["1", "Änne"], [], ["2", "A;B"], ["3", f"C{ending}D"], ["4", 'E"F'], ["5", "last"]]
    written = ["Nr;Vorname", "1;Änne", "", '2;"A;B"', f'3;"C{ending}D"', '4;"E""F"', "5;last"]
    path = tmp_path / "people.csv"
    path.write_bytes(ending.join(written).encode())

    assert list(csv_files.read_csv(path, CsvShape("utf-8", ";"))) == rows


@pytest.mark.parametrize("cell", ["x" * 2_000, "x" * (3 << 20), "x;" * (1 << 20)])
def test_row_that_is_far_too_long_is_refused_by_its_number(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f"Personalnummer;Vorname\n1;A\n2;{cell}\n3;C\n", encoding="utf-8")
    usual = csv.field_size_limit(1_000)
    try:
        assert (refusal(path).code, refusal(path).params) == ("long_row", {"row": 3})
    finally:
        csv.field_size_limit(usual)


def test_samples_are_as_wide_as_the_heading(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Personalnummer;Vorname;Nachname\n1;A\n2;B;C;D\n", encoding="utf-8")

    assert samples(path, examine(path)) == [["1", "A", ""], ["2", "B", "C"]]


def test_rows_are_estimated_and_the_table_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(TEXT, encoding="utf-8")
    table = examine(path)

    assert estimated_rows(path, table) == 2
    assert table_from_json(table.as_json()) == table
    assert table == Table(CsvShape("utf-8", ";"), 1, ("Personalnummer", "Vorname", "Nachname"))


def test_every_refusal_has_its_sentence() -> None:
    assert {"empty", "mixed_encoding", "bomb", "gone"} <= set(UNREADABLE)
