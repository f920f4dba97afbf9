import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from wurzelwerk.search.actions import index_documents
from wurzelwerk.search.queries import FoundKeys, SearchResult, find, find_keys, first_sentence, shortened
from wurzelwerk.search.tests.factories import ENGLISH, document

pytestmark = pytest.mark.django_db

TITLES = (
    "Lernpartnerschaften begleiten",
    "Instandhaltungsplanung",
    "Planung",
    "Planung von Schichten",
    "Gesprächsführung",
    "Software-Entwickler*innen einarbeiten",
    "Grundlagen der Programmierung in C++",
    "E-Learning gestalten",
    "IT-Sicherheit",
    "Ärztinnen und Ärzte beraten",
    "Maße prüfen",
    "Haushalt und Ernährung",
)


@pytest.fixture
def index() -> None:
    """A small index of titles."""
    index_documents("competences", [document(title) for title in TITLES])


def titles(text: str) -> list[str]:
    return [hit.title for hit in find(text).hits]


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize(
    "typed,expected",
    [
        ("Lernpartner", ["Lernpartnerschaften begleiten"]),
        ("Lernpartner ", ["Lernpartnerschaften begleiten"]),
        ("Partnerschaft ", ["Lernpartnerschaften begleiten"]),
        ("partnerschaften", ["Lernpartnerschaften begleiten"]),
        ("Lernpartnerinnen ", ["Lernpartnerschaften begleiten"]),
        ("Planung", ["Planung", "Planung von Schichten", "Instandhaltungsplanung"]),
        ("Planungen ", ["Planung", "Planung von Schichten", "Instandhaltungsplanung"]),
        ("planung schichten", ["Planung von Schichten"]),
        ("Instandhaltungspl", ["Instandhaltungsplanung"]),
        ("Gesprächsführung", ["Gesprächsführung"]),
        ("Gespraechsfuehrung", ["Gesprächsführung"]),
        ("Gesprachsfuhrung", ["Gesprächsführung"]),
        ("GESPRAECHSF", ["Gesprächsführung"]),
        ("Führung ", ["Gesprächsführung"]),
        ("Entwickler ", ["Software-Entwickler*innen einarbeiten"]),
        ("Entwicklerin", ["Software-Entwickler*innen einarbeiten"]),
        ("Entwickler:innen", ["Software-Entwickler*innen einarbeiten"]),
        ("EntwicklerInnen", ["Software-Entwickler*innen einarbeiten"]),
        ("Entwickler/-innen", ["Software-Entwickler*innen einarbeiten"]),
        ("c++", ["Grundlagen der Programmierung in C++"]),
        ("elearning", ["E-Learning gestalten"]),
        ("e-learning ", ["E-Learning gestalten"]),
        ("IT", ["IT-Sicherheit"]),
        ("Arzt ", ["Ärztinnen und Ärzte beraten"]),
        ("Aerztin", ["Ärztinnen und Ärzte beraten"]),
        ("Masse", ["Maße prüfen"]),
        ("masse pruefen", ["Maße prüfen"]),
        ("Wartung Planung", ["Instandhaltungsplanung"]),
        ("die Planung von der Schicht", ["Planung von Schichten"]),
        ("", []),
        ("   ", []),
        ("!?", []),
    ],
)
def test_find_understands_german(typed: str, expected: list[str]) -> None:
    assert titles(typed) == expected


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize(
    "typed,corrected,expected",
    [
        ("Plnung", "Planung", "Planung"),
        ("Planugn", "Planung", "Planung"),
        ("Instnadhaltungsplanug ", "Instandhaltungsplanung", "Instandhaltungsplanung"),
        ("Gesprächsfürhung", "Gesprächsführung", "Gesprächsführung"),
        ("Gespräcksf", "Gesprächsführung", "Gesprächsführung"),
        ("Plnung Schichten", "Planung Schichten", "Planung von Schichten"),
    ],
)
def test_find_corrects_typing_errors(typed: str, corrected: str, expected: str) -> None:
    result = find(typed)

    assert (result.corrected, result.is_relaxed, result.hits[0].title) == (corrected, False, expected)


@pytest.mark.usefixtures("index")
def test_find_takes_some_words_when_none_holds_all() -> None:
    result = find("Schichten Ernährung")

    assert result.is_relaxed
    assert sorted(hit.title for hit in result.hits) == ["Haushalt und Ernährung", "Planung von Schichten"]


@pytest.mark.usefixtures("index")
def test_find_takes_all_parts_of_an_unknown_compound() -> None:
    result = find("Schichtenplanung ")

    assert (result.is_relaxed, result.corrected) == (False, None)
    assert [hit.title for hit in result.hits] == ["Planung von Schichten"]


@pytest.mark.usefixtures("index")
def test_find_takes_some_parts_when_none_holds_all() -> None:
    result = find("Ernährungsplanung ")

    assert result.is_relaxed
    assert sorted(hit.title for hit in result.hits) == [
        "Haushalt und Ernährung",
        "Instandhaltungsplanung",
        "Planung",
        "Planung von Schichten",
    ]


@pytest.mark.usefixtures("index")
def test_find_proposes_words_when_nothing_is_like_it() -> None:
    result = find("Planetarium")

    assert result == SearchResult((), 0, nearest_terms=("Planung",))


