"""Facts of this room that others may hear of."""

from dataclasses import dataclass

from wurzelwerk.kernel.events import DomainEvent


@dataclass(frozen=True, slots=True)
class PartnerFound:
    """A request was accepted: a partnership has begun."""

    partnership_id: int
    person_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AgreementSigned:
    """All members have signed a version of their agreement."""

    partnership_id: int
    version: int
    person_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PartnershipClosed:
    """All members have said what was reached, and the evidence is recorded."""

    partnership_id: int
    person_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PartnershipEnded:
    """A partnership was ended early; by whom is not part of the fact."""

    partnership_id: int
    person_ids: tuple[int, ...]


partner_found = DomainEvent("partnerships.partner_found", PartnerFound)
agreement_signed = DomainEvent("partnerships.agreement_signed", AgreementSigned)
partnership_closed = DomainEvent("partnerships.partnership_closed", PartnershipClosed)
partnership_ended = DomainEvent("partnerships.partnership_ended", PartnershipEnded)
