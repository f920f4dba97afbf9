import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurzelwerk.search.analysis.compounds import Splitter
from wurzelwerk.search.analysis.highlights import Range, matched_ranges, name_ranges
from wurzelwerk.search.analysis.labels import label_match
from wurzelwerk.search.analysis.reading import Group, read_query, relaxed
from wurzelwerk.search.analysis.stems import Terms
from wurzelwerk.search.analysis.tokens import Analyzer, Tokens, vocabulary_words, written
from wurzelwerk.search.analysis.words import Language

GERMAN, ENGLISH = Language.GERMAN, Language.ENGLISH
TERMS = Terms()


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(TERMS, Splitter({}))


def test_tokens_are_words_terms_and_parts(analyzer: Analyzer) -> None:
    assert analyzer.tokens("Lernpartnerschaften und Planung", GERMAN) == Tokens(
        words=("lernpartnerschaften", "lernpartnerschaft", "planung"),
        parts=("lern", "lernpartner", "lernpartn", "partner", "partn", "partnerschaften", "partnerschaft"),
    )


def test_tokens_of_a_hyphenated_word_hold_the_whole_too(analyzer: Analyzer) -> None:
    assert analyzer.tokens("E-Mail", GERMAN).words == ("e", "mail", "email")


def test_tokens_of_english_have_no_parts(analyzer: Analyzer) -> None:
    assert analyzer.tokens("The learning partnerships", ENGLISH) == Tokens(
        ("learning", "learn", "partnerships", "partnership"), ()
    )


def test_tokens_keep_acronyms_that_look_like_stop_words(analyzer: Analyzer) -> None:
    assert analyzer.tokens("IT IN der Firma", GERMAN).words == ("it", "in", "firma")


@given(st.text(max_size=200), st.sampled_from(list(Language)))
def test_tokens_of_any_text_are_plain_words(text: str, language: Language) -> None:
    found = Analyzer(TERMS, Splitter({})).tokens(text, language)

    assert all(token.isalnum() for token in found.words + found.parts)


def test_vocabulary_leaves_cut_words_out() -> None:
    words = list(vocabulary_words("Lern- und Arbeitszeit, E-Mail, Ende-", GERMAN))

    assert words == [("arbeitszeit", "Arbeitszeit"), ("e", "E"), ("mail", "Mail")]


@pytest.mark.parametrize(
    "word,shown",
    [
        ("Ge\u00adspräch", "Gespräch"),
        ("Gespra\u0308ch", "Gespräch"),
        ("Plan", "Plan"),
        ("Entwickler\u200binnen", "Entwicklerinnen"),
    ],
)
def test_written_composes_and_drops_invisible_characters(word: str, shown: str) -> None:
    assert written(word) == shown


def test_read_query_takes_the_last_word_as_unfinished() -> None:
    query = read_query("  Planung von  Instandh", TERMS)

    assert query.text == "Planung von Instandh"
    assert query.title[GERMAN] == "planung von instandh"
    assert query.groups == (
        Group("planung", 0, 7, exact=("planung",)),
        Group("instandh", 12, 20, exact=("instandh",), prefixes=("instandh",)),
    )


def test_read_query_takes_a_word_before_a_space_as_whole() -> None:
    assert [group.prefixes for group in read_query("Planung ", TERMS).groups] == [()]


def test_read_query_spells_for_both_languages() -> None:
    (group,) = read_query("values ", TERMS).groups

    assert group.exact == ("valus", "values", "valu")


def test_read_query_knows_synonyms() -> None:
    (group,) = read_query("Fortbildungen ", TERMS).groups

    assert group.exact == ("fortbildungen", "fortbild", "weiterbild", "schulung", "qualifizier", "training")


def test_read_query_keeps_a_stop_word_that_stands_alone() -> None:
    assert [group.folded for group in read_query("die", TERMS).groups] == ["die"]
    assert [group.folded for group in read_query("in der ", TERMS).groups] == ["der"]


def test_read_query_asks_for_a_chain_as_one_word_or_in_pieces() -> None:
    (group,) = read_query("E-Learning ", TERMS).groups

    assert group == Group(
        "elearning", 0, 10, exact=("elearning", "elearn"), together=(("e", "learning"), ("e", "learn"))
    )


def test_read_query_reads_at_most_twelve_words() -> None:
    query = read_query(" ".join(f"wort{number}" for number in range(30)), TERMS)

    assert [group.folded for group in query.groups] == [f"wort{number}" for number in [*range(11), 29]]


@given(st.text(max_size=300))
def test_read_query_reads_any_text(text: str) -> None:
    query = read_query(text, TERMS)

    assert all(query.text[group.start : group.end] for group in query.groups)
    assert all(token.isalnum() for group in query.groups for token in group.exact + group.prefixes)


def test_relaxed_is_content_with_any_word_or_part() -> None:
    query = relaxed(read_query("Lernpartnerschaft Planung ", TERMS), {"lernpartnerschaft": ("partnerschaft", "lern")})

    assert not query.needs_all
    assert [group.exact[-2:] for group in query.groups] == [("partnerschaft", "lern"), ("planung",)]


@pytest.mark.parametrize(
    "text,typed,language,marked",
    [
        ("Gespräche führen", "Gespraech", GERMAN, ["Gespräche"]),
        ("Planung der Instandhaltung", "Planungen ", GERMAN, ["Planung"]),
        ("Instandhaltungsplanung", "Planung ", GERMAN, ["Instandhaltungsplanung"]),
        ("Software-Entwickler*innen im Team", "Entwicklerin", GERMAN, ["Entwickler*innen"]),
        ("E-Learning und Learning", "elearning ", GERMAN, ["E-Learning"]),
        ("E-Learning und Learning", "e-learning ", GERMAN, ["E-Learning", "Learning"]),
        ("The Planning Office", "plan", ENGLISH, ["Planning"]),
        ("An implant", "plant ", ENGLISH, []),
        ("nichts davon", "Planung", GERMAN, []),
    ],
)
def test_matched_ranges_are_the_words_that_answer(text: str, typed: str, language: Language, marked: list[str]) -> None:
    ranges = matched_ranges(text, read_query(typed, TERMS), TERMS, language)

    assert [text[found.start : found.end] for found in ranges] == marked


@given(st.text(max_size=120), st.text(max_size=20), st.sampled_from(list(Language)))
def test_matched_ranges_never_overlap(text: str, typed: str, language: Language) -> None:
    ranges = matched_ranges(text, read_query(typed, TERMS), TERMS, language)

    places = [place for found in ranges for place in (found.start, found.end)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


def test_name_ranges_ignore_spelling() -> None:
    assert name_ranges("Jürgen Müller", "mueller x") == (Range(7, 13),)
    assert name_ranges("Jürgen Müller", " ") == ()


@pytest.mark.parametrize(
    "label,text,match",
    [
        ("Mein Lerntagebuch", "mein le", 0),
        ("Mein Lerntagebuch", "lern", 1),
        ("Mein Lerntagebuch", "tagebuch", 2),
        ("Übersicht", "uebers", 0),
        ("Mein Lerntagebuch", "buch mein", 2),
        ("Mein Lerntagebuch", "plan", None),
        ("Mein Lerntagebuch", " ", None),
        ("Team", "eam", None),
    ],
)
def test_label_match_ranks_beginnings_before_insides(label: str, text: str, match: int | None) -> None:
    assert label_match(label, text) == match
