"""The own competence profile: everything that is known, wanted or required, in one view."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from wurzelwerk.competences.choices import Area
from wurzelwerk.competences.estimating import Estimate, Piece, estimate
from wurzelwerk.competences.models import Competence, ProfileCompetence
from wurzelwerk.competences.queries.evidence import pieces_of
from wurzelwerk.competences.queries.frameworks import area_of
from wurzelwerk.competences.queries.sharing import shared_keys
from wurzelwerk.competences.queries.targets import Comparison, Gap, get_comparison
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.people.models import Person


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """One competence of a profile: what is known of it, and what the own and the wished role ask for."""

    competence: Competence
    area: Area
    estimate: Estimate | None
    role: Gap | None
    wish: Gap | None
    is_chosen: bool
    is_shared: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """A person's competences on a day; titles are empty without such a role."""

    today: date
    role_title: str
    wish_title: str
    role: Comparison | None
    wish: Comparison | None
    lines: tuple[ProfileLine, ...]


def by_area(lines: Iterable[ProfileLine]) -> tuple[tuple[Area, tuple[ProfileLine, ...]], ...]:
    """Return ``lines`` grouped by the areas that have any, in the order of the areas."""
    known = tuple(lines)
    groups = ((area, tuple(line for line in known if line.area is area)) for area in Area)
    return tuple((area, members) for area, members in groups if members)


def get_profile(person: Person, today: date | None = None) -> Profile:
    """Return the own profile of ``person``: seven queries, however much there is."""
    zone, role_title, wish_title = _standing(person)
    day = today or clock.today(zone)
    pieces = pieces_of(person)
    role = get_comparison(person, target="role", today=day, pieces=pieces) if role_title else None
    wish = get_comparison(person, target="wish", today=day, pieces=pieces) if wish_title else None
    chosen = frozenset(ProfileCompetence.objects.filter(person=person).values_list("competence", flat=True))
    return Profile(
        today=day,
        role_title=role_title,
        wish_title=wish_title,
        role=role,
        wish=wish,
        lines=_lines(role, wish, pieces=pieces, chosen=chosen, shared=shared_keys(person), today=day),
    )


def _standing(person: Person) -> tuple[str | None, str, str]:
    """Return the time zone of the site and the titles of the own and the wished role."""
    row = Person.objects.filter(pk=person.pk).values_list(
        "employment__site__time_zone",
        "employment__job_role__title_de",
        "employment__job_role__title_en",
        "wished_role__job_role__title_de",
        "wished_role__job_role__title_en",
    )[0]
    return row[0], pick(row[1] or "", row[2] or ""), pick(row[3] or "", row[4] or "")


def _lines(
    role: Comparison | None,
    wish: Comparison | None,
    *,
    pieces: dict[int, tuple[Piece, ...]],
    chosen: frozenset[int],
    shared: frozenset[str],
    today: date,
) -> tuple[ProfileLine, ...]:
    of_role, of_wish = _by_competence(role), _by_competence(wish)
    asked = {key: gap.competence for key, gap in (of_wish | of_role).items()}
    others = Competence.objects.select_related("group").in_bulk(list((pieces.keys() | chosen) - asked.keys()))
    lines = (
        ProfileLine(
            competence=competence,
            area=area_of(competence),
            estimate=estimate(pieces.get(key, ()), today, competence.half_life_days),
            role=of_role.get(key),
            wish=of_wish.get(key),
            is_chosen=key in chosen,
            is_shared=competence.public_id in shared,
        )
        for key, competence in (asked | others).items()
    )
    return tuple(sorted(lines, key=_place))


def _by_competence(comparison: Comparison | None) -> dict[int, Gap]:
    gaps: Iterable[Gap] = comparison.lines if comparison else ()
    return {gap.competence.pk: gap for gap in gaps}


def _place(line: ProfileLine) -> tuple[float, float, str]:
    """Sort what the own role stands on first, then what the wished role does, then the rest by name."""
    return (
        -line.role.weight if line.role else 0.0,
        -line.wish.weight if line.wish else 0.0,
        str(line.competence).casefold(),
    )


def profile_keys(person: Person) -> frozenset[str]:
    """Return the public ids of the competences that ``person`` chose or has evidence in."""
    mine = Q(in_profiles__person=person) | Q(evidence__person=person, evidence__withdrawn_at=None)
    return frozenset(Competence.objects.filter(mine).values_list("public_id", flat=True))


def unrated(person: Person) -> tuple[Competence, ...]:
    """Return what the own and the wished role need or ``person`` chose, without any evidence; heaviest first."""
    lines = get_profile(person).lines
    return tuple(line.competence for line in lines if line.estimate is None and line.competence.retired_at is None)
