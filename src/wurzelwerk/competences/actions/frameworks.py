"""Bringing frameworks in: importing files as a job, saving one of the company's own."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wurzelwerk.competences import rules
from wurzelwerk.competences.actions.drafts import CompetenceDraft, FrameworkDraft
from wurzelwerk.competences.choices import CompetenceKind, FrameworkKind
from wurzelwerk.competences.importing.job import INDEX
from wurzelwerk.competences.models import Competence, CompetenceGroup, Framework
from wurzelwerk.competences.models.frameworks import HIGHEST_LEVEL
from wurzelwerk.competences.queries import IMPORT_KIND
from wurzelwerk.competences.writing import (
    COMPETENCE_FIELDS,
    GROUP_FIELDS,
    Written,
    keys_of,
    write_concepts,
    write_levels,
    write_parents,
)
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.jobs import SILENT_AFTER, start_job
from wurzelwerk.kernel.models import Job
from wurzelwerk.kernel.verdict import ALLOWED, Verdict, refuse
from wurzelwerk.people.models import Person


@transaction.atomic
def import_framework(*, by: Person | None, paths: Sequence[Path], version: str = "", upload: Path | None = None) -> Job:
    """Start the import of a framework: ESCO (CSV files), O*NET (text files) or a CASE package (JSON).

    ``paths``: folders, ZIP files or files that belong together. ``upload`` is a folder to remove
    afterwards. Raises ``Refused`` while another import runs; what the files lack is told by the job. An
    import whose process was killed counts as running only until it has been silent for a while.
    """
    rules.may_maintain_frameworks(by).require()
    imports, now = Job.objects.filter(kind=IMPORT_KIND), clock.now()
    silent = imports.filter(state=JobState.RUNNING, heartbeat_at__lt=now - SILENT_AFTER)
    silent.update(state=JobState.CANCELLED, finished_at=now)
    if imports.filter(state__in=(JobState.WAITING, JobState.RUNNING)).exists():
        refuse(_("Another import is still running. Please wait until it has ended.")).require()
    payload = {
        "paths": [str(path.resolve()) for path in paths],
        "version": version,
        "upload": str(upload) if upload else "",
        "language": get_language() or "de",
    }
    record_audit(by=by, verb="competences.start_framework_import")
    return start_job(kind=IMPORT_KIND, by=by, payload=payload)


def index_competences(*, by: Person | None = None) -> Job:
    """Start bringing the search in line with all frameworks."""
    return start_job(kind=INDEX, by=by)


@transaction.atomic
def save_framework(*, by: Person | None, draft: FrameworkDraft) -> Framework:
    """Save a framework of the company's own, with groups, competences and anchors; repeatable.

    What changed is updated, what is no longer in the draft is retired. Raises ``Refused`` for keys
    that stand twice or lead nowhere.
    """
    rules.may_maintain_frameworks(by).require()
    _is_sound(draft).require()
    texts = {
        "kind": FrameworkKind.OWN,
        "name_de": draft.name_de,
        "name_en": draft.name_en,
        "description_de": draft.description_de,
        "description_en": draft.description_en,
        "version": draft.version,
    }
    framework, is_new = Framework.objects.get_or_create(key=draft.key, defaults=texts)
    groups = write_concepts(CompetenceGroup, framework, _group_rows(draft), GROUP_FIELDS)
    write_parents(framework, {_uri(draft, one.key): _uri(draft, one.parent) for one in draft.groups})
    keys = keys_of(CompetenceGroup, framework)
    fields = (*COMPETENCE_FIELDS, "half_life_days", "position")
    competences = write_concepts(Competence, framework, _competence_rows(draft, keys), fields)
    changed = write_levels(framework, _wanted_levels(framework, draft)) or _differs(groups) or _differs(competences)
    if is_new or changed or any(getattr(framework, name) != value for name, value in texts.items()):
        Framework.objects.filter(pk=framework.pk).update(**texts, updated_at=clock.now())
        framework.refresh_from_db()
        record_audit(
            by=by, verb="competences.save_framework", subject=framework, details={"competences": competences.as_dict()}
        )
        index_competences()
    return framework


def _is_sound(draft: FrameworkDraft) -> Verdict:
    groups = [one.key for one in draft.groups]
    for keys in (groups, [one.key for one in draft.competences]):
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            return refuse(_("The key “%(key)s” stands twice.") % {"key": twice})
    known = {"", *groups}
    for key in [one.parent for one in draft.groups] + [one.group for one in draft.competences]:
        if key not in known:
            return refuse(_("There is no group “%(key)s”.") % {"key": key})
    if any(len(one.anchors) > HIGHEST_LEVEL for one in draft.competences):
        return refuse(_("A competence has at most five levels."))
    return ALLOWED


def _uri(draft: FrameworkDraft, key: str) -> str:
    return f"urn:wurzelwerk:{draft.key}:{key}" if key else ""


def _group_rows(draft: FrameworkDraft) -> Iterator[dict[str, Any]]:
    for position, one in enumerate(draft.groups):
        yield {
            "uri": _uri(draft, one.key),
            "label_de": one.label_de,
            "label_en": one.label_en,
            "description_de": "",
            "description_en": "",
            "area": one.area.value,
            "code": one.key[:40],
            "position": position,
        }


def _competence_rows(draft: FrameworkDraft, groups: dict[str, int]) -> Iterator[dict[str, Any]]:
    for position, one in enumerate(draft.competences):
        yield {
            "uri": _uri(draft, one.key),
            "label_de": one.label_de,
            "label_en": one.label_en,
            "description_de": one.description_de,
            "description_en": one.description_en,
            "aliases_de": "\n".join(one.aliases_de),
            "aliases_en": "\n".join(one.aliases_en),
            "group_id": groups.get(_uri(draft, one.group)),
            "kind": CompetenceKind.SKILL.value,
            "reuse_level": "",
            "half_life_days": one.half_life_days,
            "position": position,
        }


def _wanted_levels(framework: Framework, draft: FrameworkDraft) -> dict[tuple[int, int], tuple[str, str]]:
    keys = keys_of(Competence, framework)
    return {
        (keys[_uri(draft, one.key)], level): texts
        for one in draft.competences
        for level, texts in enumerate(_anchors(one), start=1)
    }


def _anchors(one: CompetenceDraft) -> tuple[tuple[str, str], ...]:
    return tuple(texts for texts in one.anchors if any(texts))


def _differs(written: Written) -> bool:
    return bool(written.created or written.updated or written.retired)
