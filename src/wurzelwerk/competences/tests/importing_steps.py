"""Steps that the tests of the import share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils import translation

from wurzelwerk.competences.actions import import_framework
from wurzelwerk.competences.models import Competence, CompetenceGroup, Occupation, OccupationCompetence
from wurzelwerk.competences.tests.factories import rewrite, rows_of
from wurzelwerk.kernel.jobs import run_job
from wurzelwerk.kernel.models import Job


def imported(*paths: Path, version: str = "") -> Job:
    """Import and return the job as it ended."""
    job = import_framework(by=None, paths=paths, version=version)
    with translation.override("en"):
        Job.objects.filter(pk=job.pk).update(payload={**job.payload, "language": "en"})
        run_job(job.pk)
    job.refresh_from_db()
    return job


def figures(job: Job, name: str = "created") -> dict[str, int]:
    return {kind: counts[name] for kind, counts in job.result["counts"].items()}


def stored() -> dict[str, Any]:
    """Return all content by address, to compare two ends."""
    return {
        "groups": sorted(CompetenceGroup.objects.values_list("uri", "parent__uri", "label_de", "area", "retired_at")),
        "competences": sorted(
            Competence.objects.values_list("uri", "group__uri", "label_de", "label_en", "aliases_en", "retired_at")
        ),
        "occupations": sorted(Occupation.objects.values_list("uri", "label_de", "retired_at")),
        "needs": sorted(OccupationCompetence.objects.values_list("occupation__uri", "competence__uri", "relation")),
    }


def change(path: Path, edit: Callable[[list[dict[str, str]]], None]) -> None:
    rows = rows_of(path)
    edit(rows)
    rewrite(path, rows)
