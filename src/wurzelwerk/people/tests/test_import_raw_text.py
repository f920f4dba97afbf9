"""What stands raw in a file and is kept for showing it: samples, headings, names and paths of files."""

from pathlib import Path

import pytest
from django.utils import translation

from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people import actions
from wurzelwerk.people.hr_import.reading.problems import PEOPLE, cut, printable
from wurzelwerk.people.models import ImportCorrection, ImportProblem, PeopleImport
from wurzelwerk.people.tests.people_files import HEADING, checked, workbook, write

pytestmark = pytest.mark.django_db


def samples_of(people_import: PeopleImport) -> dict[str, list[str]]:
    samples: dict[str, list[str]] = people_import.settled["people"]["samples"]
    return samples


def test_samples_hold_no_signs_that_a_database_refuses(tmp_path: Path) -> None:
    people_import = actions.name_people_file(by=None, path=write(tmp_path, f"{HEADING}\n1;A\0;{'x' * 200}"))

    samples = samples_of(PeopleImport.objects.get(pk=people_import.pk))

    assert (samples["1"], samples["2"]) == (["A\N{REPLACEMENT CHARACTER}"], ["x" * 79 + "…"])


def test_samples_of_a_workbook_show_that_a_formula_stands_there(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    path.write_bytes(workbook([HEADING.split(";"), [1, "=A2", "A"]]))

    people_import = checked(path)

    assert samples_of(people_import)["1"] == ["=…"]
    assert ImportProblem.objects.get().value == "=…"


def test_headings_are_kept_without_signs_that_nobody_can_show(tmp_path: Path) -> None:
    path = write(tmp_path, f"{HEADING};Ge\0halt;{'x' * 600}\n1;A;A;;")

    people_import = actions.name_people_file(by=None, path=path)

    headings = PeopleImport.objects.get(pk=people_import.pk).settled["people"]["table"]["headings"]
    assert headings[3:] == ["Ge\N{REPLACEMENT CHARACTER}halt", "x" * 500]


def test_names_of_uploaded_files_are_kept_as_they_can_be_shown(tmp_path: Path) -> None:
    people_import = actions.bring_people_file(
        by=None,
        file_name="Per\0sonal.csv",
        content=[f"{HEADING}\n1;A;A".encode()],
        units_file_name="Ein\nheiten.csv",
        units_content=[b"Code;Name\nA;a"],
    )

    assert people_import.file_name == "Per\N{REPLACEMENT CHARACTER}sonal.csv"
    assert people_import.units_file_name == "Ein\N{REPLACEMENT CHARACTER}heiten.csv"


@pytest.mark.parametrize("name", ["\udcdcbersicht.csv", "x" * 200 + "/" + "y" * 200 + "/" + "z" * 200])
def test_path_that_no_column_can_hold_is_refused_before_anything_is_kept(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{HEADING}\n1;A;A\n")

    with translation.override("en"), pytest.raises(Refused, match="plain name"):
        actions.name_people_file(by=None, path=path)

    assert not PeopleImport.objects.exists()


def test_what_was_typed_over_a_cell_is_kept_without_signs_nobody_typed(tmp_path: Path) -> None:
    people_import = checked(write(tmp_path, f"{HEADING}\n1;;A"))

    actions.correct_cells(by=None, people_import=people_import, values={(PEOPLE, 2, "given_name"): "An\0na"})

    assert ImportCorrection.objects.get().value == "Anna"


@pytest.mark.parametrize(
    "value,shown",
    [("Müller", "Müller"), ("a\0b", "a\N{REPLACEMENT CHARACTER}b"), ("\udc00", "\N{REPLACEMENT CHARACTER}"), ("", "")],
)
def test_printable_text_holds_only_what_can_be_kept(value: str, shown: str) -> None:
    assert printable(value) == shown
    assert cut(value) == shown
