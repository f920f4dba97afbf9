"""Writes the concepts of a framework: only what differs, in batches of their own transaction, retiring what left.

Every batch leaves the framework usable, and writing the same again changes nothing: after an
interruption the whole is simply written again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, Final, TypeVar

from django.db import transaction
from django.db.models import Model

from wurzelwerk.competences.models import (
    Competence,
    CompetenceGroup,
    Framework,
    Occupation,
    OccupationCompetence,
    ProficiencyLevel,
)
from wurzelwerk.kernel import clock

Item = TypeVar("Item")
BATCH: Final = 1000
OCCUPATIONS_AT_ONCE: Final = 250

OnWritten = Callable[[int], None]
"""Hears how many rows were compared and, where they differed, written."""

Need = tuple[str, str, str, float | None]
"""Occupation and competence (addresses both), relation, level from 0 to 5 where the source tells one."""
_Levels = dict[tuple[int, int, str], float | None]
_NEED: Final = ("occupation", "competence", "relation")

TEXTS: Final = ("label_de", "label_en", "description_de", "description_en")
ALIASES: Final = ("aliases_de", "aliases_en")
GROUP_FIELDS: Final = (*TEXTS, "area", "code", "position")
COMPETENCE_FIELDS: Final = (*TEXTS, *ALIASES, "group_id", "kind", "reuse_level")
OCCUPATION_FIELDS: Final = (*TEXTS, *ALIASES, "code", "isco_code")


@dataclass(slots=True)
class Written:
    """What writing did, in concepts or relations."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    retired: int = 0

    def add(self, other: "Written") -> None:
        """Add what was written elsewhere."""
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.retired += other.retired

    def as_dict(self) -> dict[str, int]:
        """Return the figures for a job's result."""
        return asdict(self)


def write_concepts(
    model: type[Model],
    framework: Framework,
    rows: Iterable[Mapping[str, Any]],
    fields: Sequence[str],
    on_written: OnWritten = lambda _rows: None,
    *,
    ended: AbstractSet[str] = frozenset(),
) -> Written:
    """Bring the concepts of ``framework`` in line with ``rows`` ("uri" and ``fields``).

    Those whose address is in ``ended``, and all that are not among the rows, are retired.
    """
    written = Written()
    kept: set[str] = set()
    for batch in _batches(rows, BATCH):
        with transaction.atomic():
            written.add(_write_batch(model, framework, batch, fields, ended))
        kept.update(row["uri"] for row in batch)
        on_written(len(batch))
    written.retired += _retire_others(model, framework, kept)
    return written


def _write_batch(
    model: type[Model],
    framework: Framework,
    batch: list[Mapping[str, Any]],
    fields: Sequence[str],
    ended: AbstractSet[str],
) -> Written:
    written = Written()
    stored = {
        row["uri"]: row
        for row in model._default_manager.filter(framework=framework, uri__in=[row["uri"] for row in batch]).values(
            "uri", "retired_at", *fields
        )
    }
    changed = []
    for row in batch:
        before, is_ended = stored.get(row["uri"]), row["uri"] in ended
        since = before["retired_at"] if before else None
        if before is None:
            written.created += 1
        elif is_ended and since is None:
            written.retired += 1
        elif is_ended == (since is not None) and all(before[name] == row[name] for name in fields):
            written.unchanged += 1
            continue
        else:
            written.updated += 1
        changed.append(model(framework=framework, retired_at=(since or clock.now()) if is_ended else None, **row))
    model._default_manager.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["framework", "uri"],
        update_fields=[*fields, "retired_at"],
    )
    return written


def _retire_others(model: type[Model], framework: Framework, kept: set[str]) -> int:
    current = model._default_manager.filter(framework=framework, retired_at=None)
    gone = [uri for uri in current.values_list("uri", flat=True).iterator() if uri not in kept]
    for batch in _batches(gone, BATCH):
        current.filter(uri__in=batch).update(retired_at=clock.now())
    return len(gone)


