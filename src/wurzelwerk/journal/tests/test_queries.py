from collections.abc import Callable
from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from wurzelwerk.competences.actions import add_to_profile, assess_self
from wurzelwerk.competences.tests.factories import CompetenceFactory, role_of, target
from wurzelwerk.journal import queries
from wurzelwerk.journal.actions import delete_entry, mark_passage, share_entry, update_entry
from wurzelwerk.journal.models import JournalEntry, Passage
from wurzelwerk.journal.portrait import shared_entries
from wurzelwerk.journal.queries import (
    basket,
    entries_of_month,
    entry_details,
    month_dots,
    near_competences,
    recent_entries,
    search,
)
from wurzelwerk.journal.tests.conftest import Pair
from wurzelwerk.journal.tests.factories import EntryFactory
from wurzelwerk.kernel import clock
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import EmploymentFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]
NOVEMBER, OCTOBER = date(2026, 11, 1), date(2026, 10, 1)


@pytest.fixture
def amira() -> Person:
    person: Person = EmploymentFactory().person
    return person


def test_months_carry_a_dot_per_entry(amira: Person) -> None:
    for days in (0, 1, 40):
        EntryFactory(by=amira, written_on=clock.today() - timedelta(days=days))
    delete_entry(by=amira, entry=EntryFactory(by=amira))
    EntryFactory()

    assert [(one.month, one.count) for one in month_dots(amira)] == [(NOVEMBER, 2), (OCTOBER, 1)]


def test_a_row_shows_title_beginning_and_what_became_of_it(amira: Person, pair: Pair) -> None:
    ben, competence = PersonFactory(), CompetenceFactory(label_de="Zuhören")
    pair(amira, ben)
    entry = EntryFactory(by=amira, title="Fragen", body="**Viel** gefragt.", competence=competence)
    share_entry(by=amira, entry=entry, recipient=ben)
    mark_passage(by=amira, entry=entry, text="gefragt", competence=competence, level=2)

    row = entries_of_month(amira, NOVEMBER)[0]

    assert (row.title, row.excerpt, row.competences) == ("Fragen", "Viel gefragt.", ("Zuhören",))
    assert (row.is_shared, row.passages, row.opens) == (True, 1, True)


def test_without_a_title_the_first_words_stand_for_it(amira: Person) -> None:
    EntryFactory(by=amira, body="kurz")
    EntryFactory(by=amira, body="Wort " * 30)

    long, short = entries_of_month(amira, NOVEMBER)

    assert (short.title, short.excerpt) == ("kurz", "")
    assert long.title == "Wort " * 13 + "Wort …"
    assert long.excerpt == ("Wort " * 16).strip()


def test_an_entry_that_does_not_open_says_so(amira: Person, error_log: object) -> None:
    entry = EntryFactory(by=amira)
    JournalEntry.objects.filter(pk=entry.pk).update(sealed=b"\x01broken")

    row = entries_of_month(amira, NOVEMBER)[0]

    assert (row.opens, row.title, row.excerpt) == (False, "", "")
    assert error_log.messages == [  # type: ignore[attr-defined]
        f"wurzelwerk.journal.texts: journal entry {entry.public_id} does not open: wrong key, or altered"
    ]


def test_search_finds_own_entries_by_all_words(amira: Person) -> None:
    found = EntryFactory(by=amira, title="Übergabe", body="Mit einer offenen Frage begonnen.")
    asked = EntryFactory(by=amira, body="Ja.", prompt="Welche Frage zur Schichtübergabe?")
    EntryFactory(by=amira, body="Etwas anderes.")
    EntryFactory(body="Übergabe mit Frage, von jemand anderem.")
    delete_entry(by=amira, entry=EntryFactory(by=amira, body="Übergabe Frage, gelöscht."))

    result = search(amira, "uebergabe FRAGE")

    assert {row.public_id for row in result.rows} == {found.public_id, asked.public_id}
    assert not result.is_cut


@pytest.mark.parametrize("typed", ["", " ", "?!"])
def test_searching_for_nothing_finds_nothing(amira: Person, typed: str) -> None:
    EntryFactory(by=amira)

    assert search(amira, typed).rows == ()


