"""Identifiers, time, verdicts, two languages, registries, events, constraints."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import transaction
from django.utils.translation import override
from pytest_django import DjangoCaptureOnCommitCallbacks

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.bilingual import one_language_set, pick, speaks_english
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.constraints import one_of, set_together, within
from wurzelwerk.kernel.events import EVENTS, DomainEvent
from wurzelwerk.kernel.ids import ALPHABET, LENGTH, new_public_id, new_secret_token
from wurzelwerk.kernel.registry import Registry
from wurzelwerk.kernel.verdict import ALLOWED, Refused, first_refusal, refuse


@dataclass(frozen=True)
class Rained:
    millimetres: int


def test_public_ids_are_short_and_differ() -> None:
    ids = {new_public_id() for _turn in range(2_000)}

    assert len(ids) == 2_000
    assert {len(each) for each in ids} == {LENGTH}
    assert set("".join(ids)) <= set(ALPHABET)


def test_secret_tokens_hold_256_bits() -> None:
    assert len(new_secret_token()) == 43


@pytest.mark.parametrize("zone, day", [("Europe/Berlin", 1), ("America/New_York", 31)])
def test_today_depends_on_the_zone(zone: str, day: int) -> None:
    with time_machine.travel(datetime(2026, 12, 31, 23, 30, tzinfo=UTC), tick=False):
        assert clock.today(zone).day == day


def test_pretending_moves_the_clock_inside_the_block_alone() -> None:
    then = datetime(2020, 2, 29, 12, tzinfo=UTC)

    with clock.pretending(then):
        inside = (clock.now(), clock.today())

    assert inside == (then, date(2020, 2, 29))
    assert clock.now() > then
    assert clock.local(then, "Europe/Berlin").hour == 13


def test_a_refusal_carries_its_reason() -> None:
    verdict = refuse("not today")

    with pytest.raises(Refused, match="not today"):
        verdict.require()

    ALLOWED.require()
    assert (bool(verdict), bool(ALLOWED)) == (False, True)


def test_the_first_refusal_counts() -> None:
    first, second = refuse("first"), refuse("second")

    assert first_refusal(ALLOWED, first, second) is first
    assert first_refusal(ALLOWED) is ALLOWED


@pytest.mark.parametrize(
    "language, de, en, shown",
    [("de", "Ja", "Yes", "Ja"), ("en", "Ja", "Yes", "Yes"), ("en", "Ja", "", "Ja"), ("de-formal", "", "Yes", "Yes")],
)
def test_pick_falls_back_to_the_other_language(language: str, de: str, en: str, shown: str) -> None:
    with override(language):
        assert pick(de, en) == shown
        assert speaks_english() is (language == "en")


def test_constraints_are_named_after_model_and_field() -> None:
    names = [
        one_language_set("title", model="book").name,
        one_of("state", JobState, model="book").name,
        set_together("lent_at", "lent_by", model="book").name,
        within("pages", 1, 9, model="book").name,
    ]

    assert names == ["book_title_in_one_language", "book_state_known", "book_lent_at_with_lent_by", "book_pages_within"]


def test_a_registry_keeps_order_and_refuses_a_second_entry_of_a_key() -> None:
    registry: Registry[int] = Registry()
    registry.register("b", 2)
    registry.register("a", 1)
    registry.register("a", 1)

    with pytest.raises(ValueError, match="registered twice"):
        registry.register("a", 3)

    assert (list(registry), registry.keys(), "a" in registry, registry.get("b")) == ([2, 1], ("b", "a"), True, 2)


@pytest.mark.django_db
def test_an_event_is_heard_once_after_the_commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    rained = DomainEvent("kernel.test_rained", Rained)
    heard: list[int] = []

    def hear(payload: Rained) -> None:
        heard.append(payload.millimetres)

    rained.connect(hear)
    rained.connect(hear)

    with django_capture_on_commit_callbacks(execute=True):
        rained.send_on_commit(Rained(3))
        before_commit = list(heard)

    assert (before_commit, heard) == ([], [3])
    del EVENTS["kernel.test_rained"]


@pytest.mark.django_db(transaction=True)
def test_an_event_of_a_rolled_back_transaction_is_never_heard() -> None:
    rained = DomainEvent("kernel.test_dry", Rained)
    heard: list[Rained] = []
    rained.connect(heard.append)

    @transaction.atomic
    def rain_and_fail() -> None:
        rained.send_on_commit(Rained(1))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rain_and_fail()

    assert heard == []
    del EVENTS["kernel.test_dry"]
