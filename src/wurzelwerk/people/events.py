"""Facts about persons that other rooms may hear of."""

from dataclasses import dataclass

from wurzelwerk.kernel.events import DomainEvent


@dataclass(frozen=True, slots=True)
class PersonAccess:
    """Whose account was closed or opened."""

    person_id: int


@dataclass(frozen=True, slots=True)
class AddressesChanged:
    """Who, of those who sign in or hold a role, got another e-mail address; the addresses are no part of it."""

    person_ids: tuple[int, ...]


addresses_changed: DomainEvent[AddressesChanged] = DomainEvent("people.addresses_changed", AddressesChanged)
person_deactivated: DomainEvent[PersonAccess] = DomainEvent("people.person_deactivated", PersonAccess)
person_reactivated: DomainEvent[PersonAccess] = DomainEvent("people.person_reactivated", PersonAccess)
