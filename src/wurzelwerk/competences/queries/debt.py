"""The learning debt of one person against their role, with its ledger; reckoned from three queries."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from wurzelwerk.competences.choices import EvidenceSource
from wurzelwerk.competences.debt import Asked, Debt, Entry, Past, Period, Position, Said, debt_of, replay
from wurzelwerk.competences.estimating import Piece
from wurzelwerk.competences.models import Competence, Evidence, TargetRequirement
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.registry import Registry
from wurzelwerk.people.models import Employment, Person

QUARTERS: Final = 4
MONTHS_OF_A_QUARTER: Final = 3
NOTHING: Final = 1e-6
"""Hours below this are what rounding leaves."""
_BY_A_TEST: Final = frozenset({EvidenceSource.TEST, EvidenceSource.CERTIFICATE})
_BY_OTHERS: Final = frozenset(
    {EvidenceSource.PARTNER, EvidenceSource.PEER, EvidenceSource.MENTOR, EvidenceSource.EXTERNAL}
)

granted_hours: Registry[Callable[[Person], float | None]] = Registry()
"""Where higher rooms say how many hours of learning a week are granted to somebody; None where they do not know."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter of the ledger; ``period`` holds its six accounts and rates. The last one is not over yet."""

    starts_on: date
    period: Period


@dataclass(frozen=True, slots=True)
class DebtStatement:
    """What a person owes today, by competence, and how it came about; ``title`` is empty without a target.

    ``quarters`` are in order of time, ``entries`` newest first.
    """

    today: date
    title: str
    debt: Debt
    positions: tuple[Position[Competence], ...]
    quarters: tuple[Quarter, ...]
    entries: tuple[Entry[Competence], ...]


def quarter_starts(today: date) -> tuple[date, ...]:
    """Return the first days of the quarter of ``today`` and of the three before it."""
    number = today.year * QUARTERS + (today.month - 1) // MONTHS_OF_A_QUARTER
    quarters = (divmod(one, QUARTERS) for one in range(number - QUARTERS + 1, number + 1))
    return tuple(date(year, quarter * MONTHS_OF_A_QUARTER + 1, 1) for year, quarter in quarters)


def get_debt(person: Person, today: date | None = None) -> DebtStatement:
    """Return the debt of ``person`` against the targets of their role; three queries."""
    zone, entered_on, title = _standing(person)
    day = today or clock.today(zone)
    starts = quarter_starts(day)
    asked, competences = _asked(person, day, entered_on)
    said = _said(person, competences)
    pasts = (Past(one, tuple(said[key]), tuple(asked[key]), one.half_life_days) for key, one in competences.items())
    closings = [start - timedelta(days=1) for start in starts]
    booked = [replay(past, closings, day) for past in pasts]
    positions = tuple(position for position, _entries in booked)
    entries = sorted((entry for _position, some in booked for entry in some), key=lambda entry: entry.day)
    debt = debt_of(positions, day)
    return DebtStatement(
        today=day,
        title=title if any(one.required > 0 for one in positions) else "",
        debt=debt,
        positions=positions,
        quarters=_quarters(starts, debt.hours, entries, day),
        entries=tuple(reversed(entries)),
    )


def hours_granted(person: Person) -> float | None:
    """Return the hours of learning a week that are granted to ``person``; None where nobody knows."""
    known = (source(person) for source in granted_hours)
    return next((hours for hours in known if hours is not None), None)


def _quarters(
    starts: tuple[date, ...], hours: float, entries: list[Entry[Competence]], today: date
) -> tuple[Quarter, ...]:
    """Return each quarter with its figures; what was owed at its start follows from the identity of the ledger."""
    found: list[Quarter] = []
    end = today + timedelta(days=1)
    for start in reversed(starts):
        some = [entry for entry in entries if start <= entry.day < end]
        before = hours - sum(entry.change for entry in some)
        # The rates of the running quarter stand for what it has brought so far.
        found.append(Quarter(start, Period.of(before if before > NOTHING else 0.0, some)))
        hours, end = before, start
    return tuple(reversed(found))


def _standing(person: Person) -> tuple[str | None, date | None, str]:
    row = (
        Employment.objects.filter(person=person)
        .select_related("site", "job_role", "person")
        .only("site__time_zone", "job_role__title_de", "job_role__title_en", "person__entered_on")
        .first()
    )
    if row is None:
        return None, None, ""
    return row.site.time_zone if row.site else None, row.person.entered_on, str(row.job_role or "")


def _asked(
    person: Person, today: date, entered_on: date | None
) -> tuple[dict[int, list[Asked]], dict[int, Competence]]:
    """Return what the role has asked for by competence key, version by version, and the competences.

    Where a version does not ask for a competence, it asks for level 0: what a later one adds is a drift.
    """
    rows: Any = (
        TargetRequirement.objects.filter(profile__job_role__employments__person=person, profile__valid_from__lte=today)
        .select_related("competence", "profile")
        .order_by("profile__valid_from", "profile__version", "pk")
    )
    versions: dict[Any, dict[int, TargetRequirement]] = defaultdict(dict)
    competences: dict[int, Competence] = {}
    for row in rows:
        versions[row.profile][row.competence_id] = row
        competences.setdefault(row.competence_id, row.competence)
    asked: dict[int, list[Asked]] = defaultdict(list)
    for profile, wanted in versions.items():
        day = max(profile.valid_from, entered_on or profile.valid_from)
        for key in competences:
            one = wanted.get(key)
            asked[key].append(Asked(day, one.level, one.weight) if one else Asked(day, 0.0))
    return asked, competences


def _said(person: Person, competences: dict[int, Competence]) -> dict[int, list[Said]]:
    """Return the evidence that counts, by competence key."""
    said: dict[int, list[Said]] = defaultdict(list)
    rows: Any = Evidence.objects.visible_to(person).counting().filter(person=person, competence__in=competences)
    columns = ("competence_id", "source", "level", "observed_on", "confirmed_on", "origin_kind")
    for key, source, level, observed_on, confirmed_on, origin in rows.values_list(*columns):
        piece = Piece(source, level, observed_on, confirmed_on)
        said[key].append(Said(piece, _is_verified(EvidenceSource(source), piece, origin)))
    return said


def _is_verified(source: EvidenceSource, piece: Piece, origin: str) -> bool:
    """Tell whether learning stands behind it that others or a test have seen."""
    if source is EvidenceSource.WORK_SAMPLE:
        return piece.has_lasted
    return source in _BY_A_TEST or (source in _BY_OTHERS and bool(origin))
