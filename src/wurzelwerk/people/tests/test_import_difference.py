from datetime import date
from pathlib import Path

import pytest
import time_machine

from wurzelwerk.kernel import clock
from wurzelwerk.people.choices import ImportState, Role
from wurzelwerk.people.models import (
    Employment,
    ImportRow,
    ImportUnit,
    JobRole,
    OrgUnit,
    PeopleImport,
    Person,
    RoleGrant,
    Site,
    WorkPattern,
)
from wurzelwerk.people.tests.factories import EmploymentFactory, PersonFactory
from wurzelwerk.people.tests.people_files import (
    applied,
    apply,
    check,
    checked,
    company,
    kinds_of,
    problems_of,
    workbook,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]

FULL = """
Personalnummer;Vorname;Nachname;E-Mail;Organisationspfad;Stelle;Standort;Arbeitszeitmodell;Sprache;Eintritt;Vorgesetzte
100;Clara;Vogt;clara@example.org;Werk / Produktion;Leitung;Nord;Vollzeit;Deutsch;01.02.2015;
101;Amira;Haddad;amira@example.org;Werk / Produktion / Linie 3;Industriemechanik;Nord;Teilzeit 30 Std.;de;2020-03-01;100
102;Ben;Krüger;ben@example.org;Werk / Vertrieb;Vertrieb;Süd;Vollzeit;Englisch;44927;103
103;David;Lenz;;Werk / Vertrieb;Leitung;Süd;Vollzeit;;;
"""


def test_first_import_brings_persons_with_everything_they_stand_on(tmp_path: Path) -> None:
    people_import = applied(write(tmp_path, FULL))

    assert people_import.state == ImportState.APPLIED
    assert people_import.counts["joiner"] == 4
    assert company()["101"] == {
        "staff_number": "101",
        "given_name": "Amira",
        "family_name": "Haddad",
        "email": "amira@example.org",
        "language": "de",
        "entered_on": date(2020, 3, 1),
        "left_on": None,
        "is_active": True,
        "employment__unit__path": "werk/produktion/linie-3/",
        "employment__job_role__code": "industriemechanik",
        "employment__site__code": "nord",
        "employment__work_pattern__code": "teilzeit-30-std",
        "employment__manager__staff_number": "100",
    }
    assert company()["102"]["language"] == "en"
    assert company()["102"]["entered_on"] == date(2023, 1, 1)
    assert [unit.depth for unit in OrgUnit.objects.order_by("path")] == [0, 1, 2, 1]
    assert WorkPattern.objects.get(code="teilzeit-30-std").hours_per_week == 30
    assert (JobRole.objects.count(), Site.objects.count()) == (3, 2)


def test_new_persons_cannot_sign_in_with_any_password(tmp_path: Path) -> None:
    applied(write(tmp_path, FULL))

    persons = list(Person.objects.all())
    assert not any(person.has_usable_password() for person in persons)
    assert len({person.public_id for person in persons}) == 4


def test_same_file_again_changes_nobody(tmp_path: Path) -> None:
    applied(write(tmp_path, FULL))
    before = company()

    again = checked(write(tmp_path, FULL), is_complete=True)

    assert kinds_of(again) == {}
    assert again.counts["rows"] == 4
    assert ImportUnit.objects.filter(people_import=again).count() == 0
    apply(again)
    assert company() == before


def test_every_kind_of_change_is_told_apart(tmp_path: Path) -> None:
    applied(write(tmp_path, FULL))
    PersonFactory(
        staff_number="104", given_name="Eva", is_active=False, deactivated_at=clock.now(), left_on=date(2026, 6, 30)
    )
    PersonFactory(staff_number="105", given_name="Felix", is_active=False, deactivated_at=clock.now())

    people_import = checked(
        write(
            tmp_path,
            """
            Personalnummer;Vorname;Nachname;E-Mail;Organisationspfad;Vorgesetzte;Austritt
            101;Amira;Haddad;amira@example.org;Werk / Vertrieb;103;
            102;Benjamin;Krüger;ben@example.org;Werk / Vertrieb;103;31.12.2026
            103;David;Lenz;;Werk / Vertrieb;;31.10.2026
            104;Eva;Sommer;;;;
            105;Felix;Brandt;;;;
            106;Greta;Nowak;;;;31.12.2019
            107;Nora;Weber;;Werk / Lager;101;
            """,
        ),
        is_complete=True,
    )

    assert problems_of(people_import) == []
    assert kinds_of(people_import) == {
        "100": "leaver",
        "101": "mover",
        "102": "changed",
        "103": "leaver",
        "104": "returner",
        "105": "changed",
        "107": "joiner",
    }
    assert people_import.counts["former"] == 1
    assert people_import.counts["absent"] == 1


