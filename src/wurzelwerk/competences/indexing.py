"""Competences in the search: one document per language, written by a job after every change of a framework."""

from collections.abc import Iterator
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wurzelwerk.competences.choices import FrameworkKind
from wurzelwerk.competences.importing.job import INDEX
from wurzelwerk.competences.models import Competence
from wurzelwerk.competences.queries.frameworks import SOURCE
from wurzelwerk.competences.text_links import build_index
from wurzelwerk.kernel.jobs import JobKind, Progress, job_kinds
from wurzelwerk.kernel.models import Job
from wurzelwerk.search.actions import index_documents, remove_documents
from wurzelwerk.search.analysis.documents import Document
from wurzelwerk.search.analysis.words import Language
from wurzelwerk.search.sources import SearchSource

AT_ONCE: Final = 500
# What the company wrote itself comes first; what everybody needs before what one trade needs.
OWN_WEIGHT: Final = 2.0
REUSE_WEIGHTS: Final = {"transversal": 1.2, "cross-sector": 1.1}
COLUMNS: Final = (
    *("public_id", "framework__kind", "reuse_level"),
    *("label_de", "aliases_de", "description_de", "label_en", "aliases_en", "description_en"),
)


def all_documents() -> Iterator[Document]:
    """Yield the documents of all current competences."""
    rows = Competence.objects.current().order_by("pk").values_list(*COLUMNS)
    for public_id, kind, reuse_level, *texts in rows.iterator(chunk_size=AT_ONCE):
        weight = OWN_WEIGHT if kind == FrameworkKind.OWN else REUSE_WEIGHTS.get(reuse_level, 1.0)
        url = reverse("competences:competence", args=[public_id])
        for language, (label, aliases, description) in (
            (Language.GERMAN, texts[:3]),
            (Language.ENGLISH, texts[3:]),
        ):
            if label:
                yield Document(
                    object_key=public_id,
                    language=language,
                    title=label,
                    url=url,
                    summary=description,
                    keywords=tuple(aliases.splitlines()),
                    weight=weight,
                )


def run_index(job: Job, progress: Progress) -> dict[str, Any]:
    """Bring the index in line with all frameworks: write what changed, remove what was retired; then that of texts."""
    report = index_documents(SOURCE, all_documents(), on_progress=progress.report)
    retired = list(Competence.objects.filter(retired_at__isnull=False).values_list("public_id", flat=True))
    removed = sum(
        remove_documents(SOURCE, retired[start : start + AT_ONCE]) for start in range(0, len(retired), AT_ONCE)
    )
    build_index()
    return {"written": report.written, "unchanged": report.unchanged, "removed": removed}


def source() -> SearchSource:
    """Return competences as a source of the search."""
    return SearchSource(SOURCE, _("Competences"), icon="target", order=10, documents=all_documents)


job_kinds.register(INDEX, JobKind(INDEX, _("Let the search know the competences"), run_index))
