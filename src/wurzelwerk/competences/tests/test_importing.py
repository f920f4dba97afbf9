import shutil
import sqlite3
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import translation

from wurzelwerk.competences import writing
from wurzelwerk.competences.actions import import_framework
from wurzelwerk.competences.models import (
    Competence,
    CompetenceGroup,
    Framework,
    OccupationCompetence,
)
from wurzelwerk.competences.tests.data_esco import generated, write_official
from wurzelwerk.competences.tests.factories import evidence, small_set
from wurzelwerk.competences.tests.importing_steps import change, figures, imported, stored
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.jobs import SILENT_AFTER, request_cancel, run_job
from wurzelwerk.kernel.models import AuditEntry, Job
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people.tests.factories import Cast, cast

pytestmark = pytest.mark.django_db

SIZES = {"groups": 6, "competences": 6, "occupations": 3, "relations": 9}


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_set(tmp_path / "esco")


def test_a_folder_is_imported_with_both_languages(folder: Path) -> None:
    job = imported(folder, version="1.2.0")

    framework = Framework.objects.get()
    competence = Competence.objects.get(uri__endswith="/s00001")
    assert (job.state, job.error) == (JobState.DONE, "")
    assert figures(job) == SIZES
    assert (framework.key, framework.version, framework.kind) == ("esco", "1.2.0", "esco")
    assert "Europäischen Kommission" in framework.attribution_de
    assert (competence.label_de, competence.label_en) == ("Vorgang 1 prüfen", "check process 1")
    assert competence.aliases_en.splitlines()[0] == "check process 1 (a)"
    assert competence.group is not None
    assert CompetenceGroup.objects.filter(parent=None).count() == 4
    assert AuditEntry.objects.order_by("pk").last().verb == "competences.import_framework"  # type: ignore[union-attr]
    assert Job.objects.filter(kind="competences.index").count() == 1


def test_importing_again_changes_nothing(folder: Path) -> None:
    imported(folder)
    before = stored()

    again = imported(folder)

    assert figures(again, "unchanged") == SIZES
    assert figures(again) == figures(again, "updated") == figures(again, "retired") == dict.fromkeys(SIZES, 0)
    assert stored() == before


def test_a_changed_label_updates_and_keeps_everything_else(folder: Path, people: Cast) -> None:
    imported(folder)
    competence = Competence.objects.get(uri__endswith="/s00001")
    piece = evidence(people.amira, competence)
    change(folder / "skills_de.csv", lambda rows: rows[1].update(preferredLabel="Neu benannt", altLabels="Eins\nZwei"))

    job = imported(folder)

    renamed = Competence.objects.get(pk=competence.pk)
    assert (renamed.label_de, renamed.aliases_de) == ("Neu benannt", "Eins\nZwei")
    assert renamed.public_id == competence.public_id
    assert figures(job, "updated") == {**dict.fromkeys(SIZES, 0), "competences": 1}
    piece.refresh_from_db()
    assert piece.competence == renamed


def test_what_vanished_is_retired_and_what_returns_is_not(folder: Path, tmp_path: Path, people: Cast) -> None:
    imported(folder)
    gone = Competence.objects.get(uri__endswith="/s00005")
    evidence(people.amira, gone)
    whole = shutil.copytree(folder, tmp_path / "whole")
    records = generated(competences=5, occupations=2, relations=4, groups=5)
    write_official(folder, **records)

    less = imported(folder)
    retired = list(Competence.objects.filter(retired_at__isnull=False))
    imported(whole)

    assert figures(less, "retired") | {"relations": 0} == {
        "groups": 1,
        "competences": 1,
        "occupations": 1,
        "relations": 0,
    }
    assert retired == [gone]
    assert Competence.objects.current().count() == 6
    assert OccupationCompetence.objects.count() == 9


@pytest.mark.parametrize("folded", [True, False])
def test_zip_files_are_read_one_per_language(folder: Path, tmp_path: Path, folded: bool) -> None:
    archives = []
    for language in ("de", "en"):
        archive = tmp_path / f"ESCO dataset - v1.2.0 - classification - {language} - csv.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
            for path in sorted(folder.glob(f"*_{language}.csv")):
                target.write(path, f"some folder/{path.name}")
        archives.append(archive)
    if folded:
        place = tmp_path / "downloads v1.2.0"
        place.mkdir()
        for archive in archives:
            archive.rename(place / archive.name)
        archives = [place]

    job = imported(*archives)

    assert (job.state, job.error) == (JobState.DONE, "")
    assert figures(job) == SIZES
    assert Framework.objects.get().version == "1.2.0"


