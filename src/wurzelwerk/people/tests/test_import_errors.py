from pathlib import Path

import pytest

from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people import actions
from wurzelwerk.people.choices import ImportState
from wurzelwerk.people.hr_import import noting
from wurzelwerk.people.hr_import.reading import codes
from wurzelwerk.people.hr_import.reading.problems import PEOPLE, UNITS
from wurzelwerk.people.hr_import.sentences import PROBLEMS, problem_text
from wurzelwerk.people.models import ImportProblem, ImportRow, PeopleImport, Person
from wurzelwerk.people.tests.factories import EmploymentFactory, PersonFactory, cast
from wurzelwerk.people.tests.people_files import (
    apply,
    check,
    checked,
    company,
    finish,
    kinds_of,
    problems_of,
    workbook,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]
HEADING = "Personalnummer;Vorname;Nachname;E-Mail;Vorgesetzte;Sprache;Eintritt;Austritt;Arbeitszeitmodell"


def import_of(folder: Path, *rows: str, **options: object) -> PeopleImport:
    return checked(write(folder, "\n".join((HEADING, *rows))), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "row,problem",
    [
        (";B;B;;;;;;", (3, "staff_number", "missing")),
        ("2;;B;;;;;;", (3, "given_name", "missing")),
        ("2;B;;;;;;;", (3, "family_name", "missing")),
        (f"2;{'x' * 81};B;;;;;;", (3, "given_name", "too_long")),
        ("2;=1+1;B;;;;;;", (3, "given_name", "formula")),
        ("2;B\0;B;;;;;;", (3, "given_name", "control_character")),
        ("2;B;B;b;;;;;", (3, "email", "bad_email")),
        ("2;B;B;;2;;;;", (3, "manager", "own_manager")),
        ("2;B;B;;999;;;;", (3, "manager", "unknown_manager")),
        ("2;B;B;;;Latein;;;", (3, "language", "unknown_language")),
        ("2;B;B;;;;31.2.2020;;", (3, "entered_on", "bad_date")),
        ("2;B;B;;;;;soon;", (3, "left_on", "bad_date")),
        ("2;B;B;;;;05/06/2020;;", (3, "entered_on", "ambiguous_date")),
        ("2;B;B;;;;1.1.1066;;", (3, "entered_on", "far_date")),
        ("2;B;B;;;;1.1.2030;31.12.2029;", (3, "left_on", "exit_before_entry")),
        ("2;B;B;;;;;;Modell X", (3, "work_pattern", "unknown_pattern")),
        ("1;B;B;;;;;;", (3, "staff_number", "duplicate_staff_number")),
        ("2;B;B;;;;;;;zu viel", (3, "", "more_cells")),
    ],
)
def test_wrong_cell_is_told_with_row_and_column(tmp_path: Path, row: str, problem: tuple[int, str, str]) -> None:
    people_import = import_of(tmp_path, "1;A;A;;;;;;", row, "3;C;C;;;;;;")

    assert problems_of(people_import) == [problem]
    assert set(kinds_of(people_import)) == {"1", "3"}
    found = ImportProblem.objects.get()
    assert problem_text(found.code, found.params)


def test_everything_wrong_in_a_row_is_told_at_once(tmp_path: Path) -> None:
    people_import = import_of(tmp_path, "7;;B;b;;Latein;x;;")

    assert problems_of(people_import) == [
        (2, "email", "bad_email"),
        (2, "entered_on", "bad_date"),
        (2, "given_name", "missing"),
        (2, "language", "unknown_language"),
    ]
    assert ImportProblem.objects.filter(staff_number="7").count() == 4


def test_short_rows_are_read_as_if_the_rest_were_empty(tmp_path: Path) -> None:
    people_import = import_of(tmp_path, "1;A;A", "2;B;B;b@example.org")

    assert problems_of(people_import) == []
    assert kinds_of(people_import) == {"1": "joiner", "2": "joiner"}


