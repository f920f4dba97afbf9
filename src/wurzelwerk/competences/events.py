"""Facts of this room that others may hear of."""

from dataclasses import dataclass

from wurzelwerk.kernel.events import DomainEvent


@dataclass(frozen=True, slots=True)
class EvidenceRecorded:
    """A person has a new piece of evidence; the estimates before (None: unknown) and after it."""

    evidence_id: int
    person_id: int
    competence_id: int
    level_before: float | None
    level_after: float


evidence_recorded = DomainEvent("competences.evidence_recorded", EvidenceRecorded)
