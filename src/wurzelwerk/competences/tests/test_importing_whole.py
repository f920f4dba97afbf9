"""The whole of ESCO: the real one where WURZELWERK_TEST_DATA names it, else a made-up one of the same size."""

import resource
from pathlib import Path
from time import perf_counter

import pytest

from wurzelwerk.competences.actions import import_framework
from wurzelwerk.competences.models import Competence, CompetenceGroup, Occupation, OccupationCompetence
from wurzelwerk.competences.tests import data_esco
from wurzelwerk.kernel.jobs import run_job
from wurzelwerk.kernel.models import Job

MOST_SECONDS = 60
MOST_MEGABYTES_MORE = 200


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("esco")
    data_esco.write_esco(folder)
    return folder


def run_import(folder: Path) -> tuple[Job, float]:
    job = import_framework(by=None, paths=[folder], version="1.2.0")
    started = perf_counter()
    run_job(job.pk)
    job.refresh_from_db()
    return job, perf_counter() - started


@pytest.mark.slow
@pytest.mark.django_db
def test_the_whole_classification_is_imported_and_again_without_a_change(folder: Path) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    first, seconds = run_import(folder)
    again, _seconds = run_import(folder)
    megabytes = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) / 1024

    assert (first.error, again.error) == ("", "")
    assert Competence.objects.current().count() == data_esco.COMPETENCES == 13_939
    assert Occupation.objects.current().count() == data_esco.OCCUPATIONS == 3_039
    assert OccupationCompetence.objects.count() == data_esco.RELATIONS == 129_004
    assert CompetenceGroup.objects.current().count() == data_esco.GROUPS == 640
    assert Competence.objects.filter(group=None).count() == 0
    assert Competence.objects.filter(label_de="").count() + Competence.objects.filter(label_en="").count() == 0
    changed = [counts[what] for counts in again.result["counts"].values() for what in ("created", "updated", "retired")]
    assert set(changed) == {0}
    assert seconds < MOST_SECONDS
    assert megabytes < MOST_MEGABYTES_MORE