def test_search_is_bounded_and_says_so(amira: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "SEARCHED_ENTRIES", 2)
    EntryFactory(by=amira, body="Treffer", written_on=clock.today() - timedelta(days=9))
    for _ in range(2):
        EntryFactory(by=amira, body="neuer")

    result = search(amira, "treffer")

    assert (result.rows, result.is_cut) == ((), True)


def test_search_passes_over_what_does_not_open(amira: Person, error_log: object) -> None:
    entry = EntryFactory(by=amira, body="Treffer")
    JournalEntry.objects.filter(pk=entry.pk).update(sealed=b"")

    assert search(amira, "treffer").rows == ()
    assert len(error_log.messages) == 1  # type: ignore[attr-defined]


def test_details_hold_what_stands_beside(amira: Person, pair: Pair) -> None:
    ben, competence = PersonFactory(given_name="Ben", family_name="Krüger"), CompetenceFactory(label_de="Zuhören")
    pair(amira, ben)
    entry: JournalEntry = EntryFactory(by=amira, body="alt", competence=competence)
    entry = update_entry(by=amira, entry=entry, body="neu", version=1)
    mark_passage(by=amira, entry=entry, text="neu", competence=competence, level=3)
    share_entry(by=amira, entry=entry, recipient=ben)

    own, foreign = entry_details(entry, is_own=True), entry_details(entry, is_own=False)

    assert own.tags == foreign.tags == ((competence.public_id, "Zuhören"),)
    assert [(one.text, one.level) for one in own.passages] == [("neu", 3)]
    assert [one.name for one in own.shares] == ["Ben Krüger"]
    assert [one.number for one in own.versions] == [1]
    assert (foreign.passages, foreign.shares, foreign.versions) == ((), (), ())


def test_a_passage_that_does_not_open_is_empty(amira: Person) -> None:
    entry = EntryFactory(by=amira)
    mark_passage(by=amira, entry=entry, text="x", competence=CompetenceFactory(), level=1)
    Passage.objects.update(sealed=b"\x01broken")

    assert [one.text for one in entry_details(entry, is_own=True).passages] == [""]


def test_near_competences_are_those_somebody_has_to_do_with(amira: Person) -> None:
    known, chosen, asked, tagged, retired, far = (CompetenceFactory(label_de=name) for name in "abcdef")
    assess_self(by=amira, competence=known, level=2)
    for one in (chosen, retired):
        add_to_profile(by=amira, competence=one)
    target(role_of(amira), {asked: 3})
    retired.retired_at = clock.now()
    retired.save()
    entry = EntryFactory(by=amira, competences=[tagged, known])

    assert near_competences(amira) == (known, chosen, asked)
    assert near_competences(amira, entry=entry) == (known, chosen, asked, tagged)
    assert far not in near_competences(amira, entry=entry)


def test_the_basket_says_when_it_is_over(amira: Person) -> None:
    delete_entry(by=amira, entry=EntryFactory(by=amira, title="weg"))

    row = basket(amira)[0]

    assert (row.title, row.gone_on) == ("weg", date(2026, 12, 23))
    assert EntryFactory(by=amira).public_id in {one.public_id for one in recent_entries(amira, 5)}
    assert recent_entries(amira, 5)[0].gone_on is None


@pytest.mark.parametrize(
    "ask,cost",
    [
        (month_dots, 1),
        (lambda person: entries_of_month(person, NOVEMBER), 2),
        (lambda person: recent_entries(person, 5), 2),
        (lambda person: search(person, "heute"), 2),
        (near_competences, 1),
        (lambda person: list(queries.all_entries(person)), 2),
    ],
)
@pytest.mark.parametrize("count", [1, 3])
def test_queries_stay_the_same_for_one_and_for_three(
    amira: Person,
    django_assert_num_queries: DjangoAssertNumQueries,
    ask: Callable[[Person], object],
    cost: int,
    count: int,
) -> None:
    for _ in range(count):
        EntryFactory(by=amira, competence=CompetenceFactory())

    with django_assert_num_queries(cost):
        ask(amira)


def test_ones_own_page_has_no_block_of_shared_entries(amira: Person) -> None:
    EntryFactory(by=amira)

    assert shared_entries(amira, amira) is None
    assert shared_entries(PersonFactory(), amira) is None
