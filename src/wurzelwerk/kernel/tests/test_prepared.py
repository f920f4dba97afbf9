"""Queries prepared once: other values, the clock, any number of keys, and what they refuse."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.db.models import BigIntegerField, CharField
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from wurzelwerk.kernel import clock, late
from wurzelwerk.kernel.late import NOW, TODAY, Keys
from wurzelwerk.kernel.models import Job, Schedule
from wurzelwerk.kernel.prepared import prepared, prepared_for_viewer

pytestmark = pytest.mark.django_db


def viewer(number: int, **changes: Any) -> SimpleNamespace:
    known = {"pk": number, "roles": frozenset(), "is_authenticated": True, "is_active": True}
    return SimpleNamespace(**{**known, **changes})


def schedule(kind: str, next_at: datetime | None = None) -> Schedule:
    return Schedule.objects.create(kind=kind, every_minutes=5, next_at=next_at or clock.now())


def test_a_prepared_query_answers_each_call_with_its_own_values_and_is_written_once() -> None:
    written = []

    @prepared(kind=CharField())
    def of_kind(kind: Any) -> Any:
        written.append(kind)
        return Schedule.objects.filter(kind=kind).values_list("kind", "next_at")

    one, other = schedule("one"), schedule("other")

    assert (of_kind(kind="one"), of_kind(kind="other"), of_kind(kind="third")) == (
        [("one", one.next_at)],
        [("other", other.next_at)],
        [],
    )
    assert len(written) == 1


def test_a_prepared_query_asks_the_clock_each_time(frozen_time: Traveller) -> None:
    @prepared()
    def due() -> Any:
        return Schedule.objects.filter(next_at__lte=NOW, next_at__date__lte=TODAY).values_list("kind")

    schedule("soon", clock.now() + timedelta(hours=1))
    before = due()

    frozen_time.shift(timedelta(hours=2))

    assert (before, due()) == ([], [("soon",)])


def test_the_clock_may_stand_in_every_query(frozen_time: Traveller) -> None:
    waiting = Schedule.objects.filter(next_at__gt=NOW)
    schedule("soon", clock.now() + timedelta(hours=1))
    before = waiting.count()

    frozen_time.shift(timedelta(hours=2))

    assert (before, waiting.count()) == (1, 0)


@pytest.mark.parametrize("kinds", [(), ("one",), ("one", "third")])
def test_any_number_of_keys_fits_into_one_statement(kinds: tuple[str, ...]) -> None:
    @prepared(keys=Keys)
    def among(keys: Any) -> Any:
        return Schedule.objects.filter(pk__in=keys).order_by("kind").values_list("kind")

    made = {kind: schedule(kind) for kind in ("one", "other", "third")}

    with CaptureQueriesContext(connection) as queries:
        found = among(keys=[made[kind].pk for kind in kinds])

    assert ([kind for (kind,) in found], len(queries)) == (list(kinds), 1)


def test_a_prepared_query_shows_each_viewer_their_own() -> None:
    @prepared_for_viewer()
    def jobs(person: Any) -> Any:
        return Job.objects.visible_to(person).values_list("note")

    for number in (1, 2):
        Job.objects.create(kind="test", person_id=number, note=f"of {number}")

    assert (jobs(viewer(1)), jobs(viewer(2)), jobs(viewer(3))) == ([("of 1",)], [("of 2",)], [])
    assert (jobs(viewer(1, is_active=False)), jobs(viewer(1, is_authenticated=False))) == ([], [])


def test_what_can_find_nothing_asks_nothing() -> None:
    @prepared(number=BigIntegerField())
    def none(number: Any) -> Any:
        return Job.objects.filter(pk=number, pk__in=()).values_list("pk")

    with CaptureQueriesContext(connection) as queries:
        assert none(number=1) == []

    assert len(queries) == 0


def test_the_time_of_the_first_call_cannot_be_kept() -> None:
    @prepared()
    def due() -> Any:
        return Schedule.objects.filter(next_at__lte=clock.now()).values_list("kind")

    with pytest.raises(RuntimeError, match=r"late\.NOW"):
        due()

    assert clock.today().year >= 2026


def test_a_prepared_query_returns_plain_rows() -> None:
    @prepared()
    def objects() -> Any:
        return Schedule.objects.all()

    with pytest.raises(TypeError, match="values_list"):
        objects()


def test_an_argument_that_is_not_given_is_missed() -> None:
    @prepared(kind=CharField())
    def of_kind(kind: Any) -> Any:
        return Schedule.objects.filter(kind=kind).values_list("kind")

    with pytest.raises(KeyError, match="kind"):
        of_kind()


def test_a_condition_cannot_be_kept_within_a_kept_one() -> None:
    rows = Job.objects.visible_to(viewer(1))
    rows.query.change_aliases({"kernel_job": "kept0"})

    with pytest.raises(ValueError, match="kept condition"):
        list(rows)


def test_where_nothing_is_kept_the_query_is_written_for_each_call(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    @prepared_for_viewer(kind=CharField())
    def jobs(person: Any, kind: Any) -> Any:
        seen.append((person.pk, kind))
        return Job.objects.visible_to(person).filter(kind=kind).values_list("note")

    @prepared(keys=Keys)
    def among(keys: Any) -> Any:
        return Job.objects.filter(pk__in=keys).values_list("pk")

    job = Job.objects.create(kind="test", person_id=1, note="mine")
    monkeypatch.setattr(late, "keeps_sql", False)

    assert (jobs(viewer(1), kind="test"), jobs(viewer(2), kind="test")) == ([("mine",)], [])
    assert (seen, among(keys=[job.pk])) == ([(1, "test"), (2, "test")], [(job.pk,)])
