"""Evidence as rows and as pieces to estimate from."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wurzelwerk.competences.choices import EvidenceSource
from wurzelwerk.competences.estimating import Estimate, Piece, estimate
from wurzelwerk.competences.models import Competence, Evidence
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.people.models import Employment, Person

PieceRow = tuple[int, str, float, date, date | None]
_PIECE = ("competence_id", "source", "level", "observed_on", "confirmed_on")


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One piece of evidence as a page shows it; ``giver`` is empty where nobody else gave it.

    ``contest_key``, ``contest_state``, ``statement`` and ``answer`` are empty unless it was contested.
    """

    public_id: str
    competence_id: int
    competence_key: str
    competence: str
    source: EvidenceSource
    level: float
    observed_on: date
    given_at: datetime
    giver: str
    giver_key: str
    giver_is_there: bool
    summary: str
    confirmed_on: date | None
    origin_kind: str
    origin_key: str
    withdrawn_at: datetime | None
    is_disputed: bool
    contest_key: str
    contest_state: str
    statement: str
    answer: str

    @property
    def piece(self) -> Piece:
        """Return it as figures."""
        return Piece(self.source.value, self.level, self.observed_on, self.confirmed_on)


def today_of(person: Person) -> date:
    """Return the calendar day where ``person`` works (the installation's own zone without a site)."""
    zone = Employment.objects.filter(person=person).values_list("site__time_zone", flat=True).first()
    return clock.today(zone)


def pieces_of(person: Person, competences: Iterable[Competence | int] | None = None) -> dict[int, tuple[Piece, ...]]:
    """Return what counts for ``person``, by competence key; all competences when none are named."""
    rows = Evidence.objects.counting().filter(person=person)
    if competences is not None:
        rows = rows.filter(competence__in=list(competences))
    found: dict[int, list[Piece]] = defaultdict(list)
    for competence, source, level, observed_on, confirmed_on in rows.values_list(*_PIECE):
        found[competence].append(Piece(source, level, observed_on, confirmed_on))
    return {competence: tuple(pieces) for competence, pieces in found.items()}


def get_level(person: Person, competence: Competence, today: date | None = None) -> Estimate | None:
    """Return the estimate of ``person`` in ``competence``, or None when nothing is known."""
    pieces = pieces_of(person, [competence]).get(competence.pk, ())
    return estimate(pieces, today or today_of(person), competence.half_life_days)


def levels_of(person: Person, competences: Collection[Competence], today: date | None = None) -> dict[int, Estimate]:
    """Return the known estimates of ``person`` by competence key: two queries however many are asked."""
    pieces = pieces_of(person, competences)
    day = today or today_of(person)
    found = {one.pk: estimate(pieces.get(one.pk, ()), day, one.half_life_days) for one in competences}
    return {key: level for key, level in found.items() if level is not None}


def own_evidence(person: Person, competence: Competence) -> tuple[EvidenceRow, ...]:
    """Return what counts for ``person`` in ``competence``, newest first."""
    return evidence_rows(person, competence=competence)


def evidence_rows(
    person: Person, *, competence: Competence | None = None, source: str = "", text: str = ""
) -> tuple[EvidenceRow, ...]:
    """Return the evidence that counts for ``person``, newest first, filtered by what is given."""
    rows: Any = Evidence.objects.visible_to(person).filter(person=person, withdrawn_at=None)
    if competence is not None:
        rows = rows.filter(competence=competence)
    if source:
        rows = rows.filter(source=source)
    found = (_row(row) for row in rows.order_by("-observed_on", "-given_at", "-pk").values_list(*_COLUMNS))
    wanted = text.casefold().split()
    return tuple(
        row for row in found if all(word in f"{row.competence} {row.summary} {row.giver}".casefold() for word in wanted)
    )


_COLUMNS = (
    "public_id",
    "competence_id",
    "competence__public_id",
    "competence__label_de",
    "competence__label_en",
    "source",
    "level",
    "observed_on",
    "given_at",
    "given_by__given_name",
    "given_by__family_name",
    "given_by__public_id",
    "given_by__is_active",
    "summary",
    "confirmed_on",
    "origin_kind",
    "origin_key",
    "withdrawn_at",
    "is_disputed",
    "contest__public_id",
    "contest__state",
    "contest__statement",
    "contest__answer",
)


def _row(values: tuple[Any, ...]) -> EvidenceRow:
    public_id, pk, key, label_de, label_en, source, level, observed_on, given_at, *rest = values
    given, family, giver, there, summary, confirmed_on, origin_kind, origin_key, withdrawn_at, is_disputed, *contest = (
        rest
    )
    contest_key, contest_state, statement, answer = (value or "" for value in contest)
    return EvidenceRow(
        public_id=public_id,
        competence_id=pk,
        competence_key=key,
        competence=pick(label_de, label_en),
        source=EvidenceSource(source),
        level=level,
        observed_on=observed_on,
        given_at=given_at,
        giver=f"{given} {family}" if giver else "",
        giver_key=giver or "",
        giver_is_there=bool(there),
        summary=summary,
        confirmed_on=confirmed_on,
        origin_kind=origin_kind,
        origin_key=origin_key,
        withdrawn_at=withdrawn_at,
        is_disputed=is_disputed,
        contest_key=contest_key,
        contest_state=contest_state,
        statement=statement,
        answer=answer,
    )
