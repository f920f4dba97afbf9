"""The import as a job: reads and checks everything, then writes what differs; can be repeated and resumed."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wurzelwerk.competences.choices import FrameworkKind
from wurzelwerk.competences.importing import layout as files
from wurzelwerk.competences.importing.layout import Layout, find_layout
from wurzelwerk.competences.importing.reading import KINDS, stage
from wurzelwerk.competences.importing.rows import count_lines
from wurzelwerk.competences.importing.sources import csv_files, version_of
from wurzelwerk.competences.importing.staging import Concept, Staging
from wurzelwerk.competences.importing.tree import Edges, area_of_code, in_order_of_codes, nearest_group, parent_of
from wurzelwerk.competences.importing.uploads import remove_upload
from wurzelwerk.competences.models import Competence, CompetenceGroup, Framework, Occupation
from wurzelwerk.competences.queries.frameworks import IMPORT_KIND
from wurzelwerk.competences.writing import (
    COMPETENCE_FIELDS,
    GROUP_FIELDS,
    OCCUPATION_FIELDS,
    keys_of,
    write_concepts,
    write_needs,
    write_parents,
)
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.kernel.jobs import JobCancelled, JobKind, Progress, job_kinds, start_job
from wurzelwerk.kernel.models import Job
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people.models import Person

INDEX: Final = "competences.index"
ATTEMPTS: Final = 3
ESCO: Final = {
    "kind": FrameworkKind.ESCO,
    "name_de": "ESCO",
    "name_en": "ESCO",
    "description_de": "Europäische Klassifikation der Fähigkeiten, Kompetenzen und Berufe.",
    "description_en": "European classification of skills, competences and occupations.",
    "attribution_de": "Dieser Dienst nutzt die ESCO-Klassifikation der Europäischen Kommission.",
    "attribution_en": "This service uses the ESCO classification of the European Commission.",
}


def run_import(job: Job, progress: Progress) -> dict[str, Any]:
    """Import the files of ``job.payload``: paths, whether to remove them afterwards, the language of messages."""
    payload = job.payload
    paths, upload = [Path(path) for path in payload["paths"]], Path(payload["upload"])
    try:
        with translation.override(payload["language"]):
            _still_there(upload)
            result = import_files(paths, progress, version=payload["version"])
    except (Refused, JobCancelled):
        remove_upload(upload)
        raise
    except Exception:
        if job.attempts >= ATTEMPTS:
            remove_upload(upload)
        raise
    record_audit(
        by=Person.objects.filter(pk=job.person_id).first(), verb=IMPORT_KIND, details={"version": result["version"]}
    )
    remove_upload(upload)
    start_job(kind=INDEX, by=None)
    return result


def _still_there(upload: Path) -> None:
    if upload.name and not upload.is_dir():
        raise Refused(_("The uploaded file is no longer there. Please upload it again."))


def import_files(paths: list[Path], progress: Progress, *, version: str = "") -> dict[str, Any]:
    """Read, check and write; return the figures. Raises ``Refused`` before anything is written."""
    layout = find_layout(csv_files(paths))
    lines = sum(count_lines(file) for file in layout.files)
    note = _("Reading the files")
    progress.report(0, 2 * lines, note, force=True)
    with (
        tempfile.TemporaryDirectory(prefix="framework-") as folder,
        Staging(Path(folder) / "staging.sqlite3") as staging,
    ):
        edges = stage(layout, staging, lambda done: progress.report(done, 2 * lines, note))
        writing = _Writing(progress, lines)
        framework, _is_new = Framework.objects.get_or_create(key="esco", defaults=ESCO)
        counts = _write(layout, staging, edges, framework, writing)
    framework.version = version or version_of(paths) or framework.version
    framework.updated_at = clock.now()
    framework.save(update_fields=["version", "updated_at"])
    return {"framework": framework.public_id, "version": framework.version, "counts": counts}


class _Writing:
    """Reports the second half; what has begun to be written is finished, whoever wants to cancel."""

    def __init__(self, progress: Progress, lines: int) -> None:
        self._progress, self._lines = progress, lines
        self._rows, self._total, self._note = 0, 1, _("Writing what is new")

    def expect(self, total: int) -> None:
        self._total = max(1, total)
        self._report(force=True)

    def __call__(self, rows: int) -> None:
        self._rows += rows
        self._report()

    def _report(self, *, force: bool = False) -> None:
        done = self._lines + self._lines * min(self._rows, self._total) // self._total
        try:
            self._progress.report(done, 2 * self._lines, self._note, force=force)
        except JobCancelled:
            return


def _write(
    layout: Layout, staging: Staging, edges: Edges, framework: Framework, writing: _Writing
) -> dict[str, dict[str, int]]:
    language = layout.languages[0]
    groups = staging.uris(files.GROUPS, language)
    competences = staging.uris(files.SKILLS, language)
    occupations = staging.uris(files.OCCUPATIONS, language)
    writing.expect(len(groups) + len(competences) + len(occupations) + staging.count_needs())
    of_groups = write_concepts(CompetenceGroup, framework, _group_rows(staging, language), GROUP_FIELDS, writing)
    write_parents(framework, {uri: parent_of(uri, edges, groups) for uri in groups})
    keys = keys_of(CompetenceGroup, framework)
    of_competences = write_concepts(
        Competence, framework, _competence_rows(staging, language, edges, groups, keys), COMPETENCE_FIELDS, writing
    )
    of_occupations = write_concepts(
        Occupation, framework, _occupation_rows(staging, language), OCCUPATION_FIELDS, writing
    )
    of_needs = write_needs(framework, staging.needs(), writing)
    return {
        "groups": of_groups.as_dict(),
        "competences": of_competences.as_dict(),
        "occupations": of_occupations.as_dict(),
        "relations": of_needs.as_dict(),
    }


def _texts(concept: Concept) -> dict[str, Any]:
    return {
        "uri": concept.uri,
        "label_de": concept.label_de,
        "label_en": concept.label_en,
        "description_de": concept.description_de,
        "description_en": concept.description_en,
    }


def _aliases(concept: Concept) -> dict[str, Any]:
    return {"aliases_de": concept.aliases_de, "aliases_en": concept.aliases_en}


def _group_rows(staging: Staging, language: str) -> Iterator[dict[str, Any]]:
    places = in_order_of_codes({one.uri: one.first for one in staging.concepts(files.GROUPS, language)})
    for one in staging.concepts(files.GROUPS, language):
        area = area_of_code(one.first)
        yield _texts(one) | {"code": one.first, "area": area.value, "position": places[one.uri]}


def _competence_rows(
    staging: Staging, language: str, edges: Edges, groups: set[str], keys: dict[str, int]
) -> Iterator[dict[str, Any]]:
    for one in staging.concepts(files.SKILLS, language):
        group = keys.get(nearest_group(one.uri, edges, groups))
        yield (
            _texts(one)
            | _aliases(one)
            | {
                "group_id": group,
                "kind": KINDS[one.first].value,
                "reuse_level": one.second[:30],
            }
        )


def _occupation_rows(staging: Staging, language: str) -> Iterator[dict[str, Any]]:
    for one in staging.concepts(files.OCCUPATIONS, language):
        yield _texts(one) | _aliases(one) | {"code": one.first[:40], "isco_code": one.second[:10]}


def result_url(job: Job) -> str:
    """Return the page of the framework that was imported."""
    return reverse("competences:framework", args=[job.result["framework"]])


job_kinds.register(
    IMPORT_KIND,
    JobKind(IMPORT_KIND, gettext_lazy("Import a framework"), run_import, attempts=ATTEMPTS, result_url=result_url),
)
