"""The index of competences, and what is suggested for a text."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wurzelwerk.competences.linking import Alias, Concept, Encoder, Index, Linker, StaleIndexError, shipped_encoder
from wurzelwerk.competences.linking.coverage import Labels
from wurzelwerk.competences.linking.encoder import DIMENSIONS, ROW, unit
from wurzelwerk.competences.linking.suggesting import ALSO_SHOWN, MOST_SHOWN, Strongest, best_rows, trimmed
from wurzelwerk.competences.linking.windows import Window
from wurzelwerk.competences.linking.words import BUCKETS, words

CONCEPTS = (
    Concept(
        "team", ("in Teams arbeiten",), ("work in teams", "work with a team"), ("Gemeinsam mit anderen arbeiten.",)
    ),
    Concept("lead", ("Mitarbeiter führen",), ("manage staff", "lead employees")),
    Concept("weld", ("Schweißtechniken",), ("welding techniques",), ("Verfahren, um Metall zu verbinden.", "")),
    Concept("truck", ("Gabelstapler bedienen",), ("operate forklift",)),
    Concept("sheet", ("Tabellenkalkulationsprogramme verwenden",), ("use spreadsheets software",)),
    Concept("books", ("Buchführung", "Buchhaltung"), ("accounting",)),
    Concept("nameless"),
)
ADVERT = (
    "Wir suchen jemanden, der Gabelstapler fahren kann und gern Mitarbeiter führt. Kenntnisse im Schweißen von Vorteil."
)
SCORE = st.sampled_from([-1, 0, 0.5, 0.9, 0.95, 1, 2])


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.build(shipped_encoder(), CONCEPTS)


@pytest.fixture(scope="module")
def linker(index: Index) -> Linker:
    return Linker(shipped_encoder(), index)


def test_suggestions_point_at_the_words_that_caused_them(linker: Linker) -> None:
    found = {one.key: [ADVERT[start:end] for start, end in one.words] for one in linker.suggest(ADVERT, 3)}

    assert found == {"truck": ["Gabelstapler"], "lead": ["Mitarbeiter"], "weld": ["Schweißen"]}


def test_suggestions_fall_in_score_and_are_the_same_each_time(index: Index) -> None:
    twice = [Linker(shipped_encoder(), index).suggest(ADVERT) for _ in range(2)]

    assert twice[0] == twice[1]
    assert [one.score for one in twice[0]] == sorted((one.score for one in twice[0]), reverse=True)
    assert all(0 <= one.score <= 1 for one in twice[0])


def test_fewer_suggestions_are_the_first_of_more(linker: Linker) -> None:
    every = linker.suggest(ADVERT, 7)

    assert [one.key for one in every[:2]] == [one.key for one in linker.suggest(ADVERT, 2)]
    assert {one.key for one in every} == {one.key for one in CONCEPTS}
    assert linker.suggest(ADVERT, 0) == ()


def test_a_text_in_the_other_language_finds_a_competence_that_has_but_one(linker: Linker, index: Index) -> None:
    german_only = Index.build(shipped_encoder(), [Concept(one.key, one.labels_de) for one in CONCEPTS])

    assert linker.suggest("operating a forklift truck")[0].key == "truck"
    assert Linker(shipped_encoder(), german_only).suggest("manage your staff")[0].key == "lead"


def test_what_is_named_twice_shows_both_places(linker: Linker) -> None:
    text = "Gabelstapler bedienen. Anderes tun. Gabelstapler bedienen."

    spans = linker.suggest(text, 1)[0].words

    assert [text[start:end] for start, end in spans] == ["Gabelstapler bedienen"] * 2
    assert [span.start for span in spans] == [0, 36]


def test_an_everyday_word_finds_its_competence_by_the_shipped_aliases(linker: Linker, index: Index) -> None:
    text = "Wir erwarten Teamfähigkeit und Excel"

    found = {one.key: [text[start:end] for start, end in one.words] for one in linker.suggest(text, 2)}

    assert found == {"team": ["Teamfähigkeit"], "sheet": ["Excel"]}


def test_an_alias_in_own_words_is_read_instead_of_the_phrase(index: Index) -> None:
    text = "Bitte mit Ameise"
    linker = Linker(shipped_encoder(), index, [Alias("Ameise", "ein Gabelstapler, der bedient wird")])

    first = linker.suggest(text, 1)[0]

    assert (first.key, [text[start:end] for start, end in first.words]) == ("truck", ["Ameise"])


def test_a_learnt_alias_counts_before_the_shipped_ones_and_unknown_keys_are_left_out(index: Index) -> None:
    linker = Linker(shipped_encoder(), index, learnt=[("Blaumann", "weld"), ("Blaumann", "gone")])

    assert linker.suggest("Erfahrung im Blaumann", 1)[0].key == "weld"
    assert Linker(shipped_encoder(), index).suggest("Erfahrung im Blaumann", 1)[0].score < 0.6


def test_competences_of_the_company_are_added_at_run_time(index: Index) -> None:
    own = Concept("own", ("Rosen schneiden",), (), ("Beschneiden von Rosen im Herbst.",))

    more = index.with_concepts(shipped_encoder(), [own])

    assert Linker(shipped_encoder(), more).suggest("wer kann Rosen schneiden?", 1)[0].key == "own"
    assert (len(more.keys), len(index.keys)) == (8, 7)


def test_adding_gives_what_building_at_once_would(index: Index) -> None:
    first = Index.build(shipped_encoder(), CONCEPTS[:3])

    grown = first.with_concepts(shipped_encoder(), CONCEPTS[3:])

    assert Linker(shipped_encoder(), grown).suggest(ADVERT, 7) == Linker(shipped_encoder(), index).suggest(ADVERT, 7)
    assert grown.names == index.names


def test_a_competence_with_a_known_key_is_replaced(index: Index) -> None:
    changed = index.with_concepts(shipped_encoder(), [Concept("weld", ("Rosen schneiden",))])

    assert len(changed.keys) == 7
    assert Linker(shipped_encoder(), changed).suggest("Rosen schneiden", 1)[0].key == "weld"
    assert "schweisstechniken" not in changed.names


def test_a_retired_competence_is_no_longer_suggested(index: Index) -> None:
    left = index.without(["truck", "unknown"])

    found = Linker(shipped_encoder(), left).suggest(ADVERT, 9)

    assert "truck" not in {one.key for one in found}
    assert {one.key for one in found[:2]} == {"lead", "weld"}
    assert index.without(["unknown"]) is index


def test_a_stored_index_suggests_the_same(index: Index) -> None:
    data = index.to_bytes()
    again = Index.from_bytes(data, shipped_encoder())

    assert Linker(shipped_encoder(), again).suggest(ADVERT) == Linker(shipped_encoder(), index).suggest(ADVERT)
    assert again.to_bytes() == data


def test_a_damaged_or_foreign_index_is_to_be_built_anew(index: Index) -> None:
    other = Encoder(np.zeros(BUCKETS, ROW))
    data = index.to_bytes()

    for broken in (b"", b"PK no archive", data[:-400], data[: len(data) // 2]):
        with pytest.raises(StaleIndexError, match="damaged"):
            Index.from_bytes(broken, shipped_encoder())
    with pytest.raises(StaleIndexError, match="another table"):
        Index.from_bytes(data, other)
    with pytest.raises(StaleIndexError, match="another table"):
        Linker(other, index)
    with pytest.raises(StaleIndexError, match="another table"):
        index.with_concepts(other, CONCEPTS)


@settings(deadline=None)
@given(st.data())
def test_any_damage_to_a_stored_index_is_told(data: st.DataObject) -> None:
    broken = bytearray(STORED)
    if data.draw(st.booleans(), "is cut"):
        del broken[data.draw(st.integers(0, len(broken) - 1), "length") :]
    else:
        for place in data.draw(st.sets(st.integers(0, len(broken) - 1), min_size=1, max_size=9), "places"):
            broken[place] ^= data.draw(st.integers(1, 255), "flips")

    with pytest.raises(StaleIndexError):
        Index.from_bytes(bytes(broken), shipped_encoder())


def test_without_competences_nothing_is_suggested() -> None:
    empty = Index.build(shipped_encoder(), [])

    assert Linker(shipped_encoder(), empty).suggest(ADVERT) == ()
    assert Linker(shipped_encoder(), Index.from_bytes(empty.to_bytes(), shipped_encoder())).suggest("x") == ()
    assert Linker(shipped_encoder(), empty.with_concepts(shipped_encoder(), CONCEPTS)).suggest(ADVERT, 1)[0].words


def test_a_competence_without_a_name_is_answered_too() -> None:
    nameless = Index.build(shipped_encoder(), [Concept("nameless", ("", "?"), ("",), ("",))])

    assert Linker(shipped_encoder(), nameless).suggest("Rosen\ud800 schneiden")[0].score == 0


@pytest.mark.parametrize("text", ["", " \n\t", "😀 !!! …", "\x00\x1b\u202e", "und"])
def test_texts_that_say_nothing_are_answered(linker: Linker, text: str) -> None:
    assert len(linker.suggest(text)) == (5 if text == "und" else 0)


def test_a_megabyte_is_answered(linker: Linker) -> None:
    first = linker.suggest("Schweißtechniken, und dann noch viel mehr dazu; " * 20_000, 1)[0]

    assert first.key == "weld"
    assert len(first.words) == MOST_SHOWN


@pytest.mark.parametrize("text", ["a\n" * 10_000, "Excel," * 3333])
def test_the_worst_text_takes_little_memory(text: str) -> None:
    linker = Linker(shipped_encoder(), MANY)
    tracemalloc.start()

    found = linker.suggest(text)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == 5
    assert peak < 20_000_000


@given(st.lists(st.tuples(SCORE, SCORE), min_size=1, max_size=9))
def test_the_strongest_sentences_are_those_of_all_scores_sorted(scores: list[tuple[float, float]]) -> None:
    strongest = Strongest(2)
    for row in scores:
        strongest.add(np.array(row, np.float32))

    for column, values in enumerate(np.array(scores, np.float32).T):
        order = np.argsort(-values, kind="stable")[:MOST_SHOWN]
        assert strongest.scores[0, column] == values.max()
        assert strongest.of(column) == [
            *order[:1],
            *(number for number in order[1:] if values[number] >= ALSO_SHOWN * values[order[0]]),
        ]


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_any_text_gets_spans_inside_it_that_hold_words(text: str) -> None:
    found = Linker(shipped_encoder(), SMALL).suggest(text)

    assert len(found) in {0, 5}
    for one in found:
        assert one.words
        assert all(list(words(text[start:end])) for start, end in one.words)


def test_a_window_loses_the_edges_that_say_nothing() -> None:
    east, north = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
    sums = np.cumsum([0 * east, north, east, east, north, north], axis=0, dtype=np.float32)

    assert trimmed(sums, Window(0, 5), east) == (2, 3)
    assert trimmed(sums, Window(0, 1), east) == (0, 1)
    assert trimmed(sums, Window(0, 4), east + north) == (0, 4)


def test_equal_scores_keep_the_order_of_the_competences() -> None:
    assert best_rows(np.array([1, 3, 2, 3, 3], np.float32), 2) == [1, 3]
    assert best_rows(np.array([1, 2], np.float32), 9) == [1, 0]


SMALL = Index.build(shipped_encoder(), CONCEPTS)
STORED = SMALL.to_bytes()
COUNT = 2000
MANY = Index(
    shipped_encoder().fingerprint,
    tuple(map(str, range(COUNT))),
    unit(np.random.default_rng(1).standard_normal((COUNT, DIMENSIONS), np.float32)),
    Labels.of([[]] * COUNT),
    {},
)
"""A classification without labels: a score for each of 10,000 lines would take 80 MB."""
