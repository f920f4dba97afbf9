"""Evidence as the list shows it and as the file holds it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wurzelwerk.competences.estimating import DEFAULT_RULE, Estimate
from wurzelwerk.competences.models import Competence
from wurzelwerk.competences.queries import EvidenceRow, evidence_rows, levels_of, today_of
from wurzelwerk.competences.showing import words
from wurzelwerk.competences.terms import SOURCE_ICONS, level_word
from wurzelwerk.kernel import clock
from wurzelwerk.people.models import Person

FORMAT = "wurzelwerk-evidence-1"


@dataclass(frozen=True, slots=True)
class ListedEvidence:
    """A piece of evidence in the list of all."""

    row: EvidenceRow
    icon: str
    level: float
    word: str
    age: str


def evidence_lines(rows: Iterable[EvidenceRow], person: Person) -> tuple[ListedEvidence, ...]:
    """Return ``rows`` with icon, word and age."""
    today = today_of(person)
    return tuple(
        ListedEvidence(
            row=row,
            icon=SOURCE_ICONS[row.source],
            level=round(row.level, 1),
            word=str(level_word(row.level)),
            age=words.age(row.observed_on, today),
        )
        for row in rows
    )


def exported(person: Person) -> dict[str, Any]:
    """Return all own evidence and the estimates from it, to be taken along."""
    rows = evidence_rows(person)
    competences = Competence.objects.filter(pk__in={row.competence_id for row in rows}).order_by("pk")
    levels = levels_of(person, list(competences))
    return {
        "format": FORMAT,
        "exported_at": clock.now().isoformat(),
        "person": {"staff_number": person.staff_number, "name": person.full_name},
        "rule": {"version": DEFAULT_RULE.version, "validities": dict(DEFAULT_RULE.validities)},
        "competences": [
            {
                "uri": one.uri,
                "name": {"de": one.label_de, "en": one.label_en},
                "half_life_days": one.half_life_days,
                "estimate": _exported_estimate(levels.get(one.pk)),
                "evidence": [_exported_row(row) for row in rows if row.competence_id == one.pk],
            }
            for one in competences
        ],
    }


def _exported_estimate(known: Estimate | None) -> dict[str, Any] | None:
    """Return the estimate; None while all evidence is disputed."""
    if known is None:
        return None
    return {
        "level": round(known.level, 3),
        "low": round(known.low, 3),
        "high": round(known.high, 3),
        "unsecured_on": known.unsecured_on.isoformat(),
    }


def _exported_row(row: EvidenceRow) -> dict[str, Any]:
    return {
        "source": row.source.value,
        "level": row.level,
        "observed_on": row.observed_on.isoformat(),
        "given_by": row.giver or None,
        "summary": row.summary,
        "confirmed_on": row.confirmed_on.isoformat() if row.confirmed_on else None,
        "is_disputed": row.is_disputed,
        "counter_statement": row.statement or None,
        "answer": row.answer or None,
    }