def write_parents(framework: Framework, parents: Mapping[str, str]) -> int:
    """Put each group below its parent (address → address, empty for a root); return how many moved."""
    keys = keys_of(CompetenceGroup, framework)
    moved = []
    for pk, uri, parent in CompetenceGroup.objects.filter(framework=framework).values_list("pk", "uri", "parent"):
        wanted = keys.get(parents.get(uri, ""))
        if uri in parents and parent != wanted:
            moved.append(CompetenceGroup(pk=pk, parent_id=wanted))
    CompetenceGroup.objects.bulk_update(moved, ["parent"], batch_size=200)
    return len(moved)


def write_needs(framework: Framework, needs: Iterable[Need], on_written: OnWritten = lambda _rows: None) -> Written:
    """Bring the needs of all current occupations in line with ``needs``, sorted by occupation."""
    written = Written()
    competences = keys_of(Competence, framework)
    occupations = keys_of(Occupation, framework, retired_at=None)
    without = set(occupations)

    def by_occupation() -> Iterator[tuple[int, _Levels]]:
        for uri, rows in groupby(needs, key=itemgetter(0)):
            without.discard(uri)
            key = occupations[uri]
            yield key, {(key, competences[competence], relation): level for _uri, competence, relation, level in rows}
        for uri in sorted(without):
            yield occupations[uri], {}

    for batch in _batches(by_occupation(), OCCUPATIONS_AT_ONCE):
        wanted = {need: level for _occupation, levels in batch for need, level in levels.items()}
        with transaction.atomic():
            _write_needs_of([occupation for occupation, _levels in batch], wanted, written)
        on_written(len(wanted))
    return written


def _write_needs_of(occupations: list[int], wanted: _Levels, written: Written) -> None:
    rows = OccupationCompetence.objects.filter(occupation__in=occupations)
    stored = {tuple(need): (pk, level) for pk, level, *need in rows.values_list("pk", "level", *_NEED)}
    gone = [pk for need, (pk, _level) in stored.items() if need not in wanted]
    for batch in _batches(gone, BATCH):
        OccupationCompetence.objects.filter(pk__in=batch).delete()
    new = sorted(wanted.keys() - stored.keys())
    OccupationCompetence.objects.bulk_create(
        OccupationCompetence(occupation_id=occupation, competence_id=competence, relation=relation, level=level)
        for (occupation, competence, relation), level in ((need, wanted[need]) for need in new)
    )
    moved = [
        OccupationCompetence(pk=pk, level=wanted[need])
        for need, (pk, level) in stored.items()
        if need in wanted and wanted[need] != level
    ]
    OccupationCompetence.objects.bulk_update(moved, ["level"], batch_size=BATCH)
    written.created += len(new)
    written.updated += len(moved)
    written.retired += len(gone)
    written.unchanged += len(wanted) - len(new) - len(moved)


def write_levels(framework: Framework, wanted: Mapping[tuple[int, int], tuple[str, str]]) -> bool:
    """Bring the sentences of the levels of all current competences in line with ``wanted``; tell whether any differed.

    These are by competence (its primary key) and level, each in German and English.
    """
    stored = {
        (competence, level): (anchor_de, anchor_en)
        for competence, level, anchor_de, anchor_en in ProficiencyLevel.objects.filter(
            competence__framework=framework, competence__retired_at=None
        ).values_list("competence", "level", "anchor_de", "anchor_en")
    }
    if wanted == stored:
        return False
    new = {key: texts for key, texts in wanted.items() if stored.get(key) != texts}
    ProficiencyLevel.objects.bulk_create(
        [
            ProficiencyLevel(competence_id=competence, level=level, anchor_de=anchor_de, anchor_en=anchor_en)
            for (competence, level), (anchor_de, anchor_en) in new.items()
        ],
        update_conflicts=True,
        unique_fields=["competence", "level"],
        update_fields=["anchor_de", "anchor_en"],
    )
    for competence, level in stored.keys() - wanted.keys():
        ProficiencyLevel.objects.filter(competence=competence, level=level).delete()
    return True


def keys_of(model: type[Model], framework: Framework, **condition: Any) -> dict[str, int]:
    """Return the primary keys of the concepts of ``framework`` by address."""
    return dict(model._default_manager.filter(framework=framework, **condition).values_list("uri", "pk"))


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
