"""Files as they should not be: each gets a clear sentence with its row, in both languages, and changes nothing."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from wurzelwerk.cli import import_people as command
from wurzelwerk.cli.main import main
from wurzelwerk.kernel.jobs import run_job
from wurzelwerk.kernel.models import Job
from wurzelwerk.people.models import (
    ImportProblem,
    ImportRow,
    ImportTerm,
    ImportUnit,
    JobRole,
    OrgUnit,
    PeopleImport,
    WorkPattern,
)
from wurzelwerk.people.tests.factories import EmploymentFactory
from wurzelwerk.people.tests.people_files import HEADING, company, workbook

pytestmark = pytest.mark.django_db

GOOD = f"{HEADING}\n1;Clara;Vogt\n"
MOST_BYTES = 200 << 20
MOST_MEMORY = 60 << 20


@pytest.fixture(autouse=True)
def _at_once(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run jobs without a bar, which needs a connection of its own."""
    settings.DATA = tmp_path / "data"

    def run(job: Job, *, label: str) -> Job:
        run_job(job.pk)
        job.refresh_from_db()
        return job

    monkeypatch.setattr(command, "run_with_bar", run)


def text(rows: str, heading: str = HEADING) -> Callable[[Path], None]:
    return raw(f"{heading}\n{rows}\n".encode())


def raw(content: bytes, name: str = "people.csv") -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / name).write_bytes(content)

    return write


def with_units(rows: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / "units.csv").write_text(f"Code;Name;Parent\n{rows}\n")
        (folder / "people.csv").write_text(GOOD)

    return write


def far_too_large(folder: Path) -> None:
    """Write a file with holes: large to look at, small on the disk."""
    with (folder / "people.csv").open("wb") as file:
        file.write(GOOD.encode())
        file.truncate(MOST_BYTES + 1)


def without_end(folder: Path) -> None:
    """Write a file just small enough, of good rows and one that never ends."""
    with (folder / "people.csv").open("wb") as file:
        file.write(GOOD.encode() + b"2;Ben;" + b"x" * 5_000)
        file.truncate(MOST_BYTES)


SHEET = workbook([HEADING.split(";"), [1, "Clara", "Vogt"], [2, "=A2", "Haddad"]])

BAD = {
    "letters of two encodings": (
        raw(f"{HEADING}\n1;Jörg;Vogt\n".encode() + "2;Käthe;Groß\n".encode("cp1252")),
        "Zeile 3 passt als erste nicht.",
        "row 3 is the first that does not fit.",
    ),
    "letters of no encoding": (
        raw(b"\xff\xfe" + HEADING.encode("utf-16-le") + b"\n"),
        "lassen sich nicht lesen (versucht: UTF-16)",
        "cannot be read (tried: UTF-16)",
    ),
    "no text at all": (
        raw(b"\x89PNG\r\n\x1a\n" + bytes(600)),
        "Das ist weder eine Textdatei (.csv) noch eine Excel-Arbeitsmappe (.xlsx).",
        "This is neither a text file (.csv) nor an Excel workbook (.xlsx).",
    ),
    "archive that breaks off": (
        raw(SHEET[: len(SHEET) // 2], "people.xlsx"),
        "Die Arbeitsmappe ist beschädigt",
        "The workbook is damaged",
    ),
    "units in a circle": (
        with_units("W;Werk;\nA;a;B\nB;b;A"),
        "Bereichsdatei, Zeile 3, Bereich darüber „B“: Diese Bereiche liegen im Kreis untereinander: A → B → A.",
        "Units file, row 3, Unit above “B”: These units lie below each other in a circle: A → B → A.",
    ),
    "same person twice": (
        text("1;Clara;Vogt\n2;Ben;Krüger\n1;Clara;Vogt"),
        "Zeile 4, Personalnummer „1“: Diese Personalnummer steht schon in Zeile 2.",
        "Row 4, Staff number “1”: This staff number stands in row 2 already.",
    ),
    "manager who does not exist": (
        text("1;Clara;Vogt;\n2;Ben;Krüger;4711", f"{HEADING};Vorgesetzte"),
        "Zeile 3, Führungskraft (Personalnummer) „4711“: Niemand hat diese Personalnummer",
        "Row 3, Manager (staff number) “4711”: There is nobody with this staff number",
    ),
    "formula in a text file": (
        text("1;Clara;Vogt\n2;=HYPERLINK(A1);Krüger"),
        "Zeile 3, Vorname „=HYPERLINK(A1)“: Hier steht eine Formel.",
        "Row 3, Given name “=HYPERLINK(A1)”: A formula stands here.",
    ),
    "formula in a workbook": (
        raw(SHEET, "people.xlsx"),
        "Zeile 3, Vorname „=…“: Hier steht eine Formel.",
        "Row 3, Given name “=…”: A formula stands here.",
    ),
    "quotation without an end": (
        text('1;Clara;Vogt\n2;"Ben;Krüger'),
        "Nahe Zeile 3 beginnt ein Anführungszeichen, das nie endet.",
        "A quotation mark is opened near row 3 and never closed.",
    ),
    "more than 200 MB": (far_too_large, "Die Datei ist zu groß: 201 MB.", "The file is too large: 201 MB."),
    "row without an end": (
        without_end,
        "Zeile 3 ist länger, als eine Zeile einer Personaldatei sein kann.",
        "Row 3 is longer than any row of a people file can be.",
    ),
}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", BAD)
def test_bad_file_gets_a_sentence_with_its_row_and_changes_nothing(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str], name: str, language: str
) -> None:
    write, german, english = BAD[name]
    EmploymentFactory(person__staff_number="1", person__given_name="Clara", person__family_name="Vogt")
    before, counts = company(), count_all()
    write(tmp_path)
    people, units = next(tmp_path.glob("people.*")), tmp_path / "units.csv"
    words = [str(people), *(["--units", str(units)] if units.exists() else []), "--complete", "--yes"]
    size = people.stat().st_size

    code = main(["--language", language, "import-people", *words])

    said = capsys.readouterr()
    assert code == 1
    assert (german if language == "de" else english) in said.out + said.err
    assert (company(), count_all()) == (before, counts)
    assert people.stat().st_size == size
    assert set(PeopleImport.objects.values_list("state", flat=True)) <= {"discarded"}
    assert [path.name for path in (settings.DATA / "imports").iterdir()] == ["command.lock"]


def test_largest_file_is_looked_at_within_little_memory(tmp_path: Path) -> None:
    without_end(tmp_path)

    tracemalloc.start()
    code = main(["import-people", str(tmp_path / "people.csv"), "--yes"])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert code == 1
    assert peak < MOST_MEMORY


def count_all() -> list[int]:
    """Return how many rows there are of everything an import writes."""
    models = (OrgUnit, JobRole, WorkPattern, ImportRow, ImportUnit, ImportTerm, ImportProblem)
    return [model._default_manager.count() for model in models]
