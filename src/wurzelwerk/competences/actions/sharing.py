"""Opening evidence on one competence to others, and taking it back."""

from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from wurzelwerk.competences.models import Competence
from wurzelwerk.competences.models.evidence import SOURCES_OF
from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.kernel.verdict import NotThere
from wurzelwerk.lrs.actions import record
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.people.models import Person
from wurzelwerk.privacy import actions as privacy
from wurzelwerk.privacy.models import Share

SHAREABLE: Final = frozenset(SOURCES_OF)


@transaction.atomic
def share_evidence(*, by: Person, competence: Competence, item: Item, audience: Audience) -> Share:
    """Open what is known of ``by`` in ``competence``, of one kind, to ``audience``; effective at once.

    Raises ``Refused`` where the matrix forbids it, ``NotThere`` for a kind of data of another room.
    """
    if item not in SHAREABLE:
        raise NotThere
    is_new = not _open_shares(by, competence, item, audience).exists()
    share = privacy.share(
        by=by, item=item, object_key=competence.public_id, label=f"{item.label}: {competence}", audience=audience
    )
    if is_new:
        record(
            person=by,
            verb=Verb.SHARED,
            object_type="competence",
            object_key=competence.public_id,
            object_name=competence.label_de or competence.label_en,
            object_name_en=competence.label_en,
            competence_key=competence.public_id,
        )
    return share


@transaction.atomic
def revoke_share(*, by: Person, competence: Competence, item: Item, audience: Audience) -> int:
    """Take back what ``by`` has opened to ``audience``; return how many shares ended (0 or 1)."""
    shares = list(_open_shares(by, competence, item, audience))
    for share in shares:
        privacy.revoke_share(by=by, share=share)
    return len(shares)


def _open_shares(by: Person, competence: Competence, item: Item, audience: Audience) -> QuerySet[Share]:
    shares: QuerySet[Share] = Share.objects.in_force().filter(
        owner=by, object_key=competence.public_id, item=item, audience=audience, recipient=None
    )
    return shares
