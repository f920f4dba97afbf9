import pytest

from wurzelwerk.people.hr_import.reading import cells
from wurzelwerk.people.hr_import.reading.problems import BROKEN, FORMULA, CellRefused, cut


def day(raw: str, *, is_1904: bool = False) -> str | None:
    return cells.day(raw, 40, this_year=2026, is_1904=is_1904)


@pytest.mark.parametrize(
    "raw,expected",
    [
        ("24.11.2026", "2026-11-24"),
        (" 1.2.2026 ", "2026-02-01"),
        ("01. 02. 2026", "2026-02-01"),
        ("24.11.26", "2026-11-24"),
        ("01.04.87", "1987-04-01"),
        ("01.04.36", "2036-04-01"),
        ("01.04.37", "1937-04-01"),
        ("2026-11-24", "2026-11-24"),
        ("2026-11-24 00:00:00", "2026-11-24"),
        ("2026-11-24T00:00:00Z", "2026-11-24"),
        ("20261124", "2026-11-24"),
        ("24/11/2026", "2026-11-24"),
        ("11/24/2026", "2026-11-24"),
        ("05/05/2026", "2026-05-05"),
        ("1. April 2020", "2020-04-01"),
        ("1 Mär. 2020", "2020-03-01"),
        ("12 May 2020", "2020-05-12"),
        ("44927", "2023-01-01"),
        ("44927,0", "2023-01-01"),
        ("", None),
        ("  ", None),
        ("31.12.9999", None),
        ("9999-12-31", None),
    ],
)
def test_day_is_read_in_every_common_form(raw: str, expected: str | None) -> None:
    assert day(raw) == expected


def test_day_as_number_counts_from_1904_where_the_workbook_says_so() -> None:
    assert day("43465", is_1904=True) == "2023-01-01"


@pytest.mark.parametrize(
    "raw,code",
    [
        ("31.02.2026", "bad_date"),
        ("2026-13-01", "bad_date"),
        ("soon", "bad_date"),
        ("24.11.", "bad_date"),
        ("2026-11-24 13:30", "bad_date"),
        ("5", "bad_date"),
        ("1. Brumaire 2020", "bad_date"),
        ("05/06/2026", "ambiguous_date"),
        ("01.01.1800", "far_date"),
        ("01.01.2300", "far_date"),
        ("=TODAY()", "formula"),
    ],
)
def test_day_that_is_none_is_refused(raw: str, code: str) -> None:
    with pytest.raises(CellRefused) as refused:
        day(raw)

    assert refused.value.code == code


@pytest.mark.parametrize(
    "raw,expected",
    [
        ("  Amira ", "Amira"),
        ("Anna\N{NO-BREAK SPACE}Lena", "Anna Lena"),
        ("Ju\u0308rgen", "Jürgen"),
        ("Kran\N{SOFT HYPHEN}führung", "Kranführung"),
        ("Abteilung\nNord", "Abteilung Nord"),
        ("\N{ZERO WIDTH NO-BREAK SPACE}4711", "4711"),
        ('="00123"', "00123"),
        ("Łukasz", "Łukasz"),
    ],
)
def test_text_is_cleaned(raw: str, expected: str) -> None:
    assert cells.text(raw, 80) == expected


@pytest.mark.parametrize(
    "raw,code",
    [
        ("A\0mira", "control_character"),
        ("A\x07mira", "control_character"),
        ("x" * 81, "too_long"),
        ("=1+1", "formula"),
        (f"{FORMULA}D17", "formula"),
        (f"{BROKEN}D17", "broken_cell"),
    ],
)
def test_text_that_cannot_be_kept_is_refused(raw: str, code: str) -> None:
    with pytest.raises(CellRefused) as refused:
        cells.text(raw, 80)

    assert refused.value.code == code


def test_a_formula_names_its_cell() -> None:
    with pytest.raises(CellRefused) as refused:
        cells.text(f"{FORMULA}D17", 80)

    assert refused.value.params == {"cell": "D17"}


def test_required_text_must_not_be_empty() -> None:
    with pytest.raises(CellRefused) as refused:
        cells.required_text("  ", 80)

    assert refused.value.code == "missing"


@pytest.mark.parametrize(
    "raw,expected",
    [
        ("de", "de"),
        ("Deutsch", "de"),
        ("DE-AT", "de"),
        ("de_CH", "de"),
        ("Deutsch (Sie)", "de-formal"),
        ("EN", "en"),
        ("", ""),
    ],
)
def test_language_is_known_by_many_names(raw: str, expected: str) -> None:
    assert cells.language(raw, 40) == expected


@pytest.mark.parametrize(
    "raw,expected", [("38,5", "38.5"), ("20", "20.0"), ("37.25 h", "37.2"), ("40 Std.", "40.0"), ("", "")]
)
def test_hours_have_a_comma_or_a_point(raw: str, expected: str) -> None:
    assert cells.hours(raw, 10) == expected


@pytest.mark.parametrize("raw", ["0", "99", "viel", "-5", "1e1", "٣"])
def test_hours_nobody_can_work_are_refused(raw: str) -> None:
    with pytest.raises(CellRefused) as refused:
        cells.hours(raw, 10)

    assert refused.value.code == "bad_hours"


@pytest.mark.parametrize("raw", ["amira@example.org", "A.b+c@Sub.example.co", "Jürgen@Müller.example", " x@y.zz "])
def test_email_is_kept_in_lower_case(raw: str) -> None:
    assert cells.email(raw, 254) == raw.strip().lower()


@pytest.mark.parametrize(
    "raw", ["amira", "a@b", "a b@example.org", "a@example.org, b@example.org", "@example.org", "a@b."]
)
def test_email_without_its_parts_is_refused(raw: str) -> None:
    with pytest.raises(CellRefused) as refused:
        cells.email(raw, 254)

    assert refused.value.code == "bad_email"


def test_unknown_language_is_refused() -> None:
    with pytest.raises(CellRefused) as refused:
        cells.language("Klingonisch", 40)

    assert refused.value.code == "unknown_language"


def test_shown_value_is_cut_and_printable() -> None:
    assert cut("x" * 90) == "x" * 79 + "…"
    assert cut("A\0B") == "A\N{REPLACEMENT CHARACTER}B"
