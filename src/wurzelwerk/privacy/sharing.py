"""The source of shares that the kernel's ``visible_to`` asks."""

from django.db.models import Exists, OuterRef, Q

from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.people.models import Employment, Person
from wurzelwerk.privacy.models import Share


def shared_rows(viewer: Person, item: Item, audience: Audience, owner_path: str, key_path: str) -> Q:
    """Return the condition "this row's owner has opened it to ``viewer`` as ``audience``"."""
    shares = Share.objects.in_force().filter(
        Q(recipient=None) | Q(recipient=viewer),
        owner=OuterRef(owner_path or "pk"),
        item=item,
        audience=audience,
        object_key=OuterRef(key_path),
    )
    if audience is Audience.COMMUNITY:
        own_unit = Employment.objects.filter(person=viewer).values("unit")
        shares = shares.filter(Q(is_unit_only=False) | Q(owner__employment__unit__in=own_unit))
    return Q(Exists(shares))
