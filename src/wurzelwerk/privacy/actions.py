"""Opening something to others, and taking it back."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.people.models import Person
from wurzelwerk.privacy import rules
from wurzelwerk.privacy.models import AccessLogEntry, QuarterFigures, Share
from wurzelwerk.privacy.queries.figures import count_reads, count_sharing, quarter_of
from wurzelwerk.privacy.shareables import shareable_of

KEEP_TRACES: Final = timedelta(days=365)
_SAME: Final = ("owner_id", "item", "object_key", "audience", "recipient_id", "is_unit_only")


@transaction.atomic
def share(
    *,
    by: Person,
    item: Item,
    object_key: str,
    label: str,
    audience: Audience,
    recipient: Person | None = None,
    is_unit_only: bool = False,
    expires_at: datetime | None = None,
) -> Share:
    """Open one thing of ``by`` to ``audience``; effective on the next request.

    ``is_unit_only`` narrows everyone in the company to the unit of ``by``. ``object_key`` must name
    something of ``by``'s own: the caller has fetched it as such. Sharing again what is open only
    changes its end. Raises ``Refused`` where the matrix forbids it.
    """
    rules.may_share(item=item, audience=audience).require()
    rules.may_share_with(by, recipient).require()
    opened, _is_new = Share.objects.update_or_create(
        owner=by,
        item=item,
        object_key=object_key,
        audience=audience,
        recipient=recipient,
        is_unit_only=is_unit_only,
        revoked_at=None,
        defaults={"label": label[:200], "expires_at": expires_at},
    )
    record_audit(by=by, verb="privacy.share", subject=opened, details={"item": item, "audience": audience})
    return opened


@transaction.atomic
def revoke_share(*, by: Person, share: Share) -> Share:
    """Take a share back; effective on the next request. Revoking twice changes nothing."""
    rules.may_revoke(by, share).require()
    if share.revoked_at is None:
        share.revoked_at = clock.now()
        share.save(update_fields=["revoked_at"])
        record_audit(by=by, verb="privacy.revoke_share", subject=share, details={"item": share.item})
    return share


@transaction.atomic
def restore_share(*, by: Person, share: Share) -> Share:
    """Undo that ``share`` was taken back, up to an hour later; it ends when it would have ended anyway.

    Where the same thing was opened to the same people again in the meantime, that share stays the one.
    Raises ``Refused`` for somebody else's share, or too late.
    """
    rules.may_restore(by, share, now=clock.now()).require()
    if share.revoked_at is None:
        return share
    opened: Share | None = Share.objects.filter(
        **{name: getattr(share, name) for name in _SAME}, revoked_at=None
    ).first()
    if opened is not None:
        return opened
    share.revoked_at = None
    share.save(update_fields=["revoked_at"])
    record_audit(by=by, verb="privacy.restore_share", subject=share, details={"item": share.item})
    return share


@transaction.atomic
def open_thing(
    *,
    by: Person,
    item: Item,
    object_key: str,
    audience: Audience,
    recipient: Person | None = None,
    is_unit_only: bool = False,
    expires_at: datetime | None = None,
) -> Share:
    """Open one thing of ``by`` where it stands, and let its room know when that is new.

    Raises ``NotThere`` unless the room says that it is ``by``'s own, ``Refused`` where the matrix forbids it.
    """
    kind = shareable_of(item)
    thing = kind.find(by, object_key)
    whom: dict[str, Any] = {"audience": audience, "recipient": recipient, "is_unit_only": is_unit_only}
    held = Share.objects.in_force().filter(owner=by, item=item, object_key=object_key, **whom)
    is_new = not held.exists()
    opened = share(by=by, item=item, object_key=object_key, label=thing.label, expires_at=expires_at, **whom)
    if is_new and kind.opened is not None:
        kind.opened(by, object_key)
    return opened


@transaction.atomic
def revoke_shares_of(*, by: Person, item: Item, object_key: str) -> list[Share]:
    """Take back everything ``by`` has opened of one thing; return the shares that ended."""
    return _revoke_all(by, Share.objects.in_force().filter(owner=by, item=item, object_key=object_key))


@transaction.atomic
def revoke_everything(*, by: Person) -> list[Share]:
    """Take back whatever ``by`` has open; return the shares that ended."""
    return _revoke_all(by, Share.objects.in_force().filter(owner=by))


@transaction.atomic
def restore_shares(*, by: Person, shares: Iterable[Share]) -> list[Share]:
    """Undo that several shares were taken back. Raises ``Refused`` when one of them cannot be."""
    return [restore_share(by=by, share=one) for one in shares]


def _revoke_all(by: Person, found: Iterable[Share]) -> list[Share]:
    return [revoke_share(by=by, share=one) for one in list(found)]


@transaction.atomic
def keep_figures(*, today: date) -> QuarterFigures | None:
    """Count the quarter before the one of ``today``, once; return the figures when they are new."""
    starts_on = quarter_of(quarter_of(today) - timedelta(days=1))
    figures, is_new = QuarterFigures.objects.get_or_create(
        starts_on=starts_on, defaults={"reads": count_reads(starts_on), "shares": count_sharing()}
    )
    return figures if is_new else None


def forget_old_traces() -> int:
    """Delete log entries and ended shares older than 12 months; return how many rows went."""
    before = clock.now() - KEEP_TRACES
    is_over = Q(revoked_at__lt=before) | Q(expires_at__lt=before)
    seen, _by_model = AccessLogEntry.objects.filter(read_at__lt=before).delete()
    shares, _by_model = Share.objects.filter(is_over).delete()
    return seen + shares
