"""What somebody has opened to others, and what they have taken back."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.people.models import Person
from wurzelwerk.privacy.models import Share, ShareQuerySet

ENDED_WITHIN: Final = timedelta(days=30)
ENDED_SHOWN: Final = 50
_COLUMNS: Final = (
    *("public_id", "item", "label", "audience", "is_unit_only", "created_at", "expires_at", "revoked_at"),
    *("recipient__public_id", "recipient__given_name", "recipient__family_name"),
)


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One thing that is open; ``recipient`` is "" where a whole audience may see it.

    ``is_near`` tells that somebody named sees it only as long as they stand in that relation to the owner.
    ``until`` is the last moment; ``ends_with_day`` tells that it is the end of that day.
    """

    public_id: str
    item: str
    item_key: str
    label: str
    audience: str
    recipient: str
    recipient_id: str
    since: datetime
    until: datetime | None
    ends_with_day: bool
    is_near: bool


@dataclass(frozen=True, slots=True)
class EndedShare:
    """One thing that was open until ``ended_at``; ``was_revoked`` tells whether its owner ended it."""

    share: ShareRow
    ended_at: datetime
    was_revoked: bool


def own_shares(person: Person) -> tuple[ShareRow, ...]:
    """Return what ``person`` has open at the moment, newest first; one query."""
    rows = Share.objects.visible_to(person).in_force().filter(owner=person)
    return share_rows(rows)


def share_rows(shares: ShareQuerySet) -> tuple[ShareRow, ...]:
    """Return ``shares`` as their owner reads them, newest first; one query."""
    return tuple(_row(row) for row in shares.order_by("-created_at", "-pk").values(*_COLUMNS))


def ended_shares(person: Person) -> tuple[EndedShare, ...]:
    """Return what ``person`` had open and was closed within the last 30 days, newest first; one query."""
    now = clock.now()
    ended = Q(revoked_at__gt=now - ENDED_WITHIN) | Q(
        revoked_at=None, expires_at__lte=now, expires_at__gt=now - ENDED_WITHIN
    )
    found = Share.objects.visible_to(person).filter(ended, owner=person)
    rows = [_ended(row) for row in found.order_by("-revoked_at", "-expires_at")[:ENDED_SHOWN].values(*_COLUMNS)]
    return tuple(sorted(rows, key=lambda row: row.ended_at, reverse=True))


def _ended(row: dict[str, Any]) -> EndedShare:
    ends = [ends for ends in (row["revoked_at"], row["expires_at"]) if ends]
    return EndedShare(_row(row), min(ends), row["revoked_at"] == min(ends))


def _row(row: dict[str, Any]) -> ShareRow:
    given, family = row["recipient__given_name"], row["recipient__family_name"]
    ends = row["expires_at"]
    ends_with_day = ends is not None and timezone.localtime(ends).time() == time.min
    return ShareRow(
        public_id=row["public_id"],
        item=str(Item(row["item"]).label),
        item_key=row["item"],
        label=row["label"],
        audience=_("everyone in your unit") if row["is_unit_only"] else str(Audience(row["audience"]).label),
        recipient=f"{given} {family}" if row["recipient__public_id"] else "",
        recipient_id=row["recipient__public_id"] or "",
        since=row["created_at"],
        until=ends - timedelta(seconds=1) if ends_with_day else ends,
        ends_with_day=ends_with_day,
        is_near=row["audience"] != Audience.COMMUNITY,
    )