def test_duplicates_name_the_first_row_also_across_known_persons(tmp_path: Path) -> None:
    PersonFactory(staff_number="1", given_name="A", family_name="A", email="")

    people_import = import_of(tmp_path, "1;A;A;;;;;;", "1;A;A;;;;;;", "1;A;A;;;;;;")

    assert [problem.params for problem in ImportProblem.objects.order_by("row")] == [{"row": 2}, {"row": 2}]
    assert kinds_of(people_import) == {}


def test_manager_whose_own_row_is_wrong_is_not_unknown(tmp_path: Path) -> None:
    people_import = import_of(tmp_path, "1;;A;;;;;;", "2;B;B;;1;;;;")

    assert problems_of(people_import) == [(2, "given_name", "missing")]


def test_formula_cell_of_a_workbook_is_told_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    path.write_bytes(workbook([["Personalnummer", "Vorname", "Nachname"], [1, "A", "A"], [2, "=B2", "B"]]))

    people_import = checked(path)

    found = ImportProblem.objects.get(people_import=people_import)
    assert (found.row, found.field, found.code, found.params) == (3, "given_name", "formula", {"cell": "B3"})


@pytest.mark.parametrize(
    "units,problem",
    [
        ("Code;Name;Parent\nA;a;B\nB;b;A", (2, "unit_parent", "circular_units")),
        ("Code;Name;Parent\nA;a;X", (2, "unit_parent", "unknown_parent")),
        ("Code;Name;Parent\nA;a;\nA;b;", (3, "unit_code", "duplicate_unit")),
        ("Code;Name;Parent\nA;a;\n;;A", (3, "unit_code", "missing")),
        (f"Code;Name;Parent\n{'x' * 81};a;", (2, "unit_code", "too_long")),
    ],
)
def test_wrong_unit_is_told_with_its_row(tmp_path: Path, units: str, problem: tuple[int, str, str]) -> None:
    people = write(tmp_path, "Personalnummer;Vorname;Nachname\n1;A;A")

    people_import = checked(people, units=write(tmp_path, units, "units.csv"))

    assert problems_of(people_import) == [problem]
    assert ImportProblem.objects.get().source == UNITS


def test_unit_that_is_nowhere_is_told(tmp_path: Path) -> None:
    people = write(tmp_path, "Personalnummer;Vorname;Nachname;Abteilungsnummer\n1;A;A;X\n2;B;B;A")

    people_import = checked(people, units=write(tmp_path, "Code;Name\nA;a", "units.csv"))

    assert problems_of(people_import) == [(2, "unit_code", "unknown_unit")]


def test_rows_that_contradict_each_other_about_a_unit_are_told(tmp_path: Path) -> None:
    text = """
    Personalnummer;Vorname;Nachname;Abteilungsnummer;Abteilung;Übergeordnete Einheit
    1;A;A;M;Montage;W
    2;B;B;M;Versand;W
    3;C;C;W;Werk;
    """

    assert problems_of(checked(write(tmp_path, text))) == [(3, "unit_name", "unit_name_differs")]


def test_import_with_errors_is_not_applied(tmp_path: Path) -> None:
    people_import = import_of(tmp_path, "1;A;A;;;;;;", "2;;B;;;;;;")

    with pytest.raises(Refused):
        actions.apply_import(by=None, people_import=people_import)

    assert Person.objects.count() == 0


def test_rows_with_errors_are_left_out_when_somebody_agrees(tmp_path: Path) -> None:
    people_import = import_of(tmp_path, "1;A;A;;;;;;", "2;;B;;;;;;", "3;C;C;;2;;;;")
    actions.change_scope(by=None, people_import=people_import, is_complete=False, leaves_out_errors=True)

    apply(people_import)

    assert {number: row["employment__manager__staff_number"] for number, row in company().items()} == {
        "1": None,
        "3": None,
    }


