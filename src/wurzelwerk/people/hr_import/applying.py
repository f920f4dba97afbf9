"""Applying an import in batches: each is one transaction with its audit entry, and is noted as done in the same one.

The order keeps every moment consistent: first what persons stand on; then those whom other new persons report to;
then everybody else, person and employment in the same transaction; leavers last. A reader meets persons as the old
or as the new file has them, never half of each. After an interruption the next batch follows the last one. Only the
first large import on PostgreSQL is one transaction as a whole.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import OperationalError, transaction

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.people.choices import ChangeKind, ImportState
from wurzelwerk.people.closing import end_roles
from wurzelwerk.people.events import PersonAccess, person_deactivated, person_reactivated
from wurzelwerk.people.hr_import import merging
from wurzelwerk.people.hr_import.bulk import MANY_ROWS, Stretch, fetch_one, refresh_statistics
from wurzelwerk.people.hr_import.ground import lay_ground
from wurzelwerk.people.hr_import.laying_bare import is_worth_it, laid_bare
from wurzelwerk.people.hr_import.merging import Batch, keys_of
from wurzelwerk.people.hr_import.reading.persons import targets_of
from wurzelwerk.people.hr_import.settled import settled_from_json
from wurzelwerk.people.hr_import.steps import advance, last_turn
from wurzelwerk.people.hr_import.watching import note_brought_addresses, note_gains
from wurzelwerk.people.models import Employment, ImportRow, PeopleImport, Person

Report = Callable[[int], None]

_SMALL: Final = 20_000
# Passes that touch few of the rows they look at.
_LARGE: Final = 100_000
_KEYS_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Pass:
    """One walk through all rows: what it does with a batch, and which rows the audit entry stands for.

    ``first`` comes before, in the same transaction: what has consequences for somebody's access.
    """

    name: str
    size: int
    do: Callable[[Batch], None]
    condition: str
    counts_rows: bool = False
    first: Callable[[PeopleImport, Person | None, Batch], None] | None = None


def apply(people_import: PeopleImport, by: Person | None, report: Report) -> None:
    """Carry the checked rows into the company, from where the last attempt stopped.

    ``report`` hears of the rows done, outside any transaction; what it raises stops the work between two batches.
    """
    targets = targets_of(settled_from_json(people_import.settled).people.places)
    if not people_import.position:
        with transaction.atomic():
            lay_ground(people_import)
            note_gains(people_import, by, targets)
            start, last = keys_of(people_import.pk)
            advance(people_import, {"pass": 0, "start": start, "last": last, "after": start, "batch": 0})
    if is_worth_it(people_import):
        _walk_all_at_once(people_import, by, targets)
    _walk_all(people_import, by, targets, report)
    _finish(people_import, by)


def end_sessions_of(person_ids: Iterable[int]) -> None:
    """Delete the stored sessions of many persons; part of the caller's transaction."""
    for keys in in_parts(person_ids):
        sessions = UserSession.objects.filter(user_id__in=keys)
        Session.objects.filter(session_key__in=list(sessions.values_list("session_key", flat=True))).delete()
        sessions.delete()


def digest_of(batch: Batch, condition: str) -> str:
    """Return the SHA-256 of the rows of a batch that meet ``condition``, in order."""
    text = fetch_one(*merging.digest_source(batch, condition))[0]
    return hashlib.sha256((text or "").encode()).hexdigest()


def in_parts(keys: Iterable[int]) -> Iterator[list[int]]:
    """Yield as many keys at a time as one statement takes."""
    found = list(keys)
    for start in range(0, len(found), _KEYS_AT_ONCE):
        yield found[start : start + _KEYS_AT_ONCE]


def _walk_all(people_import: PeopleImport, by: Person | None, targets: tuple[str, ...], report: Report) -> None:
    for number in range(people_import.position["pass"], len(PASSES)):
        _walk(people_import, by, number, targets, report)
        if PASSES[number].name in {"leaders", "leaders_places"} and people_import.counts["joiner"] >= MANY_ROWS:
            refresh_statistics(Person)


def _walk_all_at_once(people_import: PeopleImport, by: Person | None, targets: tuple[str, ...]) -> None:
    """Carry all rows over in one transaction, unless the tables are in use; nobody hears how far it is."""
    try:
        with laid_bare(Employment, Person):
            _walk_all(people_import, by, targets, lambda _: None)
            refresh_statistics(Person, Employment)
    except OperationalError:
        people_import.refresh_from_db()
    except BaseException:
        people_import.refresh_from_db()
        raise


