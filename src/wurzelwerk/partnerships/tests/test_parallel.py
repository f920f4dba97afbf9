"""Who answers first: two people act at the same moment, on connections of their own."""

import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.utils import load_backend

from wurzelwerk.kernel.verdict import Refused, Verdict
from wurzelwerk.partnerships import actions, rules
from wurzelwerk.partnerships.choices import AdState, RequestState
from wurzelwerk.partnerships.models import LearningPartnership, Member, PartnerAd, PartnershipRequest
from wurzelwerk.partnerships.tests.factories import Story, a_request, an_ad, moderation, somebody, sql, two_ads
from wurzelwerk.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 20
UNTIL_IT_WAITS = 0.1
"""Seconds in which the second one surely reaches the lock that the first one holds."""

Act = Callable[[], object]


class Moment:
    """Two acts at once: the first one pauses in the midst of it until the second one has begun."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, rule: str, store: Path) -> None:
        self._inside, self._begun = threading.Event(), threading.Event()
        self._store = store
        self._first: threading.Thread | None = None
        self.outcomes: dict[str, str] = {}
        asked: Callable[..., Verdict] = getattr(rules, rule)

        def slowly(*args: object, **named: object) -> Verdict:
            verdict = asked(*args, **named)
            if threading.current_thread() is self._first:
                self._inside.set()
                assert self._begun.wait(PATIENCE)
                time.sleep(UNTIL_IT_WAITS)
            return verdict

        monkeypatch.setattr(rules, rule, slowly)

    def of(self, first: Act, second: Act) -> list[str]:
        """Let both act and return what became of it, sorted."""
        threads = [
            threading.Thread(target=self._do, args=("first", first)),
            threading.Thread(target=self._do, args=("second", second)),
        ]
        self._first = threads[0]
        threads[0].start()
        assert self._inside.wait(PATIENCE), self.outcomes
        threads[1].start()
        for thread in threads:
            thread.join(PATIENCE)
        return sorted(self.outcomes.values())

    def look(self, read: Act) -> None:
        """Read afterwards what both wrote."""
        thread = threading.Thread(target=self._do, args=("look", read))
        thread.start()
        thread.join(PATIENCE)
        assert self.outcomes.pop("look") == "done"

    def _do(self, name: str, act: Act) -> None:
        if self._store.exists():
            settings = {**connection.settings_dict, "NAME": str(self._store)}
            connections["default"] = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
        if name == "second":
            self._begun.set()
        try:
            act()
            self.outcomes[name] = "done"
        except Refused:
            self.outcomes[name] = "refused"
        except Exception as error:  # noqa: BLE001 - told by the assertion
            self.outcomes[name] = repr(error)
        finally:
            connections.close_all()


@pytest.fixture
def story(db: None) -> Story:
    return two_ads()


@pytest.fixture
def nora(story: Story) -> Person:
    person = somebody(story, "Nora")
    an_ad(person, offers=moderation(), wants=sql())
    return person


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return where a copy of the SQLite database will lie; the one in memory cannot be shared by writers."""
    return tmp_path / "copy.sqlite3"


def at_once(monkeypatch: pytest.MonkeyPatch, store: Path, rule: str) -> Moment:
    """Return the moment; call it once everything is written that the two need."""
    if connection.vendor == "sqlite":
        with sqlite3.connect(store) as copy:
            connection.connection.backup(copy)
        copy.close()
    return Moment(monkeypatch, rule, store)


def answer(by: Person, request: PartnershipRequest) -> Act:
    return lambda: actions.answer_request(by=by, request=request, accepts=True)


def one_partnership(others: list[str]) -> Act:
    """Return a look at the one partnership that has begun; ``others`` are the other requests."""

    def look() -> None:
        assert LearningPartnership.objects.count() == 1
        assert Member.objects.count() == 2
        assert sorted(PartnershipRequest.objects.exclude(state="accepted").values_list("state", flat=True)) == others
        states = PartnerAd.objects.filter(members__isnull=False).values_list("state", flat=True)
        assert set(states) == {AdState.PAUSED}

    return look


def test_two_who_accept_the_last_place_are_not_both_taken(
    story: Story, nora: Person, monkeypatch: pytest.MonkeyPatch, store: Path
) -> None:
    nora_ad = PartnerAd.objects.get(person=nora)
    asked = [a_request(story), actions.request_partnership(by=story.amira, ad=nora_ad, message="Oder du?")]
    moment = at_once(monkeypatch, store, "may_begin")

    outcomes = moment.of(answer(story.ben, asked[0]), answer(nora, asked[1]))

    assert outcomes == ["done", "refused"]
    moment.look(one_partnership([RequestState.EXPIRED]))


def test_one_who_accepts_two_at_once_begins_one(
    story: Story, nora: Person, monkeypatch: pytest.MonkeyPatch, store: Path
) -> None:
    ad = story.amiras_ad
    asked = [actions.request_partnership(by=person, ad=ad, message="Magst du?") for person in (story.ben, nora)]
    moment = at_once(monkeypatch, store, "may_begin")

    outcomes = moment.of(answer(story.amira, asked[0]), answer(story.amira, asked[1]))

    assert outcomes == ["done", "refused"]
    moment.look(one_partnership([RequestState.EXPIRED]))


def test_the_same_request_accepted_in_two_windows_begins_one(
    story: Story, monkeypatch: pytest.MonkeyPatch, store: Path
) -> None:
    request = a_request(story)
    moment = at_once(monkeypatch, store, "may_begin")

    outcomes = moment.of(answer(story.ben, request), answer(story.ben, request))

    assert outcomes == ["done", "refused"]
    moment.look(one_partnership([]))


def test_accepting_and_withdrawing_at_once_is_one_of_both(
    story: Story, monkeypatch: pytest.MonkeyPatch, store: Path
) -> None:
    request = a_request(story)
    moment = at_once(monkeypatch, store, "may_begin")

    outcomes = moment.of(answer(story.ben, request), lambda: actions.withdraw_request(by=story.amira, request=request))

    assert outcomes == ["done", "refused"]
    moment.look(one_partnership([]))


def test_two_who_ask_each_other_at_once_have_one_request(
    story: Story, monkeypatch: pytest.MonkeyPatch, store: Path
) -> None:
    moment = at_once(monkeypatch, store, "may_request")

    outcomes = moment.of(
        lambda: actions.request_partnership(by=story.amira, ad=story.bens_ad, message="Du?"),
        lambda: actions.request_partnership(by=story.ben, ad=story.amiras_ad, message="Und du?"),
    )

    def look() -> None:
        assert PartnershipRequest.objects.count() == 1

    assert outcomes == ["done", "refused"]
    moment.look(look)
