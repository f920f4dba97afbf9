from pathlib import Path

import pytest

from wurzelwerk.cli import import_framework as command
from wurzelwerk.cli.main import main
from wurzelwerk.competences.models import Competence
from wurzelwerk.competences.tests import data_case
from wurzelwerk.competences.tests.factories import small_set
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.models import Job

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_set(tmp_path / "esco v1.2.0")


def test_a_folder_is_imported_and_made_findable(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--language", "en", "import-framework", str(folder)])

    assert code == 0
    assert capsys.readouterr().out.splitlines() == [
        "Recognised as: ESCO (CSV files)",
        "Groups: 6 new, 0 changed, 0 as before, 0 left",
        "Competences: 6 new, 0 changed, 0 as before, 0 left",
        "Occupations: 3 new, 0 changed, 0 as before, 0 left",
        "Relations: 9 new, 0 changed, 0 as before, 0 left",
    ]
    assert Competence.objects.get(uri__endswith="/s00001").framework.version == "1.2.0"
    assert sorted(Job.objects.values_list("kind", "state")) == [
        ("competences.import_framework", "done"),
        ("competences.index", "done"),
        ("competences.index", "waiting"),
    ]


def test_a_case_package_is_recognised_by_what_it_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = data_case.write(tmp_path / "anything.json", data_case.package())

    code = main(["--language", "de", "import-framework", str(path), "--no-search"])

    assert code == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        "Erkannt als: CASE-Paket (JSON)",
        "Gruppen: 3 neu, 0 geändert, 0 wie vorher, 0 entfallen",
    ]


def test_the_search_can_be_left_to_the_worker(folder: Path) -> None:
    assert main(["import-framework", str(folder), "--no-search", "--version", "7"]) == 0
    assert Competence.objects.all()[0].framework.version == "7"
    assert Job.objects.filter(kind="competences.index").count() == 1


@pytest.mark.parametrize(
    "language,sentence",
    [("de", "Die Datei occupations_de.csv fehlt.\n"), ("en", "The file occupations_de.csv is missing.\n")],
)
def test_bad_files_end_with_one_and_a_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], language: str, sentence: str
) -> None:
    (folder / "occupations_de.csv").unlink()

    assert main(["--language", language, "import-framework", str(folder)]) == 1
    assert capsys.readouterr().err.endswith(sentence)


def test_a_path_that_is_not_there_is_told_before_anything_begins(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--language", "en", "import-framework", str(tmp_path / "nothing")]) == 1
    assert "does not exist." in capsys.readouterr().err
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "state,code,said",
    [
        (JobState.CANCELLED, 130, "Stopped; nothing was changed.\n"),
        (JobState.RUNNING, 3, "The worker goes on with it.\n"),
    ],
)
def test_an_import_that_did_not_end_here_is_told(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    state: JobState,
    code: int,
    said: str,
) -> None:
    def end(job: Job, *, label: str) -> Job:
        job.state = state
        return job

    monkeypatch.setattr(command, "run_with_bar", end)

    assert main(["--language", "en", "import-framework", str(folder)]) == code
    assert capsys.readouterr().out == said