def test_tree_that_is_wrong_cannot_be_left_out(tmp_path: Path) -> None:
    people = write(tmp_path, "Personalnummer;Vorname;Nachname\n1;A;A")
    people_import = checked(people, units=write(tmp_path, "Code;Name;Parent\nA;a;B\nB;b;A", "units.csv"))
    actions.change_scope(by=None, people_import=people_import, is_complete=False, leaves_out_errors=True)

    with pytest.raises(Refused):
        actions.apply_import(by=None, people_import=people_import)


def test_person_whose_row_is_wrong_does_not_leave(tmp_path: Path) -> None:
    for number in ("1", "2", "3"):
        PersonFactory(staff_number=number)

    people_import = import_of(tmp_path, "1;;A;;;;;;", "2;B;B;;;;;;", is_complete=True)

    assert kinds_of(people_import) == {"2": "changed", "3": "leaver"}


def test_nobody_leaves_while_a_row_cannot_be_told_apart(tmp_path: Path) -> None:
    PersonFactory(staff_number="1")

    people_import = import_of(tmp_path, ";A;A;;;;;;", is_complete=True)

    assert kinds_of(people_import) == {}
    assert (people_import.counts["nameless"], people_import.counts["absent"]) == (1, 1)


def test_corrected_cells_are_read_instead_of_the_file(tmp_path: Path) -> None:
    people_import = import_of(tmp_path, "1;;A;;;;;;", "2;B;B;;77;;;;")
    values = {(PEOPLE, 2, "given_name"): "Anna", (PEOPLE, 3, "manager"): "1"}

    actions.correct_cells(by=None, people_import=people_import, values=values)
    check(people_import)

    assert people_import.problem_count == 0
    assert list(ImportRow.objects.order_by("row").values_list("given_name", "manager_number")) == [
        ("Anna", ""),
        ("B", "1"),
    ]


def test_corrections_can_be_corrected(tmp_path: Path) -> None:
    people_import = import_of(tmp_path, "1;;A;;;;;;")
    for value in ("", "Anna"):
        actions.correct_cells(by=None, people_import=people_import, values={(PEOPLE, 2, "given_name"): value})

    assert problems_of(check(people_import)) == []


def test_units_are_corrected_too(tmp_path: Path) -> None:
    people = write(tmp_path, "Personalnummer;Vorname;Nachname;Abteilungsnummer\n1;A;A;B")
    people_import = checked(people, units=write(tmp_path, "Code;Name;Parent\nA;a;B\nB;b;A", "units.csv"))

    actions.correct_cells(by=None, people_import=people_import, values={(UNITS, 2, "unit_parent"): ""})
    apply(check(people_import))

    assert company()["1"]["employment__unit__path"] == "A/B/"


def test_only_the_first_problems_are_kept_but_all_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noting, "MOST_KEPT", 3)

    people_import = import_of(tmp_path, *(f"{number};;A;;;;;;" for number in range(5)))

    assert people_import.problem_count == 5
    assert ImportProblem.objects.count() == 3


def test_unreadable_file_leads_back_with_the_reason(tmp_path: Path) -> None:
    path = write(tmp_path, "Personalnummer;Vorname;Nachname\n1;A;A")
    people_import = actions.name_people_file(by=None, path=path)
    job = actions.check_import(by=None, people_import=people_import, in_queue=False)
    path.write_bytes(b"Personalnummer;Vorname;Nachname\n1;A;\xfc\n2;\xc3\xa4;B\n")

    ended = finish(job)

    people_import.refresh_from_db()
    assert ended.state == JobState.FAILED
    assert people_import.state == ImportState.UPLOADED
    assert people_import.position["unreadable"] == "changed"


def test_file_that_has_gone_leads_back(tmp_path: Path) -> None:
    path = write(tmp_path, "Personalnummer;Vorname;Nachname\n1;A;A")
    people_import = actions.name_people_file(by=None, path=path)
    job = actions.check_import(by=None, people_import=people_import, in_queue=False)
    path.unlink()

    finish(job)

    people_import.refresh_from_db()
    assert people_import.position == {"unreadable": "gone", "params": {}}