def test_one_language_is_enough(folder: Path) -> None:
    for path in folder.glob("*_en.csv"):
        path.unlink()

    job = imported(folder)

    assert figures(job) == SIZES
    assert Competence.objects.exclude(label_en="").count() == 0


def test_relation_files_without_language_and_with_semicolons_are_read(folder: Path) -> None:
    for path in folder.glob("broaderRelationsSkillPillar_*.csv"):
        path.rename(folder / "broaderRelationsSkillPillar.csv")
    path = folder / "broaderRelationsSkillPillar.csv"
    path.write_text("\ufeff" + path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")

    assert figures(imported(folder)) == SIZES


def test_an_interrupted_import_goes_on_to_the_same_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error_log: object
) -> None:
    imported(folder)
    wanted = stored()
    Framework.objects.all().delete()
    job = import_framework(by=None, paths=[folder])
    write_needs = writing.write_needs

    def die(*arguments: object, **options: object) -> None:
        raise SystemError("the power is gone")

    monkeypatch.setattr("wurzelwerk.competences.importing.job.write_needs", die)
    with transaction.atomic():
        run_job(job.pk)
    half = stored()
    monkeypatch.setattr("wurzelwerk.competences.importing.job.write_needs", write_needs)
    run_job(job.pk)

    job.refresh_from_db()
    assert (half["needs"], len(half["competences"])) == ([], 6)
    assert (job.state, job.attempts) == (JobState.DONE, 2)
    assert stored() == wanted


def test_cancelling_while_reading_changes_nothing(folder: Path, people: Cast) -> None:
    job = import_framework(by=people.eva, paths=[folder])
    Job.objects.filter(pk=job.pk).update(cancel_requested_at=job.created_at)

    run_job(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert Framework.objects.count() == 0


def test_what_is_being_written_is_finished(folder: Path, people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    job = import_framework(by=people.eva, paths=[folder])
    write_concepts = writing.write_concepts

    def cancel_first(*arguments: Any, **options: Any) -> writing.Written:
        request_cancel(job=job, by=people.eva)
        return write_concepts(*arguments, **options)

    monkeypatch.setattr("wurzelwerk.competences.importing.job.write_concepts", cancel_first)

    run_job(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert OccupationCompetence.objects.count() == 9


def test_progress_is_told_in_lines(folder: Path) -> None:
    job = imported(folder)
    lines = sum(
        path.read_text(encoding="utf-8").count("\n")
        for path in folder.iterdir()
        if not path.name.startswith(("broader", "skillsHier", "occupationSkill")) or path.name.endswith("_en.csv")
    )

    assert (job.done, job.total, job.note) == (2 * lines, 2 * lines, "Writing what is new")


def test_two_imports_do_not_run_at_once(folder: Path) -> None:
    import_framework(by=None, paths=[folder])

    with pytest.raises(Refused):
        import_framework(by=None, paths=[folder])


def test_an_import_that_was_killed_gives_way_once_it_is_silent(folder: Path) -> None:
    killed = import_framework(by=None, paths=[folder])
    now = killed.created_at
    running = Job.objects.filter(pk=killed.pk)
    running.update(state=JobState.RUNNING, heartbeat_at=now)
    with pytest.raises(Refused):
        import_framework(by=None, paths=[folder])
    running.update(heartbeat_at=now - SILENT_AFTER - timedelta(minutes=1))

    job = imported(folder)

    killed.refresh_from_db()
    assert (job.state, killed.state) == (JobState.DONE, JobState.CANCELLED)


def test_only_learning_and_development_imports(folder: Path, people: Cast) -> None:
    for person in (people.amira, people.clara, people.felix, people.greta):
        with pytest.raises(Refused):
            import_framework(by=person, paths=[folder])

    assert import_framework(by=people.eva, paths=[folder]).person_id == people.eva.pk


def test_a_vanished_upload_is_told(folder: Path, tmp_path: Path) -> None:
    job = import_framework(by=None, paths=[folder], upload=tmp_path / "framework-gone")
    with translation.override("en"):
        Job.objects.filter(pk=job.pk).update(payload={**job.payload, "language": "en"})
        run_job(job.pk)

    job.refresh_from_db()
    assert job.error == "The uploaded file is no longer there. Please upload it again."


def test_staging_leaves_no_file_behind(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    imported(folder)

    assert [path.name for path in tmp_path.iterdir()] == ["esco"]
    assert sqlite3.sqlite_version_info >= (3, 35)
    assert connection.vendor in {"sqlite", "postgresql"}
