"""Levels over time, and the radar."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from wurzelwerk.competences.actions import assess_self
from wurzelwerk.competences.choices import EvidenceSource
from wurzelwerk.competences.estimating import Piece, estimate, history
from wurzelwerk.competences.showing.history import month_starts
from wurzelwerk.competences.tests.factories import described, evidence, role_of, target
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import cast

TODAY = date(2026, 11, 23)
PIECES = st.lists(
    st.builds(
        Piece,
        st.sampled_from(["self", "partner", "lead"]),
        st.floats(0, 5),
        st.dates(date(2024, 1, 1), TODAY),
    ),
    max_size=6,
)


@given(PIECES)
def test_the_last_day_says_what_the_estimate_says(pieces: list[Piece]) -> None:
    assert history(pieces, [TODAY], 335) == (estimate(pieces, TODAY, 335),)


@given(PIECES, st.dates(date(2024, 1, 1), TODAY))
def test_what_comes_later_changes_nothing_before(pieces: list[Piece], day: date) -> None:
    earlier = [piece for piece in pieces if piece.observed_on <= day]

    assert history(pieces, [day], 335) == history(earlier, [day], 335)


def test_before_the_first_word_nothing_was_known() -> None:
    said = Piece("self", 2, date(2026, 3, 10))

    known = history([said], [date(2026, 3, 9), date(2026, 3, 10)], 335)

    assert [one.level if one else None for one in known] == [None, 2]


def test_a_work_sample_counts_in_full_only_from_its_confirmation_on() -> None:
    sample = Piece("work_sample", 3, date(2026, 3, 1), confirmed_on=date(2026, 3, 10))

    before, after = history([sample], [date(2026, 3, 9), date(2026, 3, 10)], 335)

    assert before is not None
    assert after is not None
    assert before.weight < after.weight


@pytest.mark.parametrize(
    "today,first,count",
    [(date(2026, 11, 23), date(2024, 12, 1), 25), (date(2026, 1, 1), date(2024, 2, 1), 24)],
)
def test_two_years_end_today(today: date, first: date, count: int) -> None:
    days = month_starts(today)

    assert (days[0], days[-1], len(days), len(set(days))) == (first, today, count, count)


@pytest.fixture
def amira(client: Client, db: None, frozen_time: object) -> Person:
    """Amira, who has learned one thing over two years, rated another today, and never rated a third."""
    person = cast().amira
    client.force_login(person)
    old, fresh, unknown = (
        described(label_de=f"Können {name}", label_en=f"Skill {name}") for name in ("Eins", "Zwei", "Drei")
    )
    target(role_of(person), {old: 4, fresh: 2, unknown: 3})
    for days, level in ((800, 1), (300, 2), (20, 3)):
        evidence(person, old, level, source=EvidenceSource.SELF, observed_on=TODAY - timedelta(days=days))
    assess_self(by=person, competence=fresh, level=3)
    return person


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_history_draws_what_is_known_and_says_it_in_words(amira: Person, client: Client) -> None:
    page = text(client, "/profile?view=history")

    assert page.count('class="levels-line"') == 2
    assert "Können Eins: 1 am 1.\xa0Dez. 2024, heute 2,5" in page
    assert "Können Zwei: 3, bekannt seit 23.\xa0Nov. 2026" in page


def test_history_costs_one_query_more_than_the_rings(amira: Person, client: Client) -> None:
    counts = []
    for view in ("rings", "history", "radar", "table"):
        with CaptureQueriesContext(connection) as queries:
            text(client, f"/profile?view={view}")
        counts.append(len(queries))

    assert counts == [counts[0], counts[0] + 1, counts[0], counts[0]]


def test_two_axes_make_no_radar_and_three_do(amira: Person, client: Client) -> None:
    few = text(client, "/profile?view=radar")
    third = described(label_de="Können Vier", label_en="Skill Four")
    assess_self(by=amira, competence=third, level=2)

    enough = text(client, "/profile?view=radar")

    assert ("mindestens drei" in few, 'class="radar"' in few) == (True, False)
    assert ('class="radar"' in enough, "1 ist nicht eingeschätzt und hat keine Achse." in enough) == (True, True)


def test_without_any_rating_history_says_so(client: Client, db: None, frozen_time: object) -> None:
    people = cast()
    target(role_of(people.amira), {described(): 3})
    client.force_login(people.amira)

    assert "Ab deiner ersten Einschätzung" in text(client, "/profile?view=history")
