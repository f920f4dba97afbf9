import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wurzelwerk.search.analysis.spelling import (
    Known,
    allowed_errors,
    completion,
    correction,
    distance,
    near_start,
    nearest,
    patterns,
    prefix_distance,
    similarity,
)

LETTERS = "abcde"
WORDS = st.text(alphabet=LETTERS, min_size=4, max_size=12)


def damaged(word: str, data: st.DataObject) -> str:
    """One edit: drop, insert, change or swap."""
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    kind = data.draw(st.sampled_from(["drop", "insert", "change", "swap"]))
    if kind == "drop":
        return word[:place] + word[place + 1 :]
    if kind == "insert":
        return word[:place] + letter + word[place:]
    if kind == "change":
        return word[:place] + letter + word[place + 1 :]
    return word[:place] + word[place : place + 2][::-1] + word[place + 2 :]


@pytest.mark.parametrize(
    "word,errors", [("abc", 0), ("abcd", 1), ("abcdefg", 1), ("abcdefgh", 2), ("a" * 30, 2), ("iso9001", 0)]
)
def test_allowed_errors_grow_with_the_length(word: str, errors: int) -> None:
    assert allowed_errors(word) == errors


@pytest.mark.parametrize(
    "first,second,errors",
    [
        ("planung", "planung", 0),
        ("plnung", "planung", 1),
        ("planugn", "planung", 1),
        ("plannung", "planung", 1),
        ("plamung", "planung", 1),
        ("instnadhaltug", "instandhaltung", 2),
        ("planung", "schulung", 3),
        ("ab", "abcdef", 3),
        ("", "ab", 2),
    ],
)
def test_distance_counts_typing_errors(first: str, second: str, errors: int) -> None:
    assert distance(first, second, 2) == errors


@given(st.data(), WORDS)
def test_near_words_hold_a_piece_of_the_patterns(data: st.DataObject, word: str) -> None:
    near = word
    for _ in range(allowed_errors(word)):
        near = damaged(near, data) if near else near
    assume(distance(word, near, 2) <= allowed_errors(word))

    wanted = patterns(word)

    assert wanted.min_length <= len(near) <= wanted.max_length
    assert near.startswith(wanted.start) or near.endswith(wanted.end) or bool(wanted.middle and wanted.middle in near)


@given(WORDS, WORDS)
def test_distance_is_symmetric(first: str, second: str) -> None:
    assert distance(first, second, 3) == distance(second, first, 3)


def test_correction_prefers_fewer_errors_then_the_same_start_then_the_common_word() -> None:
    planung, planungs, flanung = (
        Known("planung", "Planung", 3),
        Known("planunge", "planunge", 9),
        Known("flanung", "F", 9),
    )

    assert correction("planugn", [planung, planungs, flanung]) == planung
    assert correction("planing", [Known("planinx", "x", 1), planung, flanung]) == planung
    assert correction("planung", [planung]) is None
    assert correction("xyz", [planung]) is None


def test_completion_reads_an_unfinished_word_with_an_error() -> None:
    techniques = Known("gesprachsfuhrungstechniken", "Gesprächsführungstechniken", 1)

    assert completion("gesprchsfuhrung", [Known("gesprachskreis", "Gesprächskreis", 9), techniques]) == techniques
    assert completion("gesprchsfuhrung", []) is None


def test_prefix_distance_compares_with_beginnings() -> None:
    assert prefix_distance("gesprch", "gesprachskreis", 1) == 1
    assert prefix_distance("xxxxxxx", "gesprach", 1) == 2
    assert prefix_distance("abc", "", 1) == 2


def test_nearest_are_alike_and_common() -> None:
    known = [
        Known("planer", "Planer", 1),
        Known("planung", "Planung", 1),
        Known("plane", "Pläne", 5),
        Known("xyz", "x", 9),
    ]

    assert [word.written for word in nearest("planen", known, 2)] == ["Pläne", "Planer"]
    assert similarity("planen", "planen") == 1.0


@pytest.mark.parametrize("word,start", [("ab", "ab"), ("planung", "pla"), ("gesprachsfuhrung", "gespr")])
def test_near_start_grows_with_the_word(word: str, start: str) -> None:
    assert near_start(word) == start


def test_the_same_word_written_in_two_ways_has_a_fixed_order() -> None:
    capital, small = Known("planung", "Planung", 3), Known("planung", "planung", 3)

    for order in ((capital, small), (small, capital)):
        assert correction("planumg", order) == capital
        assert completion("planumg", order) == capital
        assert nearest("planumg", order, 2) == (capital, small)
