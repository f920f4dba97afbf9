"""The import as a job: reads and checks everything, then writes what differs; can be repeated and resumed."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from django.db.models import Model
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wurzelwerk.competences.importing.content import Content
from wurzelwerk.competences.importing.recognising import recognise
from wurzelwerk.competences.importing.sources import source_files, version_of
from wurzelwerk.competences.importing.staging import COMPETENCES, CONCEPTS, GROUPS, OCCUPATIONS, Concept, Staging
from wurzelwerk.competences.importing.tree import nearest_group, parent_of
from wurzelwerk.competences.importing.uploads import remove_upload
from wurzelwerk.competences.models import Competence, CompetenceGroup, Framework, Occupation
from wurzelwerk.competences.queries.frameworks import IMPORT_KIND
from wurzelwerk.competences.writing import (
    COMPETENCE_FIELDS,
    GROUP_FIELDS,
    OCCUPATION_FIELDS,
    Written,
    keys_of,
    write_concepts,
    write_levels,
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
    source = recognise(source_files(paths))
    size = source.size()
    note = _("Reading: %(layout)s") % {"layout": source.layout}
    progress.report(0, 2 * size, note, force=True)
    with (
        tempfile.TemporaryDirectory(prefix="framework-") as folder,
        Staging(Path(folder) / "staging.sqlite3") as staging,
    ):
        content = source.stage(staging, lambda done: progress.report(done, 2 * size, note))
        framework, _is_new = Framework.objects.get_or_create(key=content.key, defaults=content.texts)
        counts = _write(staging, content, framework, _Writing(progress, size))
    named = version or content.version or version_of(paths) or framework.version
    Framework.objects.filter(pk=framework.pk).update(**content.texts, version=named, updated_at=clock.now())
    return {"framework": framework.public_id, "layout": source.layout, "version": named, "counts": counts}


class _Writing:
    """Reports the second half; what has begun to be written is finished, whoever wants to cancel."""

    def __init__(self, progress: Progress, size: int) -> None:
        self._progress, self._size = progress, size
        self._rows, self._total, self._note = 0, 1, _("Writing what is new")

    def expect(self, total: int) -> None:
        self._total = max(1, total)
        self._report(force=True)

    def __call__(self, rows: int) -> None:
        self._rows += rows
        self._report()

    def _report(self, *, force: bool = False) -> None:
        done = self._size + self._size * min(self._rows, self._total) // self._total
        try:
            self._progress.report(done, 2 * self._size, self._note, force=force)
        except JobCancelled:
            return


def _write(staging: Staging, content: Content, framework: Framework, writing: _Writing) -> dict[str, dict[str, int]]:
    known = {kind: staging.uris(kind, content.language) for kind in CONCEPTS}
    groups = known[GROUPS]
    writing.expect(sum(map(len, known.values())) + staging.count_needs())

    def write(model: type[Model], rows: Iterator[dict[str, Any]], fields: Sequence[str]) -> Written:
        return write_concepts(model, framework, rows, fields, writing, ended=content.ended)

    of_groups = write(CompetenceGroup, _group_rows(staging, content), GROUP_FIELDS)
    write_parents(framework, {uri: parent_of(uri, content.edges, groups) for uri in groups})
    keys = keys_of(CompetenceGroup, framework)
    of_competences = write(Competence, _competence_rows(staging, content, groups, keys), COMPETENCE_FIELDS)
    of_occupations = write(Occupation, _occupation_rows(staging, content), OCCUPATION_FIELDS)
    of_needs = write_needs(framework, staging.needs(), writing)
    _write_anchors(framework, content)
    return {
        "groups": of_groups.as_dict(),
        "competences": of_competences.as_dict(),
        "occupations": of_occupations.as_dict(),
        "relations": of_needs.as_dict(),
    }


def _write_anchors(framework: Framework, content: Content) -> None:
    if content.anchors is None:
        return
    keys = keys_of(Competence, framework, retired_at=None)
    in_german = content.language == "de"
    wanted = {
        (keys[uri], level): (sentence, "") if in_german else ("", sentence)
        for (uri, level), sentence in content.anchors.items()
        if uri in keys
    }
    write_levels(framework, wanted)


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


def _group_rows(staging: Staging, content: Content) -> Iterator[dict[str, Any]]:
    for one in staging.concepts(GROUPS, content.language):
        area = content.area_of(one.first)
        yield _texts(one) | {"code": one.first[:40], "area": area.value, "position": content.places[one.uri]}


def _competence_rows(
    staging: Staging, content: Content, groups: set[str], keys: dict[str, int]
) -> Iterator[dict[str, Any]]:
    for one in staging.concepts(COMPETENCES, content.language):
        group = keys.get(nearest_group(one.uri, content.edges, groups))
        yield _texts(one) | _aliases(one) | {"group_id": group, "kind": one.first, "reuse_level": one.second[:30]}


def _occupation_rows(staging: Staging, content: Content) -> Iterator[dict[str, Any]]:
    for one in staging.concepts(OCCUPATIONS, content.language):
        yield _texts(one) | _aliases(one) | {"code": one.first[:40], "isco_code": one.second[:10]}


def result_url(job: Job) -> str:
    """Return the page of the framework that was imported."""
    return reverse("competences:framework", args=[job.result["framework"]])


job_kinds.register(
    IMPORT_KIND,
    JobKind(IMPORT_KIND, gettext_lazy("Import a framework"), run_import, attempts=ATTEMPTS, result_url=result_url),
)
