from collections.abc import Iterable

import pytest

from wurzelwerk.people.hr_import.reading.codes import free_code, slug
from wurzelwerk.people.hr_import.reading.problems import PEOPLE, UNITS, CellRefused, Problem
from wurzelwerk.people.hr_import.reading.terms import NewTerm, PatternBook, TermBook
from wurzelwerk.people.hr_import.reading.units import MOST_LEVELS, UnitBook, steps_of
from wurzelwerk.people.hr_import.sentences import problem_text

Row = tuple[str, str, str | None]


def book_of(rows: Iterable[Row], known: Iterable[tuple[str, str, str]] = ()) -> UnitBook:
    book = UnitBook(known)
    for number, (code, name, above) in enumerate(rows, start=2):
        book.declare(code, name, above, number, UNITS)
    return book


def paths_of(book: UnitBook) -> dict[str, str]:
    placed, problems = book.placed()
    assert problems == []
    return {unit.code: unit.path for unit in placed}


def problem_of(book: UnitBook) -> Problem:
    placed, problems = book.placed()
    assert placed == []
    assert all(problem_text(problem.code, problem.params) for problem in problems)
    return problems[0]


def refusal(book: UnitBook, row: Row) -> CellRefused:
    with pytest.raises(CellRefused) as refused:
        book.declare(*row, 9, UNITS)
    assert problem_text(refused.value.code, refused.value.params)
    return refused.value


def test_tree_is_placed_in_any_order_of_rows() -> None:
    book = book_of([("L3", "Linie 3", "MON"), ("MON", "Montage", "W"), ("W", "Werk", "")])

    assert paths_of(book) == {"W": "W/", "MON": "W/MON/", "L3": "W/MON/L3/"}
    assert [unit.depth for unit in book.placed()[0]] == [0, 1, 2]


def test_parent_may_be_told_by_its_name() -> None:
    assert paths_of(book_of([("W", "Werk", ""), ("M", "Montage", "werk")]))["M"] == "W/M/"


def test_known_units_stay_where_nothing_is_told() -> None:
    known = [("W", "Werk", ""), ("M", "Montage", "W")]

    assert paths_of(book_of([("M", "Endmontage", None)], known)) == {"W": "W/", "M": "W/M/"}
    assert paths_of(book_of([("M", "Montage", "")], known)) == {"W": "W/", "M": "M/"}


def test_slash_in_a_code_does_not_look_like_a_step() -> None:
    assert paths_of(book_of([("A/B", "x", ""), ("A", "y", ""), ("B", "z", "A")]))["A/B"] == "A%2FB/"


def test_circle_of_units_is_found_with_its_row() -> None:
    problem = problem_of(book_of([("W", "Werk", ""), ("A", "a", "C"), ("B", "b", "A"), ("C", "c", "B")]))

    assert (problem.row, problem.code, problem.source) == (3, "circular_units", UNITS)
    assert problem.params == {"circle": "A → C → B → A"}


def test_unit_below_itself_is_a_circle() -> None:
    assert problem_of(book_of([("A", "a", "A")])).params == {"circle": "A → A"}


def test_known_units_may_close_a_circle_with_new_ones() -> None:
    book = book_of([("W", "Werk", "M")], known=[("W", "Werk", ""), ("M", "Montage", "W")])

    assert (problem_of(book).code, problem_of(book).row) == ("circular_units", 2)


def test_unknown_parent_is_found() -> None:
    problem = problem_of(book_of([("A", "a", "X")]))

    assert (problem.row, problem.field, problem.code, problem.value) == (2, "unit_parent", "unknown_parent", "X")


def test_tree_beyond_every_measure_is_refused() -> None:
    chain: list[Row] = [("0", "x", "")]
    chain += [(str(level), "x", str(level - 1)) for level in range(1, MOST_LEVELS + 3)]

    assert problem_of(book_of(chain)).code == "tree_too_deep"


def test_deep_chain_is_placed_without_recursion() -> None:
    chain: list[Row] = [("0", "x", "")]
    chain += [(str(level), "x", str(level - 1)) for level in range(1, MOST_LEVELS)]

    assert len(paths_of(book_of(reversed(chain)))) == MOST_LEVELS


def test_rows_must_agree_about_a_unit() -> None:
    book = book_of([("W", "Werk", ""), ("A", "Montage", "W")])

    assert book.declare("A", "Montage", "W", 5, PEOPLE) == "A"
    assert (refusal(book, ("A", "Versand", "W")).code, refusal(book, ("A", "Versand", "W")).params) == (
        "unit_name_differs",
        {"row": 3, "other": "Montage"},
    )
    assert refusal(book, ("A", "", "X")).code == "unit_parent_differs"


def test_units_without_a_code_get_one_from_their_name() -> None:
    book = UnitBook([])

    assert [
        book.declare("", name, None, row, PEOPLE) for row, name in enumerate(("Prüfung & Übergabe", "IT", "it"))
    ] == [
        "pruefung-uebergabe",
        "it",
        "it",
    ]


def test_same_name_in_different_places_is_two_units() -> None:
    book = UnitBook([])

    first = book.along("Werk Nord / Versand", "", 2, PEOPLE)
    second = book.along("Werk Süd / Versand", "", 3, PEOPLE)

    assert (first, second) == ("versand", "versand-2")
    assert book.along("Werk Nord / Versand", "", 4, PEOPLE) == first
    assert paths_of(book)["versand-2"] == "werk-sued/versand-2/"