def test_columns_must_be_settled_before_the_check(tmp_path: Path) -> None:
    nameless = actions.name_people_file(by=None, path=write(tmp_path, "Personalnummer;Vorname\n1;A"))
    refused = actions.name_people_file(by=None, path=write(tmp_path, "Personalnummer;Vorname;Nachname;Gehalt\n1;A;A;9"))

    for people_import in (nameless, refused):
        with pytest.raises(Refused):
            actions.check_import(by=None, people_import=people_import)


def test_columns_can_be_chosen_and_refused_ones_never_are(tmp_path: Path) -> None:
    path = write(tmp_path, "Nr;Rufname;Familie;Gehalt\n1;A;B;5000")

    people_import = checked(path, columns={0: "staff_number", 1: "given_name", 2: "family_name", 3: "email"})

    assert problems_of(people_import) == []
    assert ImportRow.objects.get().email == ""
    assert "5000" not in str(list(ImportRow.objects.values())) + str(people_import.settled)


def test_many_leavers_need_a_second_word(tmp_path: Path) -> None:
    for number in range(9):
        PersonFactory(staff_number=str(number), given_name="K", family_name="P", email="")
    path = write(
        tmp_path, HEADING.split(";E", maxsplit=1)[0] + "\n" + "\n".join(f"{number};K;P" for number in range(8))
    )
    people_import = checked(path, is_complete=True)

    with pytest.raises(Refused):
        actions.apply_import(by=None, people_import=people_import)

    assert apply(people_import).state == ImportState.APPLIED


def test_import_checked_before_another_was_applied_is_checked_again(tmp_path: Path) -> None:
    first, second = import_of(tmp_path, "1;A;A;;;;;;"), import_of(tmp_path, "1;A;A;;;;;;")
    apply(first)

    with pytest.raises(Refused):
        actions.apply_import(by=None, people_import=second)


def test_only_one_import_writes_at_a_time(tmp_path: Path) -> None:
    first, second = import_of(tmp_path, "1;A;A;;;;;;"), import_of(tmp_path, "2;B;B;;;;;;")
    actions.apply_import(by=None, people_import=first, in_queue=False)

    with pytest.raises(Refused):
        actions.apply_import(by=None, people_import=second)


def test_step_that_was_taken_elsewhere_is_refused(tmp_path: Path) -> None:
    people_import = import_of(tmp_path, "1;A;A;;;;;;")
    stale = PeopleImport.objects.get(pk=people_import.pk)
    apply(people_import)

    with pytest.raises(Refused):
        actions.discard_import(by=None, people_import=stale)


def test_only_the_administration_imports(tmp_path: Path) -> None:
    people = cast()
    path = write(tmp_path, "Personalnummer;Vorname;Nachname\n1;A;A")

    for person in (people.amira, people.david, people.eva, people.felix):
        with pytest.raises(Refused):
            actions.name_people_file(by=person, path=path)
    assert actions.name_people_file(by=people.greta, path=path).created_by == people.greta


def test_every_problem_has_a_sentence_and_every_sentence_a_problem() -> None:
    folder = Path(codes.__file__).parent
    source = "".join(path.read_text() for path in [*folder.glob("*.py"), *folder.parent.glob("*.py")])

    assert [code for code in PROBLEMS if f'"{code}"' not in source] == []


def test_unit_of_a_known_person_may_be_ambiguous(tmp_path: Path) -> None:
    EmploymentFactory(unit__name="Versand")
    EmploymentFactory(unit__name="Versand")

    people_import = checked(write(tmp_path, "Personalnummer;Vorname;Nachname;Abteilung\n1;A;A;Versand"))

    assert problems_of(people_import) == [(2, "unit_name", "ambiguous_unit")]
