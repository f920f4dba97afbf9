import pytest
from django.utils import translation

from wurzelwerk.people.hr_import.reading.fields import PERSON_FIELDS, UNIT_FIELDS
from wurzelwerk.people.hr_import.reading.headings import (
    Column,
    Refusal,
    field_of,
    fold,
    letters_of,
    recognise,
    refusal_of,
)
from wurzelwerk.people.hr_import.sentences import FIELDS, REFUSALS


@pytest.mark.parametrize(
    "heading,field",
    [
        ("Personalnummer", "staff_number"),
        ("Pers.-Nr.", "staff_number"),
        ("Employee ID", "staff_number"),
        ("Vorname", "given_name"),
        ("Last name", "family_name"),
        ("E-Mail (dienstlich)", "email"),
        ("E-Mail-Adresse", "email"),
        ("Abteilung", "unit_name"),
        ("OE-Kürzel", "unit_code"),
        ("Übergeordnete Einheit", "unit_parent"),
        ("Organisationspfad", "unit_path"),
        ("Vorgesetzte", "manager"),
        ("Personalnummer Führungskraft", "manager"),
        ("Stelle", "job_role"),
        ("Stellenschlüssel", "job_role_code"),
        ("Standort", "site"),
        ("Arbeitszeitmodell", "work_pattern"),
        ("Wochenstunden", "weekly_hours"),
        ("Sprache", "language"),
        ("Eintritt", "entered_on"),
        ("Beschäftigt seit", "entered_on"),
        ("Exit date", "left_on"),
        ("AUSTRITTSDATUM", "left_on"),
    ],
)
def test_heading_is_recognised(heading: str, field: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize(
    "heading,refusal",
    [
        ("Gehalt", Refusal.PAY),
        ("Entgeltgruppe", Refusal.PAY),
        ("IBAN", Refusal.PAY),
        ("Geburtsdatum", Refusal.BIRTH),
        ("Date of birth", Refusal.BIRTH),
        ("Alter", Refusal.BIRTH),
        ("Konfession", Refusal.BELIEF),
        ("Gesundheit", Refusal.HEALTH),
        ("GdB", Refusal.HEALTH),
        ("Krankentage 2025", Refusal.HEALTH),
        ("Geschlecht", Refusal.GENDER),
        ("Anrede", Refusal.GENDER),
        ("Familienstand", Refusal.FAMILY),
        ("Staatsangehörigkeit", Refusal.ORIGIN),
        ("Gewerkschaft", Refusal.UNION),
        ("Straße", Refusal.PRIVATE),
        ("Telefon privat", Refusal.PRIVATE),
        ("Steuer-ID", Refusal.IDENTITY),
        ("Leistungsbeurteilung", Refusal.APPRAISAL),
        ("Lieblingsfarbe", Refusal.UNKNOWN),
    ],
)
def test_column_is_refused_with_its_reason(heading: str, refusal: Refusal) -> None:
    assert recognise([heading]) == (Column(0, heading, refusal=refusal, letters="A"),)


def test_sensitive_columns_cannot_be_chosen_after_all() -> None:
    columns = recognise(["Gehalt", "Kostenstelle", "Vorname", "Rufname"])

    assert [column.may_be_chosen for column in columns] == [False, True, True, True]
    assert [column.refusal for column in columns] == [Refusal.PAY, Refusal.UNKNOWN, None, Refusal.TWICE]


def test_columns_without_a_heading_are_passed_over() -> None:
    assert [column.letters for column in recognise(["", "Vorname", " ", "Nachname"])] == ["B", "D"]


def test_units_file_has_short_headings() -> None:
    columns = recognise(["Code", "Bezeichnung", "Parent"], UNIT_FIELDS)

    assert [column.field for column in columns] == ["unit_code", "unit_name", "unit_parent"]


def test_no_heading_means_two_fields() -> None:
    headings = [heading for field in PERSON_FIELDS for heading in field.headings]

    assert len(headings) == len(set(headings))


def test_headings_of_fields_are_folded_and_not_sensitive() -> None:
    headings = [heading for field in PERSON_FIELDS for heading in field.headings]

    assert [heading for heading in headings if fold(heading) != heading] == []
    assert refusal_of("Telefonnummer") is Refusal.UNKNOWN


def test_everything_has_a_name_or_a_reason_in_words() -> None:
    assert {field.key for field in PERSON_FIELDS} == set(FIELDS)
    assert set(Refusal) == set(REFUSALS)


@pytest.mark.parametrize("place,letters", [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_lettered_like_a_spreadsheet(place: int, letters: str) -> None:
    assert letters_of(place) == letters


@pytest.mark.parametrize("language", ["de", "en"])
def test_own_names_of_columns_are_understood(language: str) -> None:
    """What the pages call a column may stand above it in the next file."""
    with translation.override(language):
        misread = {str(FIELDS[field.key]): field_of(str(FIELDS[field.key])) for field in PERSON_FIELDS}
        expected = {str(FIELDS[field.key]): field.key for field in PERSON_FIELDS}

    assert misread == expected
