from datetime import date, timedelta

import pytest
from django.utils import translation

from wurzelwerk.competences.estimating import Estimate, Piece, Requirement, estimate, gap
from wurzelwerk.competences.models import Competence
from wurzelwerk.competences.showing import words
from wurzelwerk.competences.terms import level_word, nearest_level
from wurzelwerk.competences.tests.factories import CompetenceFactory

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "days,english,german",
    [
        (-1, "today", "heute"),
        (0, "today", "heute"),
        (1, "1 day ago", "vor 1 Tag"),
        (13, "13 days ago", "vor 13 Tagen"),
        (14, "2 weeks ago", "vor 2 Wochen"),
        (75, "2 months ago", "vor 2 Monaten"),
        (800, "2 years ago", "vor 2 Jahren"),
    ],
)
def test_an_age_in_words(days: int, english: str, german: str) -> None:
    day = TODAY - timedelta(days=days)

    with translation.override("en"):
        assert words.age(day, TODAY) == english
    with translation.override("de"):
        assert words.age(day, TODAY) == german


def of(*pieces: Piece) -> Estimate:
    found = estimate(pieces, TODAY, 335)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "pieces,word",
    [
        ([Piece("self", 3, TODAY)], "little evidence"),
        ([Piece("self", 3, TODAY), Piece("partner", 3, TODAY)], "supported"),
        ([Piece("work_sample", 3, TODAY, TODAY + timedelta(days=7)), Piece("test", 3, TODAY)], "well supported"),
        ([Piece("self", 5, TODAY), Piece("partner", 2, TODAY)], "evidence disagrees"),
        ([Piece("self", 3, TODAY - timedelta(days=335))], "unsecured"),
    ],
)
def test_certainty_in_words(pieces: list[Piece], word: str) -> None:
    with translation.override("en"):
        assert words.certainty(of(*pieces)) == word


@pytest.mark.parametrize("level,nearest", [(0, 0), (0.49, 0), (0.5, 1), (2.5, 3), (4.9, 5), (5, 5)])
def test_halves_go_up(level: float, nearest: int) -> None:
    assert nearest_level(level) == nearest


def test_a_level_has_a_figure_and_a_word() -> None:
    with translation.override("de"):
        assert (words.figure(2.449), str(level_word(2.449))) == ("2,4", "Grundlagen")
    with translation.override("en"):
        assert (words.figure(3.0), str(level_word(3.0))) == ("3", "independent")
    assert (words.rounded(None), words.rounded(2.449)) == (None, 2.4)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "level,age,previous,sentences",
    [
        (None, 0, None, ("never rated so far",)),
        (2, 0, None, ("rated 2, needed is 4",)),
        (3, 400, 3, ("the target was raised from 3 to 4", "evidence is out of date, the newest is of 19 Oct 2025")),
    ],
)
def test_reasons_are_sentences(level: float | None, age: int, previous: float | None, sentences: tuple[str]) -> None:
    known = None if level is None else of(Piece("self", level, TODAY - timedelta(days=age)))
    competence: Competence = CompetenceFactory()
    found = gap(Requirement(competence, 4.0, 1.0, previous), known)

    with translation.override("en"):
        assert words.reasons(found) == sentences
