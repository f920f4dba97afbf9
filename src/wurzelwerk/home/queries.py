"""What the start page says: composed of the other rooms' queries, as few as will do."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from wurzelwerk.catalogue.queries import OpportunityRow, shortest_for
from wurzelwerk.competences.estimating import CompetenceGap, Reason
from wurzelwerk.competences.queries.standing import CompetenceLabel, Standing, get_standing
from wurzelwerk.kernel import clock
from wurzelwerk.learning_time.queries import Gauge, get_account
from wurzelwerk.partnerships.queries.board import AdCard, suggested
from wurzelwerk.partnerships.queries.home import PartnershipRow, running_partnerships
from wurzelwerk.partnerships.queries.requests import RequestRow, pending_requests
from wurzelwerk.paths.queries import StepRow, current_step
from wurzelwerk.people.models import Person

SHOWN_RINGS = 4
MORNING_ENDS = 11
EVENING_BEGINS = 18


@dataclass(frozen=True, slots=True)
class RingRow:
    """One competence of the own role as a ring; ``level`` None is unknown."""

    public_id: str
    label: str
    level: float | None
    target: float
    is_unsecured: bool


@dataclass(frozen=True, slots=True)
class GapBlock:
    """The most urgent gap, why it is one, and what fits it."""

    public_id: str
    label: str
    required: int
    reason: Reason
    opportunities: tuple[OpportunityRow, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """The whole start page of one person."""

    now: datetime
    greeting: str
    step: StepRow | None
    gauge: Gauge
    gap: GapBlock | None
    rings: tuple[RingRow, ...]
    role_title: str
    partnerships: tuple[PartnershipRow, ...]
    requests: tuple[RequestRow, ...]
    suggestion: AdCard | None

    @property
    def partnership(self) -> PartnershipRow | None:
        """Return the partnership in which it is one's turn, or the first one."""
        return self.partnerships[0] if self.partnerships else None

    @property
    def is_first_day(self) -> bool:
        """Tell whether nothing is known and nothing has begun."""
        has_begun = self.step or self.partnerships or self.requests
        return not has_begun and all(ring.level is None for ring in self.rings)


def get_start(person: Person) -> Start:
    """Return the start page of ``person``; the number of queries does not grow with what there is."""
    now = clock.now()
    standing = get_standing(person)
    partnerships = running_partnerships(person)
    pending = pending_requests(person)
    asked = frozenset(row.other_pk for row in pending)
    found = () if partnerships else suggested(person, 1, asked)
    return Start(
        now=now,
        greeting=_greeting(now),
        step=current_step(person),
        gauge=get_account(person),
        gap=_gap_block(standing) if standing else None,
        rings=_rings(standing.lines) if standing else (),
        role_title=standing.role_title if standing else "",
        partnerships=partnerships,
        requests=tuple(row for row in pending if not row.is_mine),
        suggestion=found[0] if found else None,
    )


def _greeting(now: datetime) -> str:
    """Return which greeting fits the local hour: ``morning``, ``day`` or ``evening``."""
    hour = clock.local(now).hour
    if hour < MORNING_ENDS:
        return "morning"
    return "day" if hour < EVENING_BEGINS else "evening"


def _gap_block(standing: Standing) -> GapBlock | None:
    first = next(iter(standing.gaps), None)
    if first is None:
        return None
    required = ceil(first.required)
    level = int(first.estimate.level) if first.estimate else required - 1
    found = shortest_for(first.competence.pk, from_level=min(level, required - 1), to_level=required)
    return GapBlock(
        public_id=first.competence.public_id,
        label=first.competence.label,
        required=required,
        reason=first.reasons[0],
        opportunities=found,
    )


def _rings(lines: tuple[CompetenceGap[CompetenceLabel], ...]) -> tuple[RingRow, ...]:
    """Return the competences that matter most for the role, what is known first."""
    ordered = sorted(lines, key=lambda line: (line.estimate is None, -line.weight))
    return tuple(
        RingRow(
            public_id=line.competence.public_id,
            label=line.competence.label,
            level=round(line.estimate.level, 1) if line.estimate else None,
            target=line.required,
            is_unsecured=bool(line.estimate and line.estimate.is_unsecured),
        )
        for line in ordered[:SHOWN_RINGS]
    )
