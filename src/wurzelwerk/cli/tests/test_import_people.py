import fcntl
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from wurzelwerk.cli import import_people as command
from wurzelwerk.cli.main import main
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.jobs import JobCancelled, run_job
from wurzelwerk.kernel.models import Job
from wurzelwerk.people import actions
from wurzelwerk.people.choices import ImportState, Role
from wurzelwerk.people.models import OrgUnit, PeopleImport, Person, RoleGrant
from wurzelwerk.people.tests.factories import PersonFactory
from wurzelwerk.people.tests.people_files import company, half_applied, half_checked, write

pytestmark = pytest.mark.django_db

UNITS = """
Code;Name;Parent
W;Werk;
M;Montage;W
V;Versand;W
"""
PEOPLE = """
Personalnummer;Vorname;Nachname;E-Mail;Abteilungsnummer;Vorgesetzte;Gehalt
1;Clara;Vogt;C@Example.org;W;;5000
2;Amira;Haddad;a@example.org;M;1;4000
3;Ben;Krüger;;M;1;4000
"""
LATER = """
Personalnummer;Vorname;Nachname;E-Mail;Abteilungsnummer;Vorgesetzte
1;Clara;Vogt-Berg;c@example.org;W;
2;Amira;Haddad;a@example.org;V;1
4;David;Lenz;;V;2
"""
WRONG = """
Personalnummer;Vorname;Nachname;Vorgesetzte
1;Clara;Vogt;
2;;Haddad;1
3;Ben;Krüger;99
"""


@pytest.fixture(autouse=True)
def _at_once(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run jobs without a bar, which needs a connection of its own; each test has its own data folder."""
    settings.DATA = tmp_path / "data"

    def run(job: Job, *, label: str) -> Job:
        run_job(job.pk)
        job.refresh_from_db()
        return job

    monkeypatch.setattr(command, "run_with_bar", run)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    write(tmp_path, UNITS, "units.csv")
    return write(tmp_path, PEOPLE)


@pytest.fixture
def imported(people: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The first import is done; return the file of a month later."""
    assert call(people, "--units", people.parent / "units.csv", "--yes") == 0
    capsys.readouterr()
    return write(people.parent, LATER, "later.csv")


def call(*words: object, language: str = "en") -> int:
    return main(["--language", language, "import-people", *map(str, words)])


def answer(monkeypatch: pytest.MonkeyPatch, *given: str) -> list[str]:
    """Let somebody sit at the terminal and answer; return the questions as they are asked."""
    waiting, asked = list(given), list[str]()

    def ask(question: str) -> str:
        asked.append(question.strip())
        if not waiting:
            raise EOFError
        return waiting.pop(0)

    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda _: True})())
    monkeypatch.setattr("builtins.input", ask)
    return asked


def states() -> list[str]:
    return list(PeopleImport.objects.order_by("pk").values_list("state", flat=True))


