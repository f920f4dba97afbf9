"""What may be shared, and by whom."""

from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel.matrix import Audience, Item, can_be_shared_with
from wurzelwerk.kernel.verdict import ALLOWED, Verdict, refuse
from wurzelwerk.people.models import Person
from wurzelwerk.privacy.models import Share

UNDO_WITHIN: Final = timedelta(hours=1)
"""How long taking a share back can be undone; later the thing is opened anew where it stands."""
LONGEST_SHARE: Final = timedelta(days=366)
"""How far ahead the end of a share may lie; a share without an end lasts until it is taken back."""


def may_share(*, item: Item, audience: Audience) -> Verdict:
    """Say whether ``item`` may be opened to ``audience`` at all."""
    if audience in can_be_shared_with(item):
        return ALLOWED
    return refuse(_("This cannot be shared with this group."))


def may_share_with(person: Person, recipient: Person | None) -> Verdict:
    """Say whether ``person`` may open something to ``recipient`` by name (None: to a whole audience)."""
    if recipient is None:
        return ALLOWED
    if recipient == person:
        return refuse(_("You see this anyway."))
    if not recipient.is_active:
        return refuse(_("This person does not work here any more."))
    return ALLOWED


def may_share_until(until: date | None, *, today: date) -> Verdict:
    """Say whether something may be opened until the end of this day: from today for a year at most."""
    if until is None:
        return ALLOWED
    if until < today:
        return refuse(_("This day is over. Choose one from today on."))
    if until > today + LONGEST_SHARE:
        return refuse(_("Choose a day within a year, or none at all."))
    return ALLOWED


def may_revoke(person: Person, share: Share) -> Verdict:
    """Say whether ``person`` may take ``share`` back."""
    if share.owner_id == person.pk:
        return ALLOWED
    return refuse(_("Only the owner can take a share back."))


def may_restore(person: Person, share: Share, *, now: datetime) -> Verdict:
    """Say whether ``person`` may undo that ``share`` was taken back."""
    if share.owner_id != person.pk:
        return refuse(_("Only the owner can open this again."))
    if share.revoked_at is not None and share.revoked_at < now - UNDO_WITHIN:
        return refuse(_("This was taken back too long ago to undo it. You can share it again where it stands."))
    return may_share(item=Item(share.item), audience=Audience(share.audience))
