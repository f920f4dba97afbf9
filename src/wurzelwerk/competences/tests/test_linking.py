"""Texts, words and windows, aliases and the encoder with the shipped table."""

import hashlib
from itertools import pairwise
from pathlib import Path
from time import process_time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurzelwerk.competences.linking import Alias, Encoder, TableError, shipped_aliases, shipped_encoder
from wurzelwerk.competences.linking.aliases import AliasBook
from wurzelwerk.competences.linking.encoder import DIMENSIONS, ROW, TABLE
from wurzelwerk.competences.linking.windows import (
    MOST_SENTENCES,
    RUNS,
    SENTENCE_LIMIT,
    TEXT_LIMIT,
    WORD_LIMIT,
    Window,
    sentences,
)
from wurzelwerk.competences.linking.words import BUCKETS, MAX_WORD_LENGTH, fold, folded, pieces, runs, words


@pytest.mark.parametrize(
    "spelling",
    [
        "Gesprächsführung",
        "GESPRÄCHSFÜHRUNG",
        "Gespraechsfuehrung",
        "Gespra\u0308chsfu\u0308hrung",
        "Gesprächs\u00adführung",
    ],
)
def test_spellings_of_a_word_are_one(spelling: str) -> None:
    assert folded(spelling) == "gespraechsfuehrung"


def test_a_character_that_folds_to_nothing_is_no_word() -> None:
    assert list(words("\u037a \ufc5e")) == []
    assert fold(fold("\u01e2")) == fold("\u01e2") == "ae"


def test_names_of_techniques_stay_whole() -> None:
    assert [word.text for word in words("C++, C# und Node.js. ISO 9001")] == [
        "c++",
        "c#",
        "und",
        "node.js",
        "iso",
        "9001",
    ]


@given(st.text())
def test_words_lie_where_they_say_and_folding_again_changes_nothing(text: str) -> None:
    found = list(words(text))

    assert all(fold(text[word.start : word.end]) == word.text for word in found)
    assert all(folded(word.text).replace(" ", "") == word.text for word in found if word.text.isascii())
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_pieces_are_the_word_and_the_runs_inside_it() -> None:
    assert runs("lot") == ["<lo", "lot", "ot>", "<lot", "lot>", "<lot>"]
    assert len(pieces("lot")) == 7
    assert pieces("lot").max() < BUCKETS
    assert len(fold("x" * 500)) == MAX_WORD_LENGTH


def test_pieces_fall_into_the_rows_the_shipped_table_was_built_with() -> None:
    # Another answer asks for a new table: tools/build_linking.py.
    assert pieces("lot").tolist() == [3945, 40324, 10523, 62550, 26636, 47843, 51045]


def test_windows_are_clauses_and_runs_of_words() -> None:
    text = "Du planst Touren und führst das Lager, gern auch allein"
    sentence = next(sentences(text))

    shown = {" ".join(word.text for word in sentence.words[first:last]) for first, last in sentence.windows}

    assert {"du planst touren", "fuehrst das lager", "gern auch allein"} <= shown
    assert {"touren und", "fuehrst das lager gern"} <= shown
    assert all(last - first in {*RUNS, 3} for first, last in sentence.windows)


def test_sentences_end_at_points_lines_and_bullets_and_are_never_endless() -> None:
    parts = list(
        sentences("Kochen, z.B. Suppen, ca. zwei. Backen!\n• Lager • Versand " + "wort " * (SENTENCE_LIMIT + 5))
    )

    assert [len(part.words) for part in parts] == [5, 1, 1, SENTENCE_LIMIT, 6]


@given(st.text() | st.text("und oder,;.AB \n"))
def test_every_sentence_has_windows_inside_it(text: str) -> None:
    for sentence in sentences(text):
        assert sentence.windows
        assert all(0 <= first < last <= len(sentence.words) for first, last in sentence.windows)


def test_a_long_text_is_read_up_to_its_limit() -> None:
    read = [word for sentence in sentences("wort " * 300_000) for word in sentence.words]

    assert len(read) == TEXT_LIMIT // 5


@pytest.mark.parametrize("text", ["." * TEXT_LIMIT, "a" + "!?" * 9999, "a. " * 6666, ".a" * 9999, "." + " " * 19_999])
def test_a_text_of_points_is_cut_as_fast_as_any(text: str) -> None:
    before = process_time()

    list(sentences(text))

    assert process_time() - before < 1