def test_first_file_brings_the_company(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = call(people, "--units", people.parent / "units.csv", "--yes")

    assert code == 0
    assert capsys.readouterr().out.splitlines() == [
        "Not read: column G “Gehalt”. Pay and bank details have no place in a learning system.",
        "Rows read: 3",
        "Joining: 3",
        "  1 Clara Vogt (Werk)",
        "  2 Amira Haddad (Montage)",
        "  3 Ben Krüger (Montage)",
        "Coming back: 0",
        "Moving: 0",
        "With other changes: 0",
        "Leaving: 0",
        "Units: 3 new, 0 changed",
        "Applied: 3 joined, 0 moved, 0 changed, 0 left, 0 came back.",
    ]
    assert company()["2"]["employment__unit__path"] == "W/M/"
    assert company()["1"]["email"] == "c@example.org"
    assert states() == ["applied"]


def test_next_file_shows_who_joins_moves_changes_and_leaves(imported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = call(imported, "--complete", "--confirm-leavers", "--yes", "--show", 1)

    assert code == 0
    assert capsys.readouterr().out.splitlines() == [
        "Rows read: 3",
        "Joining: 1",
        "  4 David Lenz (Versand)",
        "Coming back: 0",
        "Moving: 1",
        "  2 Amira Haddad (Montage → Versand)",
        "With other changes: 1",
        "  1 Clara Vogt-Berg (Werk)",
        "Leaving: 1",
        "  3 Ben Krüger (Montage)",
        "Applied: 1 joined, 1 moved, 1 changed, 1 left, 0 came back.",
    ]
    assert {number: row["is_active"] for number, row in company().items()} == {
        "1": True,
        "2": True,
        "3": False,
        "4": True,
    }


def test_looking_changes_nothing_and_leaves_nothing(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(people, "--dry-run", "--show", 2) == 0

    out = capsys.readouterr().out
    assert "  and 1 more\n" in out
    assert out.endswith("Nothing was changed: this was only a look.\n")
    assert (Person.objects.count(), OrgUnit.objects.count(), states()) == (0, 0, ["discarded"])


@pytest.mark.parametrize(
    "language,sentences",
    [
        ("en", ["Row 3, Given name: This cell must not be empty.", "Row 4, Manager (staff number) “99”: There is"]),
        ("de", ["Zeile 3, Vorname: Diese Zelle darf nicht leer sein.", "Zeile 4, Führungskraft (Personalnummer)"]),
    ],
)
def test_file_with_errors_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, sentences: list[str]
) -> None:
    assert call(write(tmp_path, WRONG), "--yes", language=language) == 1

    said = capsys.readouterr()
    assert all(sentence in said.out for sentence in sentences)
    assert "--leave-out-errors" in said.err
    assert (Person.objects.count(), states()) == (0, ["discarded"])


def test_rows_with_errors_can_be_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(write(tmp_path, WRONG), "--yes", "--leave-out-errors") == 3

    assert list(company()) == ["1"]
    assert capsys.readouterr().err == "Rows with errors were left out; errors: 2\n"


@pytest.mark.parametrize("given,code,count", [("y", 0, 3), ("Ja", 0, 3), ("n", 130, 0), ("", 130, 0)])
def test_somebody_at_the_terminal_is_asked(
    people: Path, monkeypatch: pytest.MonkeyPatch, given: str, code: int, count: int
) -> None:
    asked = answer(monkeypatch, given)

    assert call(people) == code
    assert asked == ["Apply these changes? [y/N]"]
    assert Person.objects.count() == count


def test_end_of_input_is_no_yes(people: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch)

    assert call(people) == 130
    assert states() == ["discarded"]


def test_interruption_at_the_question_leaves_nothing(people: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: str) -> str:
        raise KeyboardInterrupt

    answer(monkeypatch)
    monkeypatch.setattr("builtins.input", interrupt)

    assert call(people) == 130
    assert states() == ["discarded"]


def test_many_leavers_are_asked_about_first(imported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answer(monkeypatch, "n")

    assert call(imported, "--complete") == 130
    assert asked == ["1 of 3 persons would leave, more than a tenth. Is this right? [y/N]"]
    assert company()["3"]["is_active"] is True


def test_many_leavers_stop_what_nobody_watches(imported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(imported, "--complete", "--yes") == 1

    assert capsys.readouterr().err.endswith("Nothing was changed. If this is right, add --confirm-leavers.\n")
    assert states() == ["applied", "discarded"]


def test_whom_a_part_file_does_not_name_stays_and_is_counted(
    imported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(imported, "--dry-run") == 0

    assert "Not in the file, and staying as they are: 1 (--complete lets them leave)" in capsys.readouterr().out


def test_same_file_again_changes_nothing(imported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(imported.parent / "people.csv", "--units", imported.parent / "units.csv", "--yes") == 0

    assert capsys.readouterr().out.endswith("Nothing to change.\n")
    assert states() == ["applied", "discarded"]


def test_who_stays_all_the_same_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in ("1", "2"):
        PersonFactory(staff_number=number)
    RoleGrant.objects.create(person=Person.objects.get(staff_number="1"), role=Role.ADMINISTRATOR)

    call(write(tmp_path, "Personalnummer;Vorname;Nachname\n2;B;B"), "--complete", "--dry-run")
    call(write(tmp_path, "Personalnummer;Vorname;Nachname\n;B;B", "nameless.csv"), "--complete", "--dry-run")

    out = capsys.readouterr().out
    assert "Administrators whose account stays open all the same: 1" in out
    assert "Nobody missing in the file leaves: 1 rows have no readable staff number." in out


def test_what_happens_to_access_and_roles_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in ("1", "2"):
        person = PersonFactory(staff_number=number, email=f"{number}@example.org")
        RoleGrant.objects.create(person=person, role=Role.WORKS_COUNCIL)

    call(write(tmp_path, "Personalnummer;Vorname;Nachname;E-Mail\n2;B;B;new@example.org"), "--complete", "--dry-run")

    out = capsys.readouterr().out
    assert "E-mail addresses that change for persons who sign in already: 1\n" in out
    assert "Roles that end with closed accounts: 1\n" in out


def test_columns_can_be_named(tmp_path: Path) -> None:
    people = write(tmp_path, "Nr.;Vorname;Nachname;Chef;E-Mail;Kst\n1;A;A;;a@example.org;M\n2;B;B;1;;M")
    units = write(tmp_path, "Kst;Bezeichnung\nM;Montage", "units.csv")
    named = ("Nr.=staff_number", "Chef=manager", "E-Mail=", "Kst=unit_code")
    words = [word for column in named for word in ("--column", column)]

    assert call(people, "--units", units, *words, "--yes") == 0
    assert company()["2"]["employment__manager__staff_number"] == "1"
    assert company()["1"]["employment__unit__path"] == "M/"
    assert company()["1"]["email"] == ""


@pytest.mark.parametrize("column", ["Chef", "Chef=boss", "Nobody=manager"])
def test_column_that_cannot_be_is_wrong_usage(tmp_path: Path, column: str) -> None:
    people = write(tmp_path, "Personalnummer;Vorname;Nachname;Chef\n1;A;A;")

    assert call(people, "--column", column, "--yes") == 2
    assert states() == ["discarded"]


@pytest.mark.parametrize(
    "words,code,sentence",
    [
        ((), 2, "Please name the people file.\n"),
        (("nowhere.csv", "--yes"), 1, "nowhere.csv does not exist.\n"),
        ((__file__,), 2, "Nobody can be asked here. Please add --yes to apply, or --dry-run to look.\n"),
        (("--undo",), 1, "There is no import that could be taken back.\n"),
    ],
)
def test_call_that_cannot_work_says_so(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, sentence: str
) -> None:
    assert call(*words) == code
    assert capsys.readouterr().err == sentence


def test_newest_import_is_taken_back(imported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = company()
    call(imported, "--yes")
    assert company() != before

    assert call("--undo") == 0
    assert capsys.readouterr().out.endswith("The import of later.csv is taken back.\n")
    assert company() == before


def test_only_one_call_works_at_a_time(people: Path, settings: Settings, capsys: Any) -> None:
    folder = settings.DATA / "imports"
    folder.mkdir(parents=True)
    with (folder / "command.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        assert call(people, "--yes") == 1

    assert capsys.readouterr().err == "Another call of this command is at work. Please wait until it has ended.\n"


def test_interrupted_applying_of_the_same_file_is_gone_on_with(
    imported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    half_applied(imported)

    assert call(imported, "--yes") == 0
    assert capsys.readouterr().out.splitlines() == [
        "The import of later.csv was interrupted; going on with it.",
        "Applied: 1 joined, 1 moved, 1 changed, 0 left, 0 came back.",
    ]
    assert states() == ["applied", "applied", "discarded"]


def test_interrupted_applying_is_finished_before_another_file(imported: Path) -> None:
    half_applied(imported)

    assert call(write(imported.parent, "Personalnummer;Vorname;Nachname\n9;I;I", "other.csv"), "--yes") == 0
    assert sorted(company()) == ["1", "2", "3", "4", "9"]
    assert states() == ["applied"] * 3


def test_applying_that_the_worker_has_in_hand_is_left_to_it(imported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    half_applied(imported)
    Job.objects.filter(kind="people.import_apply", state=JobState.RUNNING).update(attempts=2, heartbeat_at=clock.now())

    assert call(imported, "--yes") == 1
    assert capsys.readouterr().err.startswith("The worker goes on with this import right now.")
    assert states() == ["applied", "applying", "discarded"]


def test_interrupted_check_of_the_same_file_is_gone_on_with(imported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    half_checked(imported)

    assert call(imported, "--yes") == 0
    assert capsys.readouterr().out.startswith("The import of later.csv was interrupted; going on with it.\n")
    assert states() == ["applied", "applied", "discarded"]


def test_interrupted_check_with_other_answers_is_given_up(imported: Path) -> None:
    half_checked(imported)

    assert call(imported, "--complete", "--confirm-leavers", "--yes") == 0
    assert states() == ["applied", "discarded", "applied"]
    assert company()["3"]["is_active"] is False


def test_what_waited_for_an_answer_that_never_came_is_given_up(imported: Path) -> None:
    people_import = actions.name_people_file(by=None, path=imported)

    assert call("--undo") == 0
    people_import.refresh_from_db()
    assert people_import.state == ImportState.DISCARDED


@pytest.mark.parametrize(
    "state,code,said", [(JobState.CANCELLED, 130, "Stopped; nothing was changed.\n"), (JobState.WAITING, 3, "worker")]
)
def test_work_that_does_not_end_here_is_told(
    people: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    state: JobState,
    code: int,
    said: str,
) -> None:
    def stop(job: Job, *, label: str) -> Job:
        job.state = state
        return job

    monkeypatch.setattr(command, "run_with_bar", stop)

    assert call(people, "--yes") == code
    assert said in capsys.readouterr().out


def test_stopped_applying_leaves_nothing_behind(people: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cancel(*_: object) -> None:
        raise JobCancelled

    monkeypatch.setattr("wurzelwerk.people.hr_import.applying._walk", cancel)

    assert call(people, "--yes") == 130
    assert (Person.objects.count(), OrgUnit.objects.count(), states()) == (0, 0, ["discarded"])