def test_path_is_found_again_among_known_units() -> None:
    known = [("W", "Werk Nord", ""), ("V", "Versand", "W")]

    assert UnitBook(known).along("Werk Nord / Versand", "", 2, PEOPLE) == "V"


def test_last_unit_of_a_path_may_have_its_code() -> None:
    book = UnitBook([])

    assert book.along("Werk / Montage", "M-17", 2, PEOPLE) == "M-17"
    assert paths_of(book) == {"werk": "werk/", "M-17": "werk/M-17/"}


def test_path_of_too_many_levels_is_refused() -> None:
    with pytest.raises(CellRefused) as refused:
        UnitBook([]).along("/".join(["x"] * (MOST_LEVELS + 1)), "", 2, PEOPLE)

    assert refused.value.code == "path_too_deep"


def test_step_of_a_path_with_too_long_a_name_is_refused() -> None:
    with pytest.raises(CellRefused) as refused:
        UnitBook([]).along(f"Werk / {'x' * 161}", "", 2, PEOPLE)

    assert (refused.value.code, refused.value.field) == ("too_long", "unit_path")


def test_rows_only_refer_to_units_once_there_is_a_units_file() -> None:
    book = book_of([("W", "Werk", "")])
    book.is_complete = True

    assert book.find("", "werk") == "W"
    assert book.find("X", "") == ""
    with pytest.raises(CellRefused) as refused:
        book.along("Werk / Montage", "", 2, PEOPLE)
    assert refused.value.code == "unknown_unit"


def test_name_of_several_units_needs_more() -> None:
    book = book_of([("A", "Versand", ""), ("B", "Versand", "")])

    with pytest.raises(CellRefused) as refused:
        book.find("", "Versand")
    assert (refused.value.code, refused.value.params) == ("ambiguous_unit", {"count": 2})


@pytest.mark.parametrize(
    "path,steps",
    [
        ("Werk / Montage / Linie 3", ["Werk", "Montage", "Linie 3"]),
        ("Vertrieb/Marketing / Inland", ["Vertrieb/Marketing", "Inland"]),
        ("Werk > Montage", ["Werk", "Montage"]),
        ("Werk>Montage/Lack", ["Werk", "Montage/Lack"]),
        ("Werk/Montage", ["Werk", "Montage"]),
        (" / Werk // ", ["Werk"]),
    ],
)
def test_path_is_split_where_it_means_a_step(path: str, steps: list[str]) -> None:
    assert steps_of(path) == steps


def test_slug_of_a_long_or_foreign_name_is_short_and_always_the_same() -> None:
    assert slug("Qualitäts-Prüfung (ISO)", 80) == "qualitaets-pruefung-iso"
    assert slug("x" * 90, 20) == slug("x" * 90, 20) != slug("x" * 91, 20)
    assert len(slug("x" * 90, 20)) == 20
    assert len(slug("生産", 20)) == 8


def test_free_code_is_numbered_where_it_is_taken() -> None:
    assert free_code("Werk", {"werk", "werk-2"}, 40) == "werk-3"


def test_job_roles_are_found_by_code_and_title() -> None:
    book = TermBook([("IM-1", "Industriemechanik", "Industrial mechanics")], 80)

    assert book.code_for("im-1", "") == "IM-1"
    assert book.code_for("", "industrial mechanics") == "IM-1"
    assert book.code_for("", "IM-1") == "IM-1"
    assert book.code_for("", "") == ""
    assert book.new == {}


def test_new_job_roles_are_noted_once() -> None:
    book = TermBook([], 80)

    assert book.code_for("", "Gießerei") == book.code_for("", "gießerei") == "giesserei"
    assert book.code_for("X1", "") == "X1"
    assert list(book.new.values()) == [NewTerm("giesserei", "Gießerei"), NewTerm("X1", "X1")]


def test_too_long_a_code_is_refused() -> None:
    with pytest.raises(CellRefused) as refused:
        TermBook([], 5).code_for("123456", "x")

    assert refused.value.code == "too_long"


@pytest.mark.parametrize(
    "name,told,hours",
    [
        ("Teilzeit 25,5 Std.", "", "25.5"),
        ("Vollzeit", "", "40.0"),
        ("Vollzeit", "35.0", "35.0"),
        ("Part-time", "", "20.0"),
        ("3-Schicht", "", "40.0"),
        ("Schicht 12", "", "40.0"),
        ("Gleitzeit", "", "40.0"),
        ("Teilzeit 50 %", "", "20.0"),
        ("TZ 30", "", "30.0"),
        ("38,5", "", "38.5"),
        ("Nachtdienst 12h", "", "12.0"),
        ("", "38.5", "38.5"),
    ],
)
def test_new_work_pattern_tells_its_hours(name: str, told: str, hours: str) -> None:
    book = PatternBook([], 60)

    code = book.code_for("", name, told)

    assert book.new[code].hours == hours


def test_work_pattern_without_hours_is_refused_unless_it_is_known() -> None:
    assert PatternBook([("sab", "Sabbatical", "")], 60).code_for("", "Sabbatical") == "sab"
    with pytest.raises(CellRefused) as refused:
        PatternBook([], 60).code_for("", "Modell 17")
    assert refused.value.code == "unknown_pattern"