def test_a_run_of_points_ends_a_sentence_after_a_single_letter_too() -> None:
    parts = [" ".join(word.text for word in part.words) for part in sentences("Plan A. B?! Lager... C ... d!! E.. F")]

    assert parts == ["plan a b", "lager", "c d", "e", "f"]


def test_short_lines_are_joined_and_each_keeps_its_windows() -> None:
    lines = [f"wort {number}" for number in range(1000)]
    text = "\n".join(lines)

    read = list(sentences(text))

    assert len(read) == 250
    assert [len(one.words) for one in read] == [8] * 250
    assert read[0].windows == (Window(0, 2), Window(2, 4), Window(4, 6), Window(6, 8))
    assert " ".join(word.text for one in read for word in one.words) == " ".join(lines)


@pytest.mark.parametrize("count", [1, MOST_SENTENCES, MOST_SENTENCES + 1, 2 * MOST_SENTENCES + 1, 9999])
def test_a_text_has_at_most_so_many_sentences(count: int) -> None:
    read = list(sentences("a\n" * count))

    assert len(read) <= MOST_SENTENCES
    assert sum(len(one.words) for one in read) == sum(len(one.windows) for one in read) == min(count, WORD_LIMIT)


def test_an_alias_is_found_in_every_inflection_it_allows() -> None:
    phrases = {"Teamfähig*": "A", "MS Office": "B", "C#": "C", "!?": "D", "Excel=": "E"}
    book = AliasBook(Alias(*one) for one in phrases.items())

    def found(text: str) -> list[tuple[str, int, int]]:
        return [(one.alias.stands_for, one.first, one.last) for one in book.find(text, next(sentences(text)).words)]

    assert found("sehr teamfähige Leute mit MS-Office und C#") == [("A", 1, 2), ("B", 4, 6), ("C", 7, 8)]
    assert found("Team, Office, C, MS und Officer") == []
    assert found("I excel with Excel and EXCEL") == [("E", 3, 4)]


def test_shipped_aliases_are_many_and_each_stands_once() -> None:
    phrases = [alias.phrase.casefold() for alias in shipped_aliases()]

    assert len(phrases) >= 200
    assert len(set(phrases)) == len(phrases)
    assert all(alias.phrase == alias.phrase.strip() and folded(alias.stands_for) for alias in shipped_aliases())


def test_the_shipped_table_is_small_and_of_length_one() -> None:
    vectors = shipped_encoder().embed(["Gespräche führen", "", "lead conversations"])

    assert TABLE.stat().st_size < 20_000_000
    assert str(vectors.dtype) == "float32"
    assert vectors.shape == (3, DIMENSIONS)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 0, 1], abs=1e-6)


def test_the_shipped_table_knows_both_languages() -> None:
    german, english, other = shipped_encoder().embed(["Mitarbeiter führen", "manage staff", "weld metal"])

    assert german @ english > 0.4
    assert abs(german @ other) < 0.2


def test_the_same_text_gives_the_same_vector_in_another_encoder() -> None:
    texts = ["Kundendaten pflegen", "operate forklift", "😀", "a" * 1000]

    assert (Encoder.load().embed(texts) == shipped_encoder().embed(texts)).all()


def test_words_beyond_those_remembered_are_reckoned_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wurzelwerk.competences.linking.encoder.REMEMBERED_WORDS", 2)
    encoder = Encoder.load()

    assert (encoder.embed(["eins zwei drei vier"]) == shipped_encoder().embed(["eins zwei drei vier"])).all()


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="cannot be read"):
        Encoder.load(tmp_path / "table.npy")


def test_a_damaged_table_is_told(tmp_path: Path) -> None:
    data = bytearray(TABLE.read_bytes())
    data[4_000_000] ^= 1
    (tmp_path / "table.npy").write_bytes(data)
    (tmp_path / "table.sha256").write_text(TABLE.with_suffix(".sha256").read_text())

    with pytest.raises(TableError, match="is damaged"):
        Encoder.load(tmp_path / "table.npy")


@pytest.mark.parametrize(
    "data,message",
    [(b"no array", "holds no table"), (np.zeros(3, np.int8), "another shape"), (np.zeros(9, ROW), "another shape")],
)
def test_what_is_no_table_is_told(tmp_path: Path, data: bytes | np.ndarray, message: str) -> None:
    path = tmp_path / "table.npy"
    if isinstance(data, bytes):
        path.write_bytes(data)
    else:
        np.save(path, data)
    path.with_suffix(".sha256").write_text(hashlib.sha256(path.read_bytes()).hexdigest())

    with pytest.raises(TableError, match=message):
        Encoder.load(path)