def test_applying_carries_every_kind_out(tmp_path: Path) -> None:
    test_every_kind_of_change_is_told_apart(tmp_path)
    people_import = apply(PeopleImport.objects.latest("pk"))

    state = {number: (row["given_name"], row["is_active"], row["left_on"]) for number, row in company().items()}
    assert people_import.state == ImportState.APPLIED
    assert state == {
        "100": ("Clara", False, date(2026, 11, 23)),
        "101": ("Amira", True, None),
        "102": ("Benjamin", True, date(2026, 12, 31)),
        "103": ("David", False, date(2026, 10, 31)),
        "104": ("Eva", True, None),
        "105": ("Felix", False, None),
        "107": ("Nora", True, None),
    }
    assert company()["101"]["employment__unit__path"] == "werk/vertrieb/"
    assert company()["101"]["employment__job_role__code"] == "industriemechanik"
    assert company()["107"]["employment__manager__staff_number"] == "101"
    assert Employment.objects.filter(person__staff_number="104").count() == 1


def test_fields_that_are_not_in_the_file_stay_as_they_are(tmp_path: Path) -> None:
    applied(write(tmp_path, FULL))

    applied(write(tmp_path, "Personalnummer;Vorname;Nachname\n101;Amira Sophie;Haddad"))

    assert company()["101"]["given_name"] == "Amira Sophie"
    assert company()["101"]["email"] == "amira@example.org"
    assert company()["101"]["employment__manager__staff_number"] == "100"


def test_empty_cells_clear_but_an_empty_language_stays(tmp_path: Path) -> None:
    applied(write(tmp_path, FULL))

    applied(
        write(tmp_path, FULL.replace("101;Amira;Haddad;amira@example.org", "101;Amira;Haddad;").replace("Englisch", ""))
    )

    assert company()["101"]["email"] == ""
    assert company()["102"]["language"] == "en"


def test_new_managers_and_circles_of_managers_find_each_other(tmp_path: Path) -> None:
    applied(
        write(
            tmp_path,
            """
            Personalnummer;Vorname;Nachname;Vorgesetzte
            1;A;A;3
            2;B;B;1
            3;C;C;2
            """,
        )
    )

    assert [company()[number]["employment__manager__staff_number"] for number in ("1", "2", "3")] == ["3", "1", "2"]


def test_manager_outside_the_file_is_found_in_the_database(tmp_path: Path) -> None:
    PersonFactory(staff_number="900")

    applied(write(tmp_path, "Personalnummer;Vorname;Nachname;Vorgesetzte\n1;A;A;900"))

    assert company()["1"]["employment__manager__staff_number"] == "900"


def test_units_may_come_in_a_file_of_their_own_and_move(tmp_path: Path) -> None:
    people = write(tmp_path, "Personalnummer;Vorname;Nachname;Abteilungsnummer\n1;A;A;L3\n2;B;B;V")
    units = "Code;Bezeichnung;Parent\nL3;Linie 3;P\nP;Produktion;W\nW;Werk;\nV;Vertrieb;W"
    applied(people, units=write(tmp_path, units, "units.csv"))

    moved = applied(people, units=write(tmp_path, units.replace("P;Produktion;W", "P;Fertigung;"), "units.csv"))

    assert moved.counts["changed_units"] == 2
    assert {number: row["employment__unit__path"] for number, row in company().items()} == {"1": "P/L3/", "2": "W/V/"}
    assert OrgUnit.objects.get(code="P").name == "Fertigung"
    assert OrgUnit.objects.get(code="P").parent is None


def test_unit_moves_below_a_new_one(tmp_path: Path) -> None:
    applied(write(tmp_path, "Personalnummer;Vorname;Nachname;Abteilung\n1;A;A;Montage"))
    units = write(tmp_path, "Code;Name;Parent\nmontage;Montage;neu\nneu;Werk Neu;", "units.csv")

    applied(write(tmp_path, "Personalnummer;Vorname;Nachname;Abteilung\n1;A;A;Montage"), units=units)

    assert company()["1"]["employment__unit__path"] == "neu/montage/"
    assert OrgUnit.objects.get(code="montage").parent == OrgUnit.objects.get(code="neu")


def test_rows_tell_units_by_code_name_and_parent(tmp_path: Path) -> None:
    applied(
        write(
            tmp_path,
            """
            Personalnummer;Vorname;Nachname;Abteilungsnummer;Abteilung;Übergeordnete Einheit
            1;A;A;L3;Linie 3;P
            2;B;B;P;Produktion;
            3;C;C;L3;Linie 3;P
            """,
        )
    )

    assert [row["employment__unit__path"] for row in company().values()] == ["P/L3/", "P/", "P/L3/"]


def test_only_missing_in_a_complete_file_means_leaving(tmp_path: Path) -> None:
    applied(write(tmp_path, FULL))
    part = write(tmp_path, "Personalnummer;Vorname;Nachname\n101;Amira;Haddad")

    assert kinds_of(checked(part)) == {}
    assert kinds_of(checked(part, is_complete=True)) == {"100": "leaver", "102": "leaver", "103": "leaver"}


