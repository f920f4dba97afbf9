import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurzelwerk.search.analysis.compounds import Splitter
from wurzelwerk.search.analysis.words import Language, fold

VOCABULARY = {
    fold(word, Language.GERMAN): 5
    for word in """
        Instandhaltung Bildung Gesprächs Gespräch Mitarbeitergespräch Personalentwicklung Sicherheit Ankunft Sorte Orte
        Kaffee Haltung Eisen Eisenbahn Bahn Methoden Montage Verwaltung Schlüssel Ionen Wirt Wirtschaft Fischerei
        Blüten Honig sprechen reden Sprache Kenntnisse Weiterbildung Ausbildung
    """.split()  # noqa: SIM905
}


@pytest.fixture(scope="module")
def splitter() -> Splitter:
    return Splitter(VOCABULARY)


@pytest.mark.parametrize(
    "word,parts",
    [
        ("Lernpartnerschaften", "lern partner schaften"),
        ("Instandhaltungsplanung", "instandhaltung planung"),
        ("Gesprächsführung", "gesprachs fuhrung"),
        ("Mitarbeitergespräch", "mitarbeiter gesprach"),
        ("Personalentwicklungsmaßnahmen", "personal entwicklung massnahmen"),
        ("Arbeitssicherheit", "arbeit sicherheit"),
        ("Ankunftsorte", "ankunft orte"),
        ("Eisenbahnrecht", "eisen bahn recht"),
        ("Montagemethoden", "montage methoden"),
        ("Sprachkenntnisse", "sprach kenntnisse"),
        ("Blütenhonig", "bluten honig"),
        ("Lernort", "lern ort"),
        ("Lernzeitkonto", ""),
        ("Schlüsselverwaltung", "schlussel verwaltung"),
        ("Subsistenzfischerei", "subsistenz fischerei"),
        ("Weiterbildung", ""),
        ("Ausbildung", ""),
        ("Wirtschaft", ""),
        ("Aktionen", ""),
        ("Verantwortung", ""),
        ("Planung", ""),
        ("Lern1ort", ""),
        ("Kaffeesorte", "kaffee sorte"),
        ("Vermessungskunde", "vermessung kunde"),
        ("Innungskrankenkasse", "innung krankenkasse"),
        ("Gemeinschaftsgefühl", "gemeinschaft gefuhl"),
        ("Schwungscheibe", ""),
        ("Jungstute", ""),
    ],
)
def test_splitter_finds_the_words_of_a_compound(splitter: Splitter, word: str, parts: str) -> None:
    assert " ".join(splitter.parts(fold(word, Language.GERMAN))) == parts


def test_subwords_are_parts_and_runs_of_neighbours(splitter: Splitter) -> None:
    assert splitter.subwords("lernpartnerschaften") == ("lern", "lernpartner", "partner", "partnerschaften")


def test_four_letters_count_only_when_more_common_than_the_word() -> None:
    rare_part = Splitter({"kali": 1, "chemie": 9, "chemikalien": 20})
    common_part = Splitter({"luft": 90, "fahrt": 10, "luftfahrt": 20})

    assert rare_part.parts("chemikalien") == ()
    assert common_part.parts("luftfahrt") == ("luft", "fahrt")


def test_an_unknown_first_part_needs_a_common_last_part() -> None:
    once = Splitter({"fischerei": 1})
    often = Splitter({"fischerei": 2})

    assert once.parts("subsistenzfischerei") == ()
    assert often.parts("subsistenzfischerei") == ("subsistenz", "fischerei")


@given(st.text(alphabet="abdeginlprstuv", max_size=50))
def test_subwords_lie_inside_any_word(text: str) -> None:
    found = Splitter(VOCABULARY).subwords(text)

    assert all(part in text and part != text for part in found)
