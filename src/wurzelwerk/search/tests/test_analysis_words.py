import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurzelwerk.search.analysis.gender import join_gender_forms, person_base
from wurzelwerk.search.analysis.words import Language, fold, fold_lines, fold_text, words

GERMAN, ENGLISH = Language.GERMAN, Language.ENGLISH


@pytest.mark.parametrize(
    "spelling,folded",
    [
        ("Gesprächsführung", "gesprachsfuhrung"),
        ("Gespraechsfuehrung", "gesprachsfuhrung"),
        ("Gesprachsfuhrung", "gesprachsfuhrung"),
        ("GESPRÄCHSFÜHRUNG", "gesprachsfuhrung"),
        ("Gespra\u0308chsfu\u0308hrung", "gesprachsfuhrung"),
        ("Gesprächs\u00adführung", "gesprachsfuhrung"),
        ("Maß", "mass"),
        ("MASS", "mass"),
        ("Übung", "ubung"),
        ("Uebung", "ubung"),
        ("Öl", "ol"),
        ("Oel", "ol"),
        ("neuen", "neuen"),
        ("Steuer", "steuer"),
        ("Bauer", "bauer"),
        ("Quelle", "quelle"),
        ("Gebäude", "gebaude"),
        ("Gebaeude", "gebaude"),
        ("Café", "cafe"),
        ("Ærø", "aro"),
        ("ﬁnanz", "finanz"),
        ("C++", "cplusplus"),
        ("C#", "csharp"),
        (".NET", "dotnet"),
        ("İstanbul", "istanbul"),
        ("geht's", "geht"),
        ("Ивано́в", "иванов"),
        ("\u00ad", ""),
    ],
)
def test_fold_gives_german_spellings_one_form(spelling: str, folded: str) -> None:
    assert fold(spelling, GERMAN) == folded


@pytest.mark.parametrize("word", ["value", "values", "queue", "poet", "Israel"])
def test_fold_leaves_english_vowels_alone(word: str) -> None:
    assert fold(word, ENGLISH) == word.lower()


@given(st.text(max_size=80), st.sampled_from(list(Language)))
def test_fold_is_idempotent_on_any_text(text: str, language: Language) -> None:
    once = fold(text, language)

    assert fold(once, language) == once


@given(st.text(max_size=200))
def test_words_lie_in_order_inside_any_text(text: str) -> None:
    found = list(words(text))

    places = [place for word in found for place in (word.start, word.end)]
    assert places == sorted(places)
    assert [text[word.start : word.end][:64] for word in found] == [word.text for word in found]


@given(st.lists(st.from_regex(r"[a-zA-ZäöüÄÖÜßé]{1,12}", fullmatch=True), max_size=8))
def test_fold_lines_agrees_with_folding_each_word(listed: list[str]) -> None:
    folded = fold_lines("\n".join(listed), GERMAN).split("\n")

    assert folded == ([fold(word, GERMAN) for word in listed] or [""])


def test_words_number_hyphenated_chains() -> None:
    found = [(word.text, word.chain) for word in words("E-Learning-Kurs für C++, .NET und Team - heute")]

    assert found == [
        ("E", 0),
        ("Learning", 0),
        ("Kurs", 0),
        ("für", 1),
        ("C++", 2),
        (".NET", 3),
        ("und", 4),
        ("Team", 5),
        ("heute", 6),
    ]


def test_long_words_are_cut() -> None:
    assert [len(word.text) for word in words("a" * 100)] == [64]


def test_fold_text_joins_words() -> None:
    assert fold_text("Gespräche führen – mit C++!", GERMAN) == "gesprache fuhren mit cplusplus"


@pytest.mark.parametrize(
    "text",
    [
        "Entwickler*innen",
        "Entwickler:innen",
        "Entwickler_innen",
        "Entwickler/-innen",
        "Entwickler/innen",
        "Entwickler(innen)",
        "EntwicklerInnen",
        "Entwickler·innen",
        "Entwicklerinnen",
        "Entwicklerin",
        "Entwickler*in",
        "Entwickler/-in",
        "Entwickler",
    ],
)
def test_gender_forms_fold_to_one_base(text: str) -> None:
    joined = join_gender_forms(text)
    (word,) = words(joined)

    assert len(joined) == len(text)
    assert person_base(fold(word.text, GERMAN)) == "entwickler"


@pytest.mark.parametrize(
    "word,base",
    [
        ("arztinnen", "arzt"),
        ("kolleginnen", "kolleg"),
        ("ingenieurin", "ingenieur"),
        ("padagogin", "padagogin"),
        ("referentinnen", "referent"),
        ("kauffrau", "kaufmann"),
        ("fachleute", "fachmann"),
        ("beginnen", "beginnen"),
        ("gewinnen", "gewinnen"),
        ("medizin", "medizin"),
        ("termin", "termin"),
        ("disziplin", "disziplin"),
        ("linkedin", "linkedin"),
    ],
)
def test_person_base_changes_only_words_for_people(word: str, base: str) -> None:
    assert person_base(word) == base


@pytest.mark.parametrize("text", ["Lernen/in der Gruppe", "oder(in", "und:in", "a*in", "Team:innenarchitektur"])
def test_signs_elsewhere_stay(text: str) -> None:
    assert join_gender_forms(text) == text


@given(st.text(max_size=120))
def test_join_gender_forms_keeps_the_length_of_any_text(text: str) -> None:
    assert len(join_gender_forms(text)) == len(text)
