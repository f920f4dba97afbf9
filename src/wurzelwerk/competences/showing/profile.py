"""The profile page: rings by area, the table beside them, the comparison, and what to do about gaps."""

from dataclasses import dataclass
from typing import Final, Literal

from django.urls import reverse
from django.utils.functional import Promise

from wurzelwerk.competences.choices import Area
from wurzelwerk.competences.gap_actions import OfferedAction, actions_for
from wurzelwerk.competences.models import Competence
from wurzelwerk.competences.queries import Comparison, Profile, ProfileLine, by_area
from wurzelwerk.competences.queries.targets import Gap
from wurzelwerk.competences.showing import words
from wurzelwerk.competences.terms import level_word
from wurzelwerk.people.models import Person

Beside = Literal["role", "wish", "none"]
View = Literal["rings", "table", "history", "radar"]
MOST_GAPS: Final = 6


@dataclass(frozen=True, slots=True)
class LevelFigure:
    """One competence with its rings: level and target to one place, and what to say below."""

    key: str
    name: str
    href: str
    assess_href: str
    level: float | None
    target: float | None
    low: float | None
    high: float | None
    word: str
    age: str
    certainty: str
    is_unsecured: bool
    is_shared: bool
    is_chosen: bool

    @property
    def state(self) -> str:
        """Return how the rings are drawn."""
        return "unsecured" if self.is_unsecured else "secured"

    @property
    def missing(self) -> float | None:
        """Return how many levels are missing to the target, to one place; None where it is not known."""
        if self.level is None or self.target is None:
            return None
        return max(0.0, round(self.target - self.level, 1))


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """The competences of one part of the profile."""

    key: str
    title: Promise | str
    figures: tuple[LevelFigure, ...]
    is_reached: bool


@dataclass(frozen=True, slots=True)
class GapCard:
    """One gap with its reasons and the ways to close it."""

    figure: LevelFigure
    reasons: tuple[str, ...]
    actions: tuple[OfferedAction, ...]
    is_unknown: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """How far a target is reached: distance G and unknown share between 0 and 1, and counts."""

    title: str
    distance: float | None
    unknown_share: float
    required: int
    rated: int
    reached: int
    version: int


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """All that the profile page shows."""

    areas: tuple[AreaFigures, ...]
    gaps: tuple[GapCard, ...]
    more_gaps: int
    summary: Summary | None
    beside: Beside
    role_title: str
    wish_title: str
    has_targets: bool
    is_empty: bool
    is_unrated: bool
    unrated: tuple[LevelFigure, ...]


def profile_page(person: Person, profile: Profile, *, beside: Beside, with_all_gaps: bool) -> ProfilePage:
    """Return what to show of ``profile``, compared with the own role, the wished one or nothing."""
    comparison = {"role": profile.role, "wish": profile.wish, "none": None}[beside]
    lines = tuple(line for line in profile.lines if _belongs(line, beside))
    figures = {line.competence.pk: _figure(line, beside, profile) for line in lines}
    gaps = comparison.gaps if comparison else ()
    shown = gaps if with_all_gaps else gaps[:MOST_GAPS]
    return ProfilePage(
        areas=tuple(_area(area, members, figures, beside) for area, members in by_area(lines)),
        gaps=tuple(_card(person, gap, figures[gap.competence.pk]) for gap in shown),
        more_gaps=len(gaps) - len(shown),
        summary=_summary(comparison) if comparison else None,
        beside=beside,
        role_title=profile.role_title,
        wish_title=profile.wish_title,
        has_targets=profile.role is not None or profile.wish is not None,
        is_empty=not profile.lines,
        is_unrated=all(line.estimate is None for line in lines),
        unrated=tuple(figure for figure in figures.values() if figure.level is None),
    )


def _figure(line: ProfileLine, beside: Beside, profile: Profile) -> LevelFigure:
    competence, estimate = line.competence, line.estimate
    gap = _beside(line, beside)
    return LevelFigure(
        key=competence.public_id,
        name=str(competence),
        href=competence_href(competence),
        assess_href=reverse("competences:assess", args=[competence.public_id]),
        level=words.rounded(estimate.level) if estimate else None,
        target=words.rounded(gap.required) if gap else None,
        low=words.rounded(estimate.low) if estimate else None,
        high=words.rounded(estimate.high) if estimate else None,
        word=str(level_word(estimate.level)) if estimate else "",
        age=words.age(estimate.newest_on, profile.today) if estimate else "",
        certainty=words.certainty(estimate) if estimate else "",
        is_unsecured=estimate.is_unsecured if estimate else False,
        is_shared=line.is_shared,
        is_chosen=line.is_chosen,
    )


def competence_href(competence: Competence) -> str:
    """Return the address of the page on one competence."""
    return reverse("competences:competence", args=[competence.public_id])


def _belongs(line: ProfileLine, beside: Beside) -> bool:
    """Tell whether a line is the person's own or asked for by the target it is compared with."""
    return line.estimate is not None or line.is_chosen or _beside(line, beside) is not None


def _beside(line: ProfileLine, beside: Beside) -> Gap | None:
    return {"role": line.role, "wish": line.wish, "none": None}[beside]


def _area(area: Area, lines: tuple[ProfileLine, ...], figures: dict[int, LevelFigure], beside: Beside) -> AreaFigures:
    gaps = [gap for line in lines if (gap := _beside(line, beside))]
    return AreaFigures(
        key=area.value,
        title=area.label,
        figures=tuple(figures[line.competence.pk] for line in lines),
        is_reached=bool(gaps) and not any(gap.is_open for gap in gaps),
    )


def _card(person: Person, gap: Gap, figure: LevelFigure) -> GapCard:
    return GapCard(
        figure=figure,
        reasons=words.reasons(gap),
        actions=actions_for(person, gap.competence) if gap.size else (),
        is_unknown=gap.size is None,
    )


def _summary(comparison: Comparison) -> Summary:
    index = comparison.index
    return Summary(
        title=comparison.target.title,
        distance=index.value,
        unknown_share=index.unknown_share,
        required=index.required,
        rated=index.required - index.unknown,
        reached=sum(1 for line in comparison.lines if line.size == 0),
        version=comparison.target.version,
    )
