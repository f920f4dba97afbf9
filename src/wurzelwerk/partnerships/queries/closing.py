"""What the members rate at the end, and what has grown."""

from dataclasses import dataclass

from wurzelwerk.competences.models import Competence, ProficiencyLevel
from wurzelwerk.competences.queries import levels_of
from wurzelwerk.competences.terms import GENERAL_ANCHORS
from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.partnerships.choices import GoalsReached
from wurzelwerk.partnerships.models import (
    ClosingLevel,
    ClosingStatement,
    LearningPackage,
    LearningPartnership,
)
from wurzelwerk.people.models import Person


@dataclass(frozen=True, slots=True)
class Rating:
    """A competence that a partner learned here, with what each level looks like."""

    person_id: int
    given_name: str
    competence: Competence
    anchors: dict[int, str]


@dataclass(frozen=True, slots=True)
class Said:
    """What a member said at the end."""

    author_id: int
    author: str
    goals_reached: GoalsReached
    takeaway: str
    thanks: str
    levels: tuple[tuple[int, int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """A level a partner saw, and the estimate since then; ``level_now`` is None when nothing counts."""

    competence_key: str
    name: str
    given_by: str
    level: int
    seen: str
    level_now: float | None


def ratings(partnership: LearningPartnership, viewer: Person) -> tuple[Rating, ...]:
    """Return what the viewer can say about the others: the competences of their packages."""
    packages = (
        LearningPackage.objects.filter(partnership=partnership)
        .exclude(learner=viewer)
        .select_related("learner", "competence")
        .order_by("learner", "pk")
    )
    found = {(each.learner_id, each.competence_id): each for each in packages}
    described = _anchors({competence for _learner, competence in found})
    return tuple(
        Rating(each.learner_id, each.learner.given_name, each.competence, described[each.competence_id])
        for each in found.values()
    )


def _anchors(competences: set[int]) -> dict[int, dict[int, str]]:
    """Return a sentence for every level of each competence; one query."""
    general = {level: str(text) for level, text in GENERAL_ANCHORS.items()}
    found = {competence: dict(general) for competence in competences}
    rows = ProficiencyLevel.objects.filter(competence__in=competences)
    for competence, level, anchor_de, anchor_en in rows.values_list("competence", "level", "anchor_de", "anchor_en"):
        found[competence][level] = pick(anchor_de, anchor_en) or general[level]
    return found


def statements(partnership: LearningPartnership) -> tuple[Said, ...]:
    """Return what all members have said; two queries."""
    rows = (
        ClosingStatement.objects.filter(partnership=partnership)
        .select_related("author")
        .prefetch_related("levels")
        .order_by("said_at", "pk")
    )
    return tuple(
        Said(
            author_id=row.author_id,
            author=row.author.given_name,
            goals_reached=GoalsReached(row.goals_reached),
            takeaway=row.takeaway,
            thanks=row.thanks,
            levels=tuple((each.person_id, each.competence_id, each.level, each.seen) for each in row.levels.all()),
        )
        for row in rows
    )


def growth(partnership: LearningPartnership, viewer: Person) -> tuple[Growth, ...]:
    """Return what the partners saw of ``viewer``, with the level it makes now."""
    rows = list(
        ClosingLevel.objects.filter(statement__partnership=partnership, person=viewer)
        .select_related("statement__author", "competence")
        .order_by("pk")
    )
    known = levels_of(viewer, [row.competence for row in rows])
    return tuple(
        Growth(
            competence_key=row.competence.public_id,
            name=str(row.competence),
            given_by=row.statement.author.given_name,
            level=row.level,
            seen=row.seen,
            level_now=known[row.competence_id].level if row.competence_id in known else None,
        )
        for row in rows
    )
