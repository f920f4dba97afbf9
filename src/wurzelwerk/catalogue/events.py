"""Facts of the catalogue that other rooms may hear of."""

from dataclasses import dataclass

from wurzelwerk.kernel.events import DomainEvent


@dataclass(frozen=True, slots=True)
class OpportunityCompleted:
    """Somebody has finished an opportunity; keys of person and opportunity."""

    person_id: int
    opportunity_id: int
    minutes: int


opportunity_completed = DomainEvent("catalogue.opportunity_completed", OpportunityCompleted)
