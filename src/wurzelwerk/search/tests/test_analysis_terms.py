from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurzelwerk.search.analysis.forms import FormFile, folded_forms, form_file_name, write_form_file
from wurzelwerk.search.analysis.stems import Terms, stem
from wurzelwerk.search.analysis.stopwords import is_stop_word
from wurzelwerk.search.analysis.words import Language, fold

GERMAN, ENGLISH = Language.GERMAN, Language.ENGLISH


@pytest.fixture(scope="session")
def forms(request: pytest.FixtureRequest) -> dict[Language, FormFile]:
    """The word forms, written once and kept between runs."""
    folder = Path(request.config.cache.mkdir("search-forms"))
    return {language: FormFile(write_form_file(folder, language)) for language in Language}


@pytest.mark.slow
@pytest.mark.parametrize(
    "first,second",
    [
        ("geschweißt", "schweißen"),
        ("lernte", "lernen"),
        ("gelernt", "lernen"),
        ("Häuser", "Haus"),
        ("Planungen", "Planung"),
        ("Führungskräfte", "Führungskraft"),
        ("Partnerschaften", "Partnerschaft"),
        ("Mitarbeitenden", "Mitarbeitende"),
        ("Mitarbeiterinnen", "Mitarbeiter"),
        ("Ärztinnen", "Arzt"),
        ("gesprochen", "sprechen"),
        ("ging", "gehen"),
        ("Kundinnen", "Kunden"),
    ],
)
def test_inflected_german_words_share_a_term(forms: dict[Language, FormFile], first: str, second: str) -> None:
    terms = Terms(forms)

    assert terms.term(fold(first, GERMAN), GERMAN) == terms.term(fold(second, GERMAN), GERMAN)


@pytest.mark.slow
@pytest.mark.parametrize(
    "first,second", [("ran", "run"), ("values", "value"), ("taught", "teach"), ("skills", "skill")]
)
def test_inflected_english_words_share_a_term(forms: dict[Language, FormFile], first: str, second: str) -> None:
    terms = Terms(forms)

    assert terms.term(first, ENGLISH) == terms.term(second, ENGLISH)


def test_terms_without_forms_stem() -> None:
    assert Terms().term("planungen", GERMAN) == Terms().term("planung", GERMAN)


@pytest.mark.parametrize("word", ["it", "9001", "ipv6", ""])
def test_stem_leaves_short_words_and_digits(word: str) -> None:
    assert stem(word, GERMAN) == word


@given(st.text(max_size=40), st.sampled_from(list(Language)))
def test_term_exists_for_any_text(text: str, language: Language) -> None:
    assert isinstance(Terms().term(fold(text, language), language), str)


def test_folded_forms_drop_forms_that_are_their_own() -> None:
    entries = {
        "schön": "schön",
        "schon": "schon",
        "Häuser": "Haus",
        "häuser": "haus",
        "ging": "gehen",
        "Schönen": "schön",
    }

    assert folded_forms(entries, GERMAN) == {"hauser": "haus", "ging": "gehen", "schonen": "schon"}


def test_folded_forms_settle_a_tie_by_the_alphabet() -> None:
    entries = {"wägen": "wiegen", "wagen": "wagern", "Wägen": "wegen"}

    assert folded_forms(entries, GERMAN) == {"wagen": "wagern"}


def test_form_file_finds_each_line_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "forms.txt"
    listed = {f"wort{number:03}": f"base{number}" for number in range(200)}
    path.write_text("".join(f"{form}\t{base}\n" for form, base in listed.items()))

    forms = FormFile(path)

    assert {form: forms.lemma(form) for form in listed} == listed
    assert [forms.lemma(word) for word in ("", "aaa", "wort", "wort0005", "zzz", "wort000\t")] == [None] * 6


def test_form_file_name_changes_with_the_language() -> None:
    assert form_file_name(GERMAN) != form_file_name(ENGLISH)


@pytest.mark.slow
def test_write_form_file_writes_the_forms_of_a_language(tmp_path: Path) -> None:
    path = write_form_file(tmp_path / "new", ENGLISH)

    assert [file.name for file in path.parent.iterdir()] == [form_file_name(ENGLISH)]
    assert FormFile(path).lemma("taught") == "teach"


def test_write_form_file_keeps_a_file_that_is_there(tmp_path: Path) -> None:
    (tmp_path / form_file_name(ENGLISH)).write_text("kept\tkeep\n")

    path = write_form_file(tmp_path, ENGLISH)

    assert path.read_text() == "kept\tkeep\n"


@pytest.mark.parametrize(
    "original,language,expected",
    [
        ("und", GERMAN, True),
        ("Über", GERMAN, True),
        ("the", ENGLISH, True),
        ("IT", GERMAN, False),
        ("SO", GERMAN, False),
    ],
)
def test_is_stop_word_spares_acronyms(original: str, language: Language, expected: bool) -> None:
    assert is_stop_word(original, fold(original, language), language) is expected
