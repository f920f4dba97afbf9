from datetime import date

import pytest
from django.utils import translation

from wurzelwerk.journal.finding import Piece, answers, folded_words, paragraphs, pieces, plain, shortened
from wurzelwerk.journal.prompts import PROMPTS, prompt_of


@pytest.mark.parametrize(
    "markdown,text",
    [
        ("# Titel\n\nEin **Satz** mit _Schwung_.", "Titel Ein Satz mit Schwung."),
        ("- eins\n- zwei\n1. drei", "eins zwei drei"),
        ("> gesagt\n[hier](https://a.example)", "gesagt hier"),
        ("5 * 3 und a-b", "5 3 und a-b"),
        ("_Was_ in __data_2026__ steht", "Was in data_2026 steht"),
        ("", ""),
    ],
)
def test_plain_leaves_the_words(markdown: str, text: str) -> None:
    assert plain(markdown) == text


def test_paragraphs_stand_between_empty_lines() -> None:
    assert paragraphs("eins\nnoch eins\r\n\r\n \n**zwei**\n\n\n") == ("eins\nnoch eins", "zwei")


def test_shortened_cuts_at_a_word() -> None:
    assert shortened("kurz") == "kurz"
    assert shortened("eins, zwei, drei", 12) == "eins, zwei …"
    assert shortened("x" * 20, 10) == "x" * 10 + " …"


@pytest.mark.parametrize("typed", ["Übergabe", "uebergabe", "UBERGABE", "übergabe frage", "schicht", "Fra"])
def test_search_minds_neither_spelling_nor_compounds(typed: str) -> None:
    assert answers("Die Schichtübergabe mit offener Frage", folded_words(typed))


def test_every_word_must_be_there() -> None:
    assert not answers("Die Schichtübergabe", folded_words("übergabe urlaub"))


def test_typed_signs_are_no_words() -> None:
    assert folded_words("?! …") == ()
    assert len(folded_words("a b c d e f g h i j k")) == 8


def test_hits_are_marked_where_they_stand() -> None:
    assert pieces("Die Schichtübergabe lief.", folded_words("übergabe")) == (
        Piece("Die ", is_hit=False),
        Piece("Schichtübergabe", is_hit=True),
        Piece(" lief.", is_hit=False),
    )


def test_a_late_hit_is_shown_with_what_stands_before() -> None:
    text = "Wort " * 60 + "Treffer am Ende" + " Wort" * 60

    found = pieces(text, folded_words("treffer"))

    assert found[0] == Piece("… ", is_hit=False)
    assert [piece.text for piece in found if piece.is_hit] == ["Treffer"]
    assert found[-1].text.endswith(" …")
    assert sum(len(piece.text) for piece in found) < 200


def test_a_hit_in_the_title_alone_shows_the_beginning() -> None:
    assert pieces("Nur Text.", folded_words("titel")) == (Piece("Nur Text.", is_hit=False),)


def test_every_day_has_its_question_in_both_languages() -> None:
    day = date(2026, 11, 23)

    with translation.override("de"):
        german = {prompt_of(day, skip) for skip in range(len(PROMPTS))}
    with translation.override("en"):
        english = {prompt_of(day, skip) for skip in range(len(PROMPTS))}

    assert german == {text for text, _en in PROMPTS}
    assert english == {text for _de, text in PROMPTS}
    assert len(PROMPTS) == len(german) == len(english) == 31
    assert prompt_of(day) != prompt_of(date(2026, 11, 24))
