"""Opening an entry to a partner or mentor for a time, and closing it again."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from wurzelwerk.journal import rules
from wurzelwerk.journal.actions.writing import NAME_DE, NAME_EN, OBJECT_TYPE
from wurzelwerk.journal.models import JournalEntry
from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.kernel.verdict import NotThere
from wurzelwerk.lrs.actions import record
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.notifications.actions import notify
from wurzelwerk.people.models import Person
from wurzelwerk.privacy import actions as privacy
from wurzelwerk.privacy.models import Share
from wurzelwerk.ui.formatting import date as date_text

KIND: Final = "journal.shared"


@transaction.atomic
def share_entry(
    *,
    by: Person,
    entry: JournalEntry,
    recipient: Person,
    audience: Audience = Audience.PARTNER,
    expires_at: datetime | None = None,
) -> Share:
    """Let one partner or mentor read an entry until ``expires_at``; effective on the next request.

    Whether they stand in that relation is asked again at every reading. Neither the share nor the
    message to the recipient holds a word of the entry. Raises ``Refused`` for an audience that the
    matrix does not allow.
    """
    rules.may_edit(by, entry).require()
    opened = privacy.share(
        by=by,
        item=Item.JOURNAL,
        object_key=entry.public_id,
        label=_("Journal entry of %(day)s") % {"day": date_text(entry.written_on)},
        audience=audience,
        recipient=recipient,
        expires_at=expires_at,
    )
    notify(
        person=recipient,
        kind=KIND,
        title_de=f"{by.full_name} teilt einen Tagebucheintrag mit dir",
        title_en=f"{by.full_name} shares a journal entry with you",
        url=reverse("journal:entry", args=[entry.public_id]),
        by=by,
    )
    record(
        person=by,
        verb=Verb.SHARED,
        object_type=OBJECT_TYPE,
        object_key=entry.public_id,
        object_name=NAME_DE,
        object_name_en=NAME_EN,
    )
    return opened


@transaction.atomic
def stop_sharing(*, by: Person, entry: JournalEntry, share: Share) -> Share:
    """Close an entry to whom it was opened; effective on the next request."""
    rules.may_handle(by, entry).require()
    if (share.item, share.object_key, share.owner_id) != (Item.JOURNAL, entry.public_id, by.pk):
        raise NotThere
    return privacy.revoke_share(by=by, share=share)
