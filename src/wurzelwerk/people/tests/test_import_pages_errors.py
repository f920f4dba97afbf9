"""The page of errors: what is wrong in which row, correcting it in place, going on without."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from wurzelwerk.people import actions
from wurzelwerk.people.choices import ImportState, Role
from wurzelwerk.people.hr_import.noting import MOST_KEPT
from wurzelwerk.people.models import ImportCorrection, PeopleImport, Person
from wurzelwerk.people.tests.factories import Cast, PersonFactory, give_role
from wurzelwerk.people.tests.people_files import check, checked, finish, problems_of, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]

HEADING = "Personalnummer;Vorname;Nachname;E-Mail;Führungskraft;Eintrittsdatum"
WRONG = """
    1;Ada;Berg;ada@example.org;;01.02.2020
    2;Ole;Kern;kein-at;;31.02.2020
    3;Mia;Vogt;mia@example.org;99999;
    4;Ben;Kurz;;99999;
    ;Ida;Wolf;;;
"""


@pytest.fixture
def wrong(people: Cast, tmp_path: Path) -> PeopleImport:
    """An import with a wrong address and date in one row, two unknown managers, and a number that is missing."""
    return checked(write(tmp_path, HEADING + "\n" + WRONG.strip()), by=people.greta)


def of(people_import: PeopleImport, name: str) -> str:
    return reverse(f"people:import_{name}", args=[people_import.public_id])


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return str(response.content.decode())


def rows_of(page: str) -> list[list[str]]:
    """Return the names of the cells that can be corrected, by row."""
    rows = page.split('<li class="card square import-row">')[1:]
    return [re.findall(r'<input class="input" id="([\w-]+)"', row) for row in rows]


@pytest.mark.parametrize(
    "language,words",
    [("de", ["Zeile 3", "Das ist keine E-Mail-Adresse."]), ("en", ["Row 3", "This is not an e-mail address."])],
)
def test_what_is_wrong_is_shown_row_by_row(
    greta: Client, people: Cast, wrong: PeopleImport, language: str, words: list[str]
) -> None:
    Person.objects.filter(pk=people.greta.pk).update(language=language)

    page = html(greta, of(wrong, "errors"))

    assert [word for word in words if word not in page] == []
    assert rows_of(page) == [
        ["cell-people-3-email", "cell-people-3-entered_on"],
        ["cell-people-4-manager"],
        ["cell-people-5-manager"],
        ["cell-people-6-staff_number"],
    ]
    assert 'value="kein-at"' in page


def test_errors_cost_the_same_for_few_and_many(
    greta: Client, people: Cast, tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    few = checked(write(tmp_path, f"{HEADING}\n1;Ada;;kein-at;;", "few.csv"), by=people.greta)
    rows = "\n".join(f"{number};Ada;;kein-at;99999;32.13.2020" for number in range(45))
    many = checked(write(tmp_path, f"{HEADING}\n{rows}", "many.csv"), by=people.greta)

    with django_assert_max_num_queries(14):
        html(greta, of(few, "errors"))
    with django_assert_max_num_queries(14):
        page = html(greta, of(many, "errors"))

    assert (len(rows_of(page)), "Seite 1 von 3" in page) == (20, True)
    assert len(rows_of(html(greta, of(many, "errors") + "?page=3"))) == 5


def test_of_very_many_errors_the_first_are_shown(greta: Client, wrong: PeopleImport) -> None:
    PeopleImport.objects.update(problem_count=MOST_KEPT + 1)

    page = html(greta, of(wrong, "errors"))

    assert "5.001 Stellen stimmen nicht; die ersten 5.000 sind hier zu sehen." in page


def test_one_sort_of_problem_can_be_looked_at_alone(greta: Client, wrong: PeopleImport) -> None:
    page = html(greta, of(wrong, "errors") + "?problem=manager.unknown_manager")
    other = html(greta, of(wrong, "errors") + "?problem=email.bad_date")
    unreadable = html(greta, of(wrong, "errors") + "?problem=%27&page=x")

    assert rows_of(page) == [["cell-people-4-manager"], ["cell-people-5-manager"]]
    assert page.count('class="import-problem"') == 4
    assert "Von dieser Art ist nichts mehr falsch" in other
    assert len(rows_of(unreadable)) == 4


def test_corrected_cells_are_kept_until_the_next_check_reads_them(greta: Client, wrong: PeopleImport) -> None:
    typed = {"cell-people-3-email": " ole@example.org ", "cell-people-4-manager": "99999", "keep": "yes"}

    answer = greta.post(of(wrong, "errors"), typed)

    page = html(greta, answer.headers["Location"])
    assert ImportCorrection.objects.get().value == "ole@example.org"
    assert 'value="ole@example.org"' in page
    assert "1 Zelle ist gespeichert." in page
    assert "Hier berichtigt, noch nicht geprüft" in page
    check(wrong)
    assert (3, "email", "bad_email") not in problems_of(wrong)


def test_keeping_leads_to_the_same_page_or_the_next_one(greta: Client, people: Cast, tmp_path: Path) -> None:
    rows = "\n".join(f"{number};Ada;Berg;kein-at;;" for number in range(45))
    many = checked(write(tmp_path, f"{HEADING}\n{rows}"), by=people.greta)
    address = of(many, "errors") + "?page=2&problem=email.bad_email"

    same, following = (greta.post(address, {"cell-people-25-email": "", button: "3"}) for button in ("keep", "next"))

    assert same.headers["Location"] == of(many, "errors") + "?problem=email.bad_email&page=2#rows"
    assert following.headers["Location"] == of(many, "errors") + "?problem=email.bad_email&page=3#rows"


@pytest.mark.parametrize("typed", [{}, {"cell-people-3-email": "kein-at", "cell-people-99-email": "x"}])
def test_keeping_nothing_says_so(greta: Client, wrong: PeopleImport, typed: dict[str, str]) -> None:
    answer = greta.post(of(wrong, "errors"), typed | {"keep": "yes"})

    assert "Auf dieser Seite wurde nichts geändert." in html(greta, answer.headers["Location"])
    assert ImportCorrection.objects.count() == 0


def test_the_same_wrong_value_is_corrected_everywhere_at_once(greta: Client, wrong: PeopleImport) -> None:
    page = html(greta, of(wrong, "errors"))
    typed = {"cell-people-4-manager": "1", "all-cell-people-4-manager": "on", "all-nonsense": "on", "check": "yes"}

    answer = greta.post(of(wrong, "errors"), typed)

    assert page.count("auch in der anderen Zeile mit demselben Wert") == 2
    assert answer.headers["Location"] == reverse("people:import", args=[wrong.public_id])
    assert set(ImportCorrection.objects.values_list("row", "field", "value")) == {
        (4, "manager", "1"),
        (5, "manager", "1"),
    }
    wrong.refresh_from_db()
    assert wrong.job
    finish(wrong.job)
    assert [problem[1:] for problem in problems_of(wrong)] == [
        ("email", "bad_email"),
        ("entered_on", "bad_date"),
        ("staff_number", "missing"),
    ]


def test_numbers_and_long_values_are_never_corrected_together(greta: Client, people: Cast, tmp_path: Path) -> None:
    long = "x" * 100
    rows = f"1;Ada;Berg;{long};;\n1;Ole;Kern;{long};;\n1;Mia;Vogt;;;"
    found = checked(write(tmp_path, f"{HEADING}\n{rows}"), by=people.greta)

    greta.post(
        of(found, "errors"), {"cell-people-3-staff_number": "7", "all-cell-people-3-staff_number": "on", "keep": "y"}
    )

    assert "mit demselben Wert" not in html(greta, of(found, "errors"))
    assert list(ImportCorrection.objects.values_list("row", "field", "value")) == [(3, "staff_number", "7")]


def test_what_only_the_file_can_mend_has_no_field(greta: Client, people: Cast, tmp_path: Path) -> None:
    found = checked(write(tmp_path, f"{HEADING}\n1;Ada;Berg;;;;too;many"), by=people.greta)

    page = html(greta, of(found, "errors"))

    assert "Das lässt sich nur in der Datei selbst berichtigen." in page
    assert rows_of(page) == [[]]


def test_what_was_typed_stays_when_somebody_else_has_gone_on(greta: Client, wrong: PeopleImport) -> None:
    other = PersonFactory()
    give_role(other, Role.ADMINISTRATOR)
    actions.check_import(by=other, people_import=wrong, in_queue=False)
    typed = {"cell-people-3-email": "ole@example.org", "cell-people-3-entered_on": "01.03.2020", "keep": "yes"}

    late = greta.post(of(wrong, "errors"), typed)

    page = late.content.decode()
    assert late.status_code == 409
    assert "hat jemand anderes diesen Import fortgesetzt" in page
    assert re.findall(r'name="(cell[\w-]+)" value="([^"]+)"', page) == [
        ("cell-people-3-email", "ole@example.org"),
        ("cell-people-3-entered_on", "01.03.2020"),
    ]
    wrong.refresh_from_db()
    assert wrong.job
    finish(wrong.job)
    assert greta.post(of(wrong, "errors"), typed).status_code == 302
    assert ImportCorrection.objects.count() == 2


def test_wrong_rows_can_be_left_out_and_stay_as_they_are(greta: Client, wrong: PeopleImport) -> None:
    assert greta.get(reverse("people:import", args=[wrong.public_id])).headers["Location"] == of(wrong, "errors")

    answer = greta.post(of(wrong, "scope"), {"leaves_out_errors": "on"})

    wrong.refresh_from_db()
    assert (wrong.state, wrong.leaves_out_errors) == (ImportState.CHECKED, True)
    assert answer.headers["Location"] == of(wrong, "preview")
    assert "Diese Zeilen bleiben weg." in html(greta, of(wrong, "preview"))
    assert "Ansehen, was sich ändert" in html(greta, of(wrong, "errors"))


def test_a_tree_that_does_not_fit_cannot_be_left_out(greta: Client, people: Cast, tmp_path: Path) -> None:
    file = write(tmp_path, "Personalnummer;Vorname;Nachname;OE-Code\n1;Ada;Berg;A")
    units = write(tmp_path, "Code;Name;Übergeordnet\nA;Eins;B\nB;Zwei;A", "units.csv")
    found = checked(file, units=units, by=people.greta)

    page = html(greta, of(found, "errors"))

    assert "Zuerst die Bereiche" in page
    assert "Das geht nicht, solange der Baum der Bereiche nicht stimmt." in page
    assert rows_of(page) == [["cell-units-2-unit_parent"]]
    greta.post(of(found, "errors"), {"cell-units-2-unit_parent": "", "keep": "yes"})
    assert problems_of(check(found)) == []


def test_without_errors_the_page_leads_on(greta: Client, people: Cast, tmp_path: Path) -> None:
    found = checked(write(tmp_path, f"{HEADING}\n1;Ada;Berg;;;"), by=people.greta)

    page = html(greta, of(found, "errors"))

    assert "Jede Zeile stimmt" in page
    assert of(found, "preview") in page


@pytest.mark.parametrize("step", ["errors", "preview"])
def test_a_step_that_is_not_there_yet_leads_to_the_current_one(greta: Client, people: Cast, step: str) -> None:
    brought = actions.bring_people_file(
        by=people.greta, file_name="people.csv", content=[b"Personalnummer;Vorname;Nachname\n1;A;B"]
    )

    assert greta.get(of(brought, step)).headers["Location"] == of(brought, "columns")
