"""What roles need, and how somebody compares with it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal

from django.db.models import Count, F, Max, OuterRef, Q, Subquery

from wurzelwerk.competences.estimating import (
    CompetenceGap,
    GapIndex,
    Piece,
    Requirement,
    by_urgency,
    estimate,
    gap,
    index,
)
from wurzelwerk.competences.models import Competence, TargetProfile, TargetRequirement, WishedRole
from wurzelwerk.competences.queries.evidence import pieces_of, today_of
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.kernel.verdict import NotThere
from wurzelwerk.people.models import JobRole, Person

TargetKind = Literal["role", "wish"]
Gap = CompetenceGap[Competence]

_ROLE_OF: dict[TargetKind, str] = {"role": "profile__job_role__employments", "wish": "profile__job_role__wished_by"}
_ZONE_OF: dict[TargetKind, str] = {
    "role": "profile__job_role__employments__site__time_zone",
    "wish": "profile__job_role__wished_by__person__employment__site__time_zone",
}


@dataclass(frozen=True, slots=True)
class Target:
    """A version of a target profile in force, with what the version before it asked for."""

    job_role: JobRole
    version: int
    valid_from: date
    requirements: tuple[Requirement[Competence], ...]

    @property
    def title(self) -> str:
        """Return the title of the job role."""
        return str(self.job_role)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A person beside a target: one line per requirement (reached ones too), by weight; ``index`` is G."""

    target: Target
    lines: tuple[Gap, ...]
    index: GapIndex

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Return what is open, most urgent first."""
        return by_urgency(self.lines)


def get_comparison(
    person: Person,
    *,
    target: TargetKind = "role",
    today: date | None = None,
    pieces: dict[int, tuple[Piece, ...]] | None = None,
) -> Comparison | None:
    """Return ``person`` beside their own or wished role; None without role or target.

    Two queries; one when ``pieces`` (as ``pieces_of`` returns them) are at hand.
    """
    found = _target_of(person, target, today)
    if found is None:
        return None
    wanted, day = found
    if pieces is None:
        pieces = pieces_of(person, [one.competence for one in wanted.requirements])
    lines = tuple(
        gap(one, estimate(pieces.get(one.competence.pk, ()), day, one.competence.half_life_days))
        for one in wanted.requirements
    )
    return Comparison(wanted, lines, index(lines))


def get_gaps(person: Person, *, target: TargetKind = "role", today: date | None = None) -> tuple[Gap, ...]:
    """Return what is open against the target: by weight · size, then the unknown, then the unsecured."""
    comparison = get_comparison(person, target=target, today=today)
    return comparison.gaps if comparison else ()


def get_gap(person: Person, competence: Competence, *, today: date | None = None) -> Gap | None:
    """Return the gap in ``competence`` against the own role or else the wished one; None if neither asks."""
    day = today or today_of(person)
    kinds: tuple[TargetKind, ...] = ("role", "wish")
    for kind in kinds:
        found = _target_of(person, kind, day)
        wanted = next((one for one in found[0].requirements if one.competence == competence), None) if found else None
        if wanted is not None:
            pieces = pieces_of(person, [competence]).get(competence.pk, ())
            return gap(wanted, estimate(pieces, day, competence.half_life_days))
    return None


def _target_of(person: Person, kind: TargetKind, today: date | None) -> tuple[Target, date] | None:
    """Return the target in force and the day it was asked for; one query."""
    rows: Any = (
        TargetRequirement.objects.filter(
            **{f"{_ROLE_OF[kind]}__person": person},
            profile__valid_from__lte=today or clock.today() + timedelta(days=1),
        )
        .annotate(zone=F(_ZONE_OF[kind]))
        .select_related("competence__group", "profile__job_role")
    )
    found = list(rows)
    if not found:
        return None
    day = today or clock.today(found[0].zone)
    target = _in_force([row for row in found if row.profile.valid_from <= day])
    return (target, day) if target else None


def _in_force(rows: list[TargetRequirement]) -> Target | None:
    """Return the latest version among the requirements of all versions of one job role."""
    versions: dict[TargetProfile, list[TargetRequirement]] = defaultdict(list)
    for row in rows:
        versions[row.profile].append(row)
    order = sorted(versions, key=lambda profile: (profile.valid_from, profile.version))
    if not order:
        return None
    current = order[-1]
    before = {row.competence_id: row.level for row in versions[order[-2]]} if order[1:] else {}
    requirements = (
        Requirement(row.competence, row.level, row.weight, before.get(row.competence_id))
        for row in sorted(versions[current], key=lambda row: (-row.weight, row.pk))
    )
    return Target(current.job_role, current.version, current.valid_from, tuple(requirements))


@dataclass(frozen=True, slots=True)
class JobRoleRow:
    """A job role with its target profile, as a list shows it; ``version`` is None without one."""

    public_id: str
    title: str
    family: str
    version: int | None
    valid_from: date | None
    requirements: int
    persons: int


def job_role_rows(text: str = "") -> tuple[JobRoleRow, ...]:
    """Return all job roles with the state of their target profiles, by title."""
    newest = TargetProfile.objects.filter(job_role=OuterRef("pk")).order_by("-version")
    needs = (
        TargetRequirement.objects.filter(profile__job_role=OuterRef("pk"))
        .values("profile__version")
        .annotate(number=Count("pk"))
        .order_by("-profile__version")
    )
    rows = _named(text).annotate(
        newest=Max("target_profiles__version"),
        since=Subquery(newest.values("valid_from")[:1]),
        needs=Subquery(needs.values("number")[:1]),
        persons=Count("employments", filter=Q(employments__person__is_active=True), distinct=True),
    )
    found = (
        JobRoleRow(
            public_id=row.public_id,
            title=str(row),
            family=row.family,
            version=row.newest,
            valid_from=row.since,
            requirements=row.needs or 0,
            persons=row.persons,
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda row: row.title.casefold()))


def job_role_choices(text: str = "", *, person: Person) -> tuple[JobRoleRow, ...]:
    """Return the job roles with a target profile that ``person`` may wish for: all but their own."""
    own = set(JobRole.objects.filter(employments__person=person).values_list("public_id", flat=True))
    return tuple(row for row in job_role_rows(text) if row.version is not None and row.public_id not in own)


def _named(text: str) -> Any:
    rows = JobRole.objects.all()
    for word in text.split():
        rows = rows.filter(Q(title_de__icontains=word) | Q(title_en__icontains=word) | Q(family__icontains=word))
    return rows


def get_job_role(public_id: str) -> JobRole:
    """Return the job role; raises ``NotThere``."""
    found = JobRole.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotThere
    return found


def get_target(job_role: JobRole) -> Target | None:
    """Return the newest version of what ``job_role`` needs, in force or still to come."""
    rows = TargetRequirement.objects.filter(profile__job_role=job_role)
    return _in_force(list(rows.select_related("competence__group", "profile__job_role")))


@dataclass(frozen=True, slots=True)
class TargetVersion:
    """A version of a target profile in its history; ``changes`` are (competence, level before, level since)."""

    version: int
    valid_from: date
    changes: tuple[tuple[str, float | None, float | None], ...]


def target_versions(job_role: JobRole) -> tuple[TargetVersion, ...]:
    """Return the history of what ``job_role`` needs, newest first."""
    columns = (
        *("profile__version", "profile__valid_from", "competence_id", "level"),
        *("competence__label_de", "competence__label_en"),
    )
    rows = TargetRequirement.objects.filter(profile__job_role=job_role).order_by("profile__version", "pk")
    history: list[TargetVersion] = []
    before: dict[int, float] = {}
    names: dict[int, str] = {}
    for (version, valid_from), members in groupby(rows.values_list(*columns), key=itemgetter(0, 1)):
        levels = {}
        for _version, _since, competence, level, label_de, label_en in members:
            levels[competence] = level
            names[competence] = pick(label_de, label_en)
        changes = tuple(
            (names[key], before.get(key), levels.get(key))
            for key in (before | levels)
            if before.get(key) != levels.get(key)
        )
        history.append(TargetVersion(version, valid_from, changes))
        before = levels
    return tuple(reversed(history))


def wished_role_of(person: Person) -> JobRole | None:
    """Return the wished role of ``person``, for their own pages."""
    wish = WishedRole.objects.filter(person=person).select_related("job_role").first()
    return wish.job_role if wish else None