def _walk(
    people_import: PeopleImport, by: Person | None, number: int, targets: tuple[str, ...], report: Report
) -> None:
    step, stretch = PASSES[number], Stretch()
    while (after := people_import.position["after"]) < people_import.position["last"]:
        upto = min(after + step.size, people_import.position["last"])
        with transaction.atomic():
            _do(people_import, by, step, number, Batch(people_import.pk, after, upto, targets))
        report(upto - people_import.position["start"] if step.counts_rows else 0)
        stretch.give_way()
    with transaction.atomic():
        after = people_import.position["start"]
        advance(people_import, {**people_import.position, "pass": number + 1, "after": after})


def _do(people_import: PeopleImport, by: Person | None, step: Pass, number: int, batch: Batch) -> None:
    """Do one batch, its audit entry and the note that it is done; the caller's transaction holds all three."""
    place = people_import.position["batch"] + 1
    advance(people_import, {**people_import.position, "pass": number, "after": batch.upto, "batch": place})
    if step.first:
        step.first(people_import, by, batch)
    step.do(batch)
    record_audit(
        by=by,
        verb="people.import_batch",
        subject=people_import,
        details={"batch": place, "pass": step.name, "digest": digest_of(batch, step.condition)},
    )


def _leaders(batch: Batch) -> None:
    merging.insert_persons(batch, leads=True)


def _leaders_places(batch: Batch) -> None:
    merging.insert_employments(batch, leads=True)


def _everybody_else(batch: Batch) -> None:
    merging.insert_persons(batch, leads=False)
    merging.insert_employments(batch, leads=False)
    if not merging.keep_before(batch):
        return
    merging.update_persons(batch)
    merging.update_employments(batch)
    merging.insert_employments(batch, leads=None)
    for person_id in _persons(batch, ChangeKind.RETURNER):
        person_reactivated.send_on_commit(PersonAccess(person_id=person_id))


def _watch_addresses(people_import: PeopleImport, by: Person | None, batch: Batch) -> None:
    if "email" in batch.targets and any(people_import.counts[kind] for kind in ("returner", "mover", "changed")):
        note_brought_addresses(people_import, by, batch.parameters)


def _end_roles(people_import: PeopleImport, by: Person | None, batch: Batch) -> None:
    end_roles(by=by, person_ids=_persons(batch, ChangeKind.LEAVER))


def _leavers(batch: Batch) -> None:
    leaving = list(_persons(batch, ChangeKind.LEAVER))
    if not leaving:
        return
    merging.close_accounts(batch)
    end_sessions_of(leaving)
    for person_id in leaving:
        person_deactivated.send_on_commit(PersonAccess(person_id=person_id))


def _persons(batch: Batch, kind: ChangeKind) -> Iterator[int]:
    rows = ImportRow.objects.filter(people_import=batch.pk, pk__gt=batch.after, pk__lte=batch.upto, kind=kind)
    yield from rows.order_by("pk").values_list("person_id", flat=True)


def _finish(people_import: PeopleImport, by: Person | None) -> None:
    with transaction.atomic():
        changes = {"state": ImportState.APPLIED, "applied_at": clock.now(), "turn": last_turn() + 1}
        advance(people_import, {}, is_writing=False, **changes)
        record_audit(by=by, verb="people.apply_import", subject=people_import, details=_figures(people_import))


def _figures(people_import: PeopleImport) -> dict[str, Any]:
    kinds = [kind.value for kind in ChangeKind if kind is not ChangeKind.UNSORTED]
    return {"file": people_import.file_digest, **{kind: people_import.counts.get(kind, 0) for kind in kinds}}


PASSES: Final = (
    Pass("leaders", _LARGE, _leaders, "r.leads"),
    Pass("leaders_places", _LARGE, _leaders_places, "r.leads"),
    Pass(
        "persons",
        _SMALL,
        _everybody_else,
        "NOT r.leads AND r.kind <> 'leaver'",
        counts_rows=True,
        first=_watch_addresses,
    ),
    Pass("leavers", _LARGE, _leavers, "r.kind = 'leaver'", first=_end_roles),
)
