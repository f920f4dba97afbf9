"""Requests that came in and went out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.prepared import prepared_for_viewer
from wurzelwerk.partnerships.choices import RequestState
from wurzelwerk.partnerships.models import PartnerAd, PartnershipRequest
from wurzelwerk.partnerships.queries.pool import AdRow, read_ads
from wurzelwerk.people.models import Person


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request as its receiver or sender sees it; ``ad`` is the ad of the other, None when it is gone."""

    public_id: str
    is_mine: bool
    other_pk: int
    other_name: str
    other_given_name: str
    other_key: str
    message: str
    answer: str
    state: RequestState
    sent_at: datetime
    due_on: date
    answered_at: datetime | None
    partnership_id: str
    ad: AdRow | None

    @property
    def is_late(self) -> bool:
        """Tell whether the answer is overdue."""
        return self.state is RequestState.PENDING and self.due_on < clock.today()


@dataclass(frozen=True, slots=True)
class RequestBox:
    """All requests of one person: waiting for their answer, waiting for others, and what is settled."""

    incoming: tuple[RequestRow, ...]
    outgoing: tuple[RequestRow, ...]
    settled: tuple[RequestRow, ...]


def request_box(person: Person) -> RequestBox:
    """Return the requests of ``person``, newest first; three queries."""
    rows: Any = PartnershipRequest.objects.visible_to(person).filter(Q(sender=person) | Q(receiver=person))
    found = list(rows.order_by("-sent_at", "-pk").values(*_COLUMNS)[:200])
    pending = [row for row in found if row["state"] == RequestState.PENDING]
    wanted = {row["sender_ad"] if row["receiver"] == person.pk else row["receiver_ad"] for row in pending}
    ads = {ad.pk: ad for ad in read_ads(PartnerAd.objects.filter(pk__in=wanted))} if pending else {}
    every = tuple(_row(row, person, ads) for row in found)
    return RequestBox(
        incoming=tuple(row for row in every if row.state is RequestState.PENDING and not row.is_mine),
        outgoing=tuple(row for row in every if row.state is RequestState.PENDING and row.is_mine),
        settled=tuple(row for row in every if row.state is not RequestState.PENDING),
    )


def open_requests(person: Person) -> tuple[RequestRow, ...]:
    """Return the requests that wait for an answer of ``person``, the most urgent first: one query."""
    return tuple(row for row in pending_requests(person) if not row.is_mine)


def pending_requests(person: Person) -> tuple[RequestRow, ...]:
    """Return the requests that wait for an answer of ``person`` or of others, the most urgent first: one query."""
    return tuple(_row(dict(zip(_COLUMNS, values, strict=True)), person, {}) for values in _pending(person))


@prepared_for_viewer()
def _pending(viewer: Any) -> Any:
    """Return the requests of ``viewer`` that wait for an answer."""
    rows: Any = PartnershipRequest.objects.visible_to(viewer).pending().filter(Q(sender=viewer) | Q(receiver=viewer))
    return rows.order_by("due_on", "pk").values_list(*_COLUMNS)


_COLUMNS = (
    *("public_id", "sender", "receiver", "sender_ad", "receiver_ad", "message", "answer", "state"),
    *("sent_at", "due_on", "answered_at", "partnership__public_id"),
    *("sender__given_name", "sender__family_name", "sender__public_id"),
    *("receiver__given_name", "receiver__family_name", "receiver__public_id"),
)


def _row(row: dict[str, Any], person: Person, ads: dict[int, AdRow]) -> RequestRow:
    is_mine = row["sender"] == person.pk
    other = "receiver" if is_mine else "sender"
    return RequestRow(
        public_id=row["public_id"],
        is_mine=is_mine,
        other_pk=row[other],
        other_name=f"{row[f'{other}__given_name']} {row[f'{other}__family_name']}",
        other_given_name=row[f"{other}__given_name"],
        other_key=row[f"{other}__public_id"],
        message=row["message"],
        answer=row["answer"],
        state=RequestState(row["state"]),
        sent_at=row["sent_at"],
        due_on=row["due_on"],
        answered_at=row["answered_at"],
        partnership_id=row["partnership__public_id"] or "",
        ad=ads.get(row[f"{other}_ad"]),
    )
