"""The profile over two years, one small drawing per competence; and the radar, for those who want it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from wurzelwerk.competences.estimating import Estimate, Piece, history
from wurzelwerk.competences.queries import Profile, pieces_of
from wurzelwerk.competences.showing import words
from wurzelwerk.competences.showing.profile import LevelFigure, ProfilePage
from wurzelwerk.people.models import Person
from wurzelwerk.ui import formatting
from wurzelwerk.ui.charts import LevelPoint

MONTHS: Final = 24
MONTHS_OF_A_YEAR: Final = 12
FEWEST_SPOKES: Final = 3
MOST_SPOKES: Final = 10


@dataclass(frozen=True, slots=True)
class HistoryFigure:
    """One competence over time; ``sentence`` says in words what the drawing shows."""

    name: str
    href: str
    points: tuple[LevelPoint, ...]
    target: float | None
    sentence: str


@dataclass(frozen=True, slots=True)
class HistoryArea:
    """The competences of one part of the profile of which anything was known in the time shown."""

    key: str
    title: str
    figures: tuple[HistoryFigure, ...]


@dataclass(frozen=True, slots=True)
class Spoke:
    """One axis of the radar."""

    name: str
    href: str
    level: float
    target: float | None


@dataclass(frozen=True, slots=True)
class Radar:
    """What the radar shows: ``left_out`` are rated competences for which there is no room, ``unrated`` the others."""

    spokes: tuple[Spoke, ...]
    left_out: int
    unrated: int

    @property
    def can_be_drawn(self) -> bool:
        """Tell whether there are enough axes for an area."""
        return len(self.spokes) >= FEWEST_SPOKES


def month_starts(today: date) -> tuple[date, ...]:
    """Return the first days of the last 24 months, and ``today``."""
    last = today.year * MONTHS_OF_A_YEAR + today.month - 1
    months = (divmod(month, MONTHS_OF_A_YEAR) for month in range(last - MONTHS + 1, last + 1))
    starts = (date(year, month + 1, 1) for year, month in months)
    return (*(day for day in starts if day < today), today)


def history_areas(person: Person, profile: Profile, page: ProfilePage) -> tuple[HistoryArea, ...]:
    """Return the competences of ``page`` over the last two years; one query."""
    days, pieces = month_starts(profile.today), pieces_of(person)
    competences = {line.competence.public_id: line.competence for line in profile.lines}

    def drawn(figure: LevelFigure) -> HistoryFigure:
        competence = competences[figure.key]
        said = pieces.get(competence.pk, ())
        known = history(said, days, competence.half_life_days)
        points = tuple(_point(day, estimate) for day, estimate in zip(days, known, strict=True))
        return HistoryFigure(figure.name, figure.href, points, figure.target, _sentence(days, known, said))

    areas = (
        HistoryArea(area.key, str(area.title), tuple(drawn(one) for one in area.figures if one.level is not None))
        for area in page.areas
    )
    return tuple(area for area in areas if area.figures)


def radar_of(page: ProfilePage) -> Radar:
    """Return the rated competences of ``page`` with the heaviest first; unknown is not zero and has no axis."""
    figures = [figure for area in page.areas for figure in area.figures]
    rated = [Spoke(one.name, one.href, one.level, one.target) for one in figures if one.level is not None]
    wanted = sorted(rated, key=lambda spoke: spoke.target is None)
    return Radar(tuple(wanted[:MOST_SPOKES]), max(0, len(rated) - MOST_SPOKES), len(figures) - len(rated))


def _point(day: date, estimate: Estimate | None) -> LevelPoint:
    label = formatting.date(day, "medium")
    return (label, estimate.level, estimate.low, estimate.high) if estimate else (label, None, None, None)


def _sentence(days: tuple[date, ...], known: tuple[Estimate | None, ...], pieces: tuple[Piece, ...]) -> str:
    """Return from where to where the level went."""
    now = known[-1]
    first_day, first = next(((day, one) for day, one in zip(days, known, strict=True) if one), (days[-1], now))
    if now is None or first is None:
        return _("not known yet")
    figures = {"before": words.figure(first.level), "now": words.figure(now.level)}
    if known[0] is not None:
        return _("%(before)s on %(day)s, %(now)s today") % {**figures, "day": formatting.date(days[0], "medium")}
    begun = min(piece.observed_on for piece in pieces)
    if first_day == days[-1] or figures["before"] == figures["now"]:
        return _("%(now)s, known since %(day)s") % {**figures, "day": formatting.date(begun, "medium")}
    return _("from %(before)s to %(now)s since %(day)s") % {**figures, "day": formatting.date(begun, "medium")}