@pytest.mark.usefixtures("index")
def test_find_marks_the_words_that_answer() -> None:
    (hit,) = find("schicht").hits

    assert [hit.title[found.start : found.end] for found in hit.title_ranges] == ["Schichten"]


def test_a_hit_names_the_keyword_that_answered() -> None:
    index_documents("competences", [document("Interviewtechniken", keywords=("Fragetechnik", "Gesprächsführung"))])

    by_keyword, by_title = find("gesprächsf").hits[0], find("interview").hits[0]

    assert (by_keyword.other_name, by_title.other_name) == ("Gesprächsführung", "")


def test_titles_come_before_keywords_before_parts_before_texts() -> None:
    index_documents(
        "competences",
        [
            document("d Text", body="Alles über die Planung im Betrieb"),
            document("c Instandhaltungsplanung"),
            document("b Stichwort", keywords=("Planung",)),
            document("a Planung"),
            document("Planung"),
            document("Planung Z"),
        ],
    )

    assert titles("Planung ") == [
        "Planung",
        "Planung Z",
        "a Planung",
        "b Stichwort",
        "c Instandhaltungsplanung",
        "d Text",
    ]


def test_weight_lifts_a_document_and_ties_are_in_order_of_title() -> None:
    names = ("b Planung", "a Planung", "c Planung")
    index_documents("competences", [document(name, weight=2.0 if name[0] == "c" else 1.0) for name in names])

    assert titles("Planung ") == ["c Planung", "a Planung", "b Planung"]


def test_short_beginnings_are_sought_in_titles_and_keywords() -> None:
    index_documents(
        "competences",
        [
            document("Planung"),
            document("x", keywords=("Plan",)),
            document("y", body="Plan"),
            document("z", summary="Pl"),
        ],
    )

    assert titles("pla") == ["Planung", "x"]
    assert titles("plan") == ["Planung", "x", "y"]


def test_find_pages_through_hits_in_a_stable_order() -> None:
    names = [f"Planung {number:02}" for number in range(25)]
    index_documents("competences", [document(name) for name in reversed(names)])

    pages = [find("planung", limit=10, offset=offset) for offset in (0, 10, 20, 30)]

    assert [hit.title for page in pages for hit in page.hits] == names
    assert [page.total for page in pages] == [25] * 4


def test_find_looks_in_the_named_sources_only() -> None:
    index_documents("competences", [document("Planung")])
    index_documents("pages", [document("Planung im Team")])

    assert [hit.source for hit in find("Planung").hits] == ["competences", "pages"]
    assert [hit.source for hit in find("Planung", sources=["pages"]).hits] == ["pages"]
    assert find("Planung", sources=[]) == SearchResult((), 0, nearest_terms=("Planung",))


def test_an_object_in_two_languages_is_one_hit_in_the_wanted_language() -> None:
    index_documents(
        "competences",
        [
            document("Instandhaltung planen", object_key="1"),
            document("plan maintenance", object_key="1", language=ENGLISH),
            document("only English plan", object_key="2", language=ENGLISH),
        ],
    )

    german, english = find("plan", language="de-formal"), find("plan", language="en")

    assert [(hit.object_key, hit.language) for hit in german.hits] == [("1", "de"), ("2", "en")]
    assert [(hit.object_key, hit.language) for hit in english.hits] == [("1", "en"), ("2", "en")]
    assert german.total == 2


def test_find_keys_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    index_documents("competences", [document("Planung B"), document("Planung A"), document("Team")])
    index_documents("pages", [document("Planung C")])

    with django_assert_num_queries(1):
        found = find_keys("planung", source="competences")

    assert found == FoundKeys(("Planung A", "Planung B"), 2)


@pytest.mark.parametrize("rows", [1, 3])
def test_find_costs_two_queries_however_many_hits(rows: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    index_documents("competences", [document(f"Planung {number}") for number in range(rows)])

    with django_assert_num_queries(2):
        find("planung")


def test_find_costs_at_most_ten_queries_when_nothing_answers(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    index_documents("competences", [document("Planung")])

    with django_assert_max_num_queries(10):
        find("unbekanntes wortungeheuer")


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
@pytest.mark.usefixtures("index")
def test_find_answers_any_text(text: str) -> None:
    assert isinstance(find(text), SearchResult)


@pytest.mark.parametrize("typed", ['"', "a* OR b", "NEAR(a b)", "title_tokens:plan", "' | 'x", "a & !b", "(((", "\x00"])
@pytest.mark.usefixtures("index")
def test_operators_of_the_databases_are_plain_text(typed: str) -> None:
    assert isinstance(find(typed), SearchResult)


@pytest.mark.parametrize(
    "summary,short", [("Kurz.", "Kurz."), ("wort " * 60, "wort " * 46 + "wort …"), ("x" * 300, "x" * 240 + " …")]
)
def test_summaries_are_cut_between_words(summary: str, short: str) -> None:
    assert shortened(summary.strip()) == short


@pytest.mark.parametrize("summary,line", [("Eins. Zwei.", "Eins"), ("", ""), ("wort " * 40, "wort " * 16 + "wort …")])
def test_one_line_of_a_summary_is_its_first_sentence(summary: str, line: str) -> None:
    assert first_sentence(summary.strip()) == line
