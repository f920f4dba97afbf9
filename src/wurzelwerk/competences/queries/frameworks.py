"""Frameworks and their competences; nothing about anybody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Avg, Count, Q
from django.utils.translation import get_language

from wurzelwerk.competences.choices import Area, FrameworkKind
from wurzelwerk.competences.models import (
    Competence,
    CompetenceGroup,
    Framework,
    Occupation,
    OccupationCompetence,
    ProficiencyLevel,
)
from wurzelwerk.competences.terms import GENERAL_ANCHORS
from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.models import Job
from wurzelwerk.kernel.verdict import NotThere
from wurzelwerk.people.models import Person
from wurzelwerk.search.queries import find_keys

SOURCE: Final = "competences"
"""The key of competences among the sources of the search."""
MAX_WORDS: Final = 6
IMPORT_KIND: Final = "competences.import_framework"
"""The kind of the job that imports a framework."""


@dataclass(frozen=True, slots=True)
class FrameworkRow:
    """A framework with how much it holds."""

    public_id: str
    key: str
    kind: FrameworkKind
    name: str
    description: str
    version: str
    attribution: str
    updated_at: datetime
    competences: int
    retired: int
    groups: int
    occupations: int


@dataclass(frozen=True, slots=True)
class CompetenceChoice:
    """A competence among others, to be chosen."""

    pk: int
    public_id: str
    name: str
    description: str
    group: str
    area: Area
    framework: str


def framework_rows() -> tuple[FrameworkRow, ...]:
    """Return all frameworks by name; four queries."""
    current = _counted(Competence.objects.filter(retired_at=None))
    retired = _counted(Competence.objects.filter(retired_at__isnull=False))
    groups = _counted(CompetenceGroup.objects.filter(retired_at=None))
    occupations = _counted(Occupation.objects.filter(retired_at=None))
    rows = (
        FrameworkRow(
            public_id=one.public_id,
            key=one.key,
            kind=FrameworkKind(one.kind),
            name=str(one),
            description=pick(one.description_de, one.description_en),
            version=one.version,
            attribution=pick(one.attribution_de, one.attribution_en),
            updated_at=one.updated_at,
            competences=current.get(one.pk, 0),
            retired=retired.get(one.pk, 0),
            groups=groups.get(one.pk, 0),
            occupations=occupations.get(one.pk, 0),
        )
        for one in Framework.objects.all()
    )
    return tuple(sorted(rows, key=lambda row: row.name.casefold()))


def _counted(rows: Any) -> dict[int, int]:
    return dict(rows.order_by().values_list("framework").annotate(number=Count("*")))


def get_framework(public_id: str) -> Framework:
    """Return the framework; raises ``NotThere``."""
    found = Framework.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotThere
    return found


def get_competence(public_id: str) -> Competence:
    """Return the competence with its group and framework, retired ones too; raises ``NotThere``."""
    found: Competence | None = (
        Competence.objects.filter(public_id=public_id).select_related("group", "framework").first()
    )
    if found is None:
        raise NotThere
    return found


def competences_by_key(keys: Collection[str]) -> tuple[Competence, ...]:
    """Return the current competences with these public ids, in the order given, with their groups."""
    rows = Competence.objects.current().filter(public_id__in=keys).select_related("group", "framework")
    found = {one.public_id: one for one in rows} if keys else {}
    return tuple(found[key] for key in keys if key in found)


def competence_names(keys: Collection[str]) -> dict[str, str]:
    """Return the names of the competences with these public ids, in the active language."""
    rows = Competence.objects.filter(public_id__in=list(keys)).values_list("public_id", "label_de", "label_en")
    return {key: pick(label_de, label_en) for key, label_de, label_en in rows}


def competences_of(framework: Framework, *, text: str = "", area: str = "", is_retired: bool = False) -> Any:
    """Return the competences of ``framework`` as a queryset to page through, by label.

    Rows are dictionaries with public_id, labels, labels and area of the group, and the number of levels described.
    """
    rows = _matching(Competence.objects.filter(framework=framework, retired_at__isnull=not is_retired), text)
    if area:
        rows = rows.filter(Q(group__area=area) | (Q(group=None) if area == Area.PROFESSIONAL else Q(pk__in=())))
    first, second = ("label_en", "label_de") if (get_language() or "").startswith("en") else ("label_de", "label_en")
    return rows.order_by(first, second, "pk").values(
        "public_id", "label_de", "label_en", "group__label_de", "group__label_en", "group__area"
    )


def occupations_of(framework: Framework, *, text: str = "") -> Any:
    """Return the occupations of ``framework`` as a queryset to page through, with what they need in numbers.

    ``level`` is the mean level (0 to 5) of what is essential, None where the source tells no levels.
    """
    rows = Occupation.objects.current().filter(framework=framework)
    for word in text.split()[:MAX_WORDS]:
        rows = rows.filter(Q(label_de__icontains=word) | Q(label_en__icontains=word))
    return (
        rows.annotate(
            essential=Count("needs", filter=Q(needs__relation="essential")),
            optional=Count("needs", filter=Q(needs__relation="optional")),
            level=Avg("needs__level", filter=Q(needs__relation="essential")),
        )
        .order_by("code", "pk")
        .values("public_id", "code", "isco_code", "label_de", "label_en", "essential", "optional", "level")
    )


def relations_of(framework: Framework) -> int:
    """Return how many relations between occupations and competences ``framework`` holds."""
    return OccupationCompetence.objects.filter(occupation__framework=framework).count()


def anchors(competence: Competence) -> dict[int, str]:
    """Return a sentence for each level from 1 to 5; general ones where the framework describes none."""
    rows = ProficiencyLevel.objects.filter(competence=competence).values_list("level", "anchor_de", "anchor_en")
    described = {level: pick(anchor_de, anchor_en) for level, anchor_de, anchor_en in rows}
    return {level: described.get(level) or str(general) for level, general in GENERAL_ANCHORS.items()}


def attributions(competences: Collection[Competence]) -> tuple[str, ...]:
    """Return the sentences that the licences of these competences ask to show; one query."""
    rows = Framework.objects.filter(pk__in={one.framework_id for one in competences})
    found = (pick(*texts) for texts in rows.order_by("pk").values_list("attribution_de", "attribution_en"))
    return tuple(text for text in dict.fromkeys(found) if text)


def competence_choices(
    text: str, *, limit: int = 20, framework: Framework | None = None
) -> tuple[CompetenceChoice, ...]:
    """Return current competences that answer ``text``, best first: by the search, else by their labels.

    The search understands compounds, inflection and typing errors; it finds nothing before its first indexing.
    """
    if not text.strip():
        return ()
    rows = Competence.objects.current().select_related("group", "framework")
    if framework is not None:
        rows = rows.filter(framework=framework)
    keys = find_keys(text, source=SOURCE, limit=limit).object_keys
    found = {one.public_id: one for one in rows.filter(public_id__in=keys)} if keys else {}
    best = [found[key] for key in keys if key in found] or list(_matching(rows, text).order_by("label_de")[:limit])
    return tuple(_choice(one) for one in best)


def _matching(rows: Any, text: str) -> Any:
    for word in text.split()[:MAX_WORDS]:
        rows = rows.filter(
            Q(label_de__icontains=word)
            | Q(label_en__icontains=word)
            | Q(aliases_de__icontains=word)
            | Q(aliases_en__icontains=word)
        )
    return rows


def area_of(competence: Competence) -> Area:
    """Return the part of a profile that ``competence`` stands in (its group must be loaded)."""
    return Area(competence.group.area) if competence.group else Area.PROFESSIONAL


def _choice(one: Competence) -> CompetenceChoice:
    return CompetenceChoice(
        pk=one.pk,
        public_id=one.public_id,
        name=str(one),
        description=pick(one.description_de, one.description_en),
        group=str(one.group) if one.group else "",
        area=area_of(one),
        framework=str(one.framework),
    )


@dataclass(frozen=True, slots=True)
class ImportRow:
    """An import somebody started; ``counts`` are figures by kind (created, updated, unchanged, retired).

    ``layout`` is what the files were recognised as.
    """

    public_id: str
    state: str
    finished_at: datetime | None
    counts: dict[str, dict[str, int]]
    layout: str


def running_import(person: Person) -> ImportRow | None:
    """Return the import of ``person`` that waits or runs."""
    return _import_row(_imports_of(person).filter(state__in=(JobState.WAITING, JobState.RUNNING)))


def last_import(person: Person, framework: Framework) -> ImportRow | None:
    """Return the last finished import of ``person`` into ``framework``."""
    return _import_row(_imports_of(person).filter(state=JobState.DONE, result__framework=framework.public_id))


def _imports_of(person: Person) -> Any:
    return Job.objects.visible_to(person).filter(kind=IMPORT_KIND)


def _import_row(rows: Any) -> ImportRow | None:
    job = rows.order_by("-pk").first()
    if job is None:
        return None
    result = job.result
    return ImportRow(job.public_id, job.state, job.finished_at, result.get("counts", {}), result.get("layout", ""))