def test_administrators_and_whoever_imports_do_not_lock_themselves_out(tmp_path: Path) -> None:
    greta = PersonFactory(staff_number="greta")
    RoleGrant.objects.create(person=greta, role=Role.ADMINISTRATOR)
    PersonFactory(staff_number="old")

    absent = checked(write(tmp_path, "Personalnummer;Vorname;Nachname\n1;A;A"), by=greta, is_complete=True)
    expired = checked(write(tmp_path, "Personalnummer;Vorname;Nachname;Austritt\ngreta;Greta;N;1.1.2020"), by=greta)

    assert kinds_of(absent) == {"1": "joiner", "old": "leaver"}
    assert absent.counts["kept_administrators"] == 1
    assert kinds_of(expired) == {}
    assert expired.counts["kept_administrators"] == 1


def test_another_administrator_leaves_when_the_file_says_so(tmp_path: Path) -> None:
    greta, other = PersonFactory(staff_number="greta"), PersonFactory(staff_number="other")
    for person in (greta, other):
        RoleGrant.objects.create(person=person, role=Role.ADMINISTRATOR)

    left = checked(write(tmp_path, "Personalnummer;Vorname;Nachname;Austritt\nother;O;O;1.1.2020"), by=greta)

    assert kinds_of(left) == {"other": "leaver"}


def test_entry_in_the_future_that_is_withdrawn_ends_on_its_first_day(tmp_path: Path) -> None:
    PersonFactory(staff_number="1", entered_on=date(2027, 1, 1))
    PersonFactory(staff_number="2")

    applied(write(tmp_path, "Personalnummer;Vorname;Nachname\n2;Kim;Person"), is_complete=True)

    assert company()["1"]["left_on"] == date(2027, 1, 1)


def test_only_day_in_the_file_must_fit_the_known_one(tmp_path: Path) -> None:
    PersonFactory(staff_number="1", entered_on=date(2020, 1, 1))
    PersonFactory(staff_number="2", left_on=date(2027, 1, 1))

    left = checked(write(tmp_path, "Personalnummer;Vorname;Nachname;Austritt\n1;Kim;X;31.12.2019"))
    entered = checked(write(tmp_path, "Personalnummer;Vorname;Nachname;Eintritt\n2;Kim;X;2.1.2027"))

    assert problems_of(left) == [(2, "left_on", "contradicts_known_day")]
    assert problems_of(entered) == [(2, "entered_on", "contradicts_known_day")]
    assert ImportRow.objects.count() == 0


def test_excel_is_read_like_text(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    path.write_bytes(
        workbook(
            [
                ["Personalnummer", "Vorname", "Nachname", "Eintritt"],
                [1, "A", "A", date(2020, 1, 1)],
                [2, "B", "B", 16071],
            ],
            is_1904=True,
        )
    )

    applied(path)

    assert [row["entered_on"] for row in company().values()] == [date(2020, 1, 1), date(1948, 1, 1)]


def test_known_names_are_found_whatever_their_code(tmp_path: Path) -> None:
    EmploymentFactory(
        person__staff_number="1",
        unit__name="Lager",
        job_role__title_en="Warehouse",
        job_role__code="LG",
        site__name="Ost",
    )

    applied(write(tmp_path, "Personalnummer;Vorname;Nachname;Abteilung;Stelle;Standort\n2;B;B;lager;warehouse;OST"))

    assert (OrgUnit.objects.count(), JobRole.objects.count(), Site.objects.count()) == (1, 1, 1)
    assert company()["2"]["employment__job_role__code"] == "LG"


def test_check_again_compares_with_what_is_true_now(tmp_path: Path) -> None:
    people_import = checked(write(tmp_path, "Personalnummer;Vorname;Nachname\n1;A;A\n2;B;B"))
    PersonFactory(staff_number="1", given_name="A", family_name="A")

    check(people_import)

    assert kinds_of(people_import) == {"2": "joiner"}


def test_exit_date_passes_between_two_imports(tmp_path: Path) -> None:
    text = "Personalnummer;Vorname;Nachname;Austritt\n1;A;A;30.11.2026"
    applied(write(tmp_path, text))

    with time_machine.travel("2026-12-01 09:00", tick=False):
        assert kinds_of(checked(write(tmp_path, text))) == {"1": "leaver"}


def test_capitals_in_an_email_are_no_change(tmp_path: Path) -> None:
    PersonFactory(staff_number="1", given_name="A", family_name="A", email="a@example.org")

    people_import = checked(write(tmp_path, "Personalnummer;Vorname;Nachname;E-Mail\n1;A;A;A@Example.ORG"))

    assert kinds_of(people_import) == {}
