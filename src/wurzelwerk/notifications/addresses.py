"""Tells people in their inbox that an import of the people file has put another e-mail address."""

from typing import Final

from django.db import transaction
from django.urls import reverse

from wurzelwerk.notifications.actions import notify
from wurzelwerk.people.events import AddressesChanged, addresses_changed
from wurzelwerk.people.models import Person

KIND: Final = "people.address_changed"


@transaction.atomic
def tell(payload: AddressesChanged) -> None:
    """Put a message into the inbox of each of them; it leads to the page of their sign-in."""
    for person in Person.objects.filter(pk__in=payload.person_ids):
        notify(
            person=person,
            kind=KIND,
            title_de="Deine E-Mail-Adresse wurde über die Personaldatei geändert. "
            "Wenn du nichts davon weißt, melde dich bei der Verwaltung oder beim Betriebsrat.",
            title_en="Your e-mail address was changed by the people file. "
            "If you did not know of it, please tell the administration or the works council.",
            url=reverse("mfa_index"),
        )


addresses_changed.connect(tell)
