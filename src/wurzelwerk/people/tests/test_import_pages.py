"""The pages around an import: all imports, the upload, files to begin with, and settling the columns."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from wurzelwerk.kernel.ids import new_public_id
from wurzelwerk.people import actions, import_files
from wurzelwerk.people.choices import ImportState, Role
from wurzelwerk.people.hr_import.reading.headings import field_of
from wurzelwerk.people.import_forms import UploadForm
from wurzelwerk.people.models import PeopleImport, Person, RoleGrant
from wurzelwerk.people.tests.factories import Cast
from wurzelwerk.people.tests.people_files import HEADING, check, finish, problems_of, workbook

pytestmark = pytest.mark.django_db

LIST = "/administration/people/import"
TWO = f"{HEADING}\r\n1;Ada;Berg\r\n2;Ole;Kern\r\n".encode()
SENSITIVE = f"{HEADING};Monatsgehalt;Kostenstelle\r\n1;Ada;Berg;3500;4711\r\n".encode()
PAGES = ("import_list", "import_new", "import_template", "import_example", "import_units_example")
OF_ONE = ("import", "import_columns", "import_errors", "import_preview")
SETTLED = {"people-0": "staff_number", "people-1": "given_name", "people-2": "family_name"}
DEEDS = tuple(f"import_{deed}" for deed in ("apply", "check", "scope", "stop", "resume", "undo", "discard"))


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: Path) -> Path:
    """A data folder of the test's own."""
    settings.DATA = tmp_path
    return tmp_path


def file(content: bytes, name: str = "people.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def upload(client: Client, content: bytes, **more: object) -> PeopleImport:
    response = client.post(f"{LIST}/new", {"people_file": file(content), **more})
    assert response.status_code == 302, response.content.decode()
    return PeopleImport.objects.latest("pk")


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return str(response.content.decode())


def of(people_import: PeopleImport, name: str) -> str:
    return reverse(f"people:{name}", args=[people_import.public_id])


def test_for_everybody_else_there_is_no_import(client: Client, people: Cast) -> None:
    brought = actions.bring_people_file(by=people.greta, file_name="people.csv", content=[TWO])
    read = [reverse(f"people:{name}") for name in PAGES] + [of(brought, name) for name in OF_ONE]
    written = [f"{LIST}/new", of(brought, "import_columns"), of(brought, "import_errors")]
    written += [of(brought, name) for name in DEEDS]

    for person in (people.amira, people.clara, people.david, people.eva, people.felix):
        client.force_login(person)
        assert {client.get(address).status_code for address in read} == {404}
        assert {client.post(address).status_code for address in written} == {404}

    brought.refresh_from_db()
    assert (brought.state, PeopleImport.objects.count()) == (ImportState.UPLOADED, 1)


def test_without_a_second_factor_the_import_stays_closed(client: Client, people: Cast) -> None:
    RoleGrant.objects.create(person=people.ben, role=Role.ADMINISTRATOR)
    client.force_login(people.ben)

    assert client.get(LIST).headers["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("language,words", [("de", "Noch nichts importiert"), ("en", "Nobody has been imported yet")])
def test_before_the_first_import_the_file_is_explained(
    greta: Client, people: Cast, language: str, words: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Person.objects.filter(pk=people.greta.pk).update(language=language)

    with django_assert_max_num_queries(12):
        page = html(greta, LIST)

    assert words in page
    assert [name for name in PAGES[1:] if reverse(f"people:{name}") not in page] == []
    with_headings = [column.heading for column in import_files.allowed_columns()]
    assert len(with_headings) == 17


def test_the_administration_leads_to_the_import(greta: Client) -> None:
    assert f'href="{LIST}"' in html(greta, "/administration")


@pytest.mark.parametrize("language,separator", [("de", ";"), ("en", ",")])
def test_every_heading_of_the_template_is_recognised(
    greta: Client, people: Cast, language: str, separator: str
) -> None:
    Person.objects.filter(pk=people.greta.pk).update(language=language)

    response = greta.get(f"{LIST}/template.csv")

    assert response.headers["Content-Disposition"].startswith('attachment; filename="')
    (headings,) = csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=separator)
    assert [field_of(heading) for heading in headings] == list(import_files.HEADINGS)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("with_units", [False, True])
def test_the_examples_can_be_imported_as_they_are(greta: Client, people: Cast, language: str, with_units: bool) -> None:
    Person.objects.filter(pk=people.greta.pk).update(language=language)
    example, units = (greta.get(f"{LIST}/{name}.csv").content for name in ("example", "units"))
    brought = upload(greta, example, **({"units_file": file(units, "units.csv")} if with_units else {}))

    check(actions.settle_columns(by=None, people_import=brought, people={}, leaves_out=False), by=None)

    assert (problems_of(brought), brought.counts["joiner"], brought.counts["new_units"]) == ([], 4, 4)


def test_an_upload_leads_to_the_columns_and_is_done_once(greta: Client) -> None:
    key = new_public_id()

    answers = [greta.post(f"{LIST}/new", {"people_file": file(TWO), "idempotency_key": key}) for _ in range(2)]

    brought = PeopleImport.objects.get()
    assert [answer.headers["Location"] for answer in answers] == [of(brought, "import_columns")] * 2
    assert not brought.is_complete


@pytest.mark.parametrize(
    "content,sentence",
    [
        (b"", "Die übertragene Datei ist leer."),
        (b"Personalnummer;Vorname;Nachname\r\n1;\x81\x8d\x9d;\x90\r\n", "lassen sich nicht lesen"),
        (b"PK\x03\x04" + b"0" * 300, "Die Arbeitsmappe ist beschädigt"),
        (workbook([["Personalnummer", "Vorname"]])[:900], "Die Arbeitsmappe ist beschädigt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "alte Excel-Datei (.xls)"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence_and_leaves_nothing(
    greta: Client, data: Path, content: bytes, sentence: str
) -> None:
    response = greta.post(f"{LIST}/new", {"people_file": file(content), "is_complete": "on"})

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert re.search(r'id="id_is_complete"[^>]* checked', page)
    assert (PeopleImport.objects.count(), list(data.glob("imports/*"))) == (0, [])


def test_of_two_files_the_one_that_cannot_be_read_is_named(greta: Client) -> None:
    broken = b"PK\x03\x04" + b"0" * 300

    answers = [
        greta.post(f"{LIST}/new", {"people_file": file(people), "units_file": file(units, "units.csv")})
        for people, units in ((broken, TWO), (TWO, broken))
    ]

    wrong = [re.findall(r'id="(id_\w+)-error"', answer.content.decode()) for answer in answers]
    assert wrong == [["id_people_file"], ["id_units_file"]]


def test_a_file_that_is_too_large_is_refused_before_it_is_kept(greta: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(UploadForm.base_fields["people_file"], "max_bytes", 20)

    response = greta.post(f"{LIST}/new", {"people_file": file(TWO)})

    assert (response.status_code, PeopleImport.objects.count()) == (422, 0)
    assert "ist zu groß" in response.content.decode()


@pytest.mark.parametrize("language,never", [("de", "Diese Spalten werden nie gelesen"), ("en", "are never read")])
def test_columns_are_shown_with_samples_and_refused_ones_by_name(
    greta: Client, people: Cast, language: str, never: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Person.objects.filter(pk=people.greta.pk).update(language=language)
    brought = upload(greta, SENSITIVE)

    with django_assert_max_num_queries(10):
        page = html(greta, of(brought, "import_columns"))

    assert "Ada" in page
    assert never in page
    assert "3500" not in page
    assert re.search(r"<strong>Monatsgehalt</strong>: \w", page)
    assert re.search(r'name="people-4"[^>]*>\s*<option value="" selected', page)
    assert 'name="people-3"' not in page


def test_columns_that_are_not_read_must_be_left_out_on_purpose(greta: Client) -> None:
    brought = upload(greta, SENSITIVE)
    chosen = {"people-0": "staff_number", "people-1": "given_name", "people-2": "family_name", "people-4": ""}

    refused = greta.post(of(brought, "import_columns"), chosen)
    accepted = greta.post(of(brought, "import_columns"), chosen | {"leaves_out": "on"})

    brought.refresh_from_db()
    assert (refused.status_code, accepted.headers["Location"]) == (422, of(brought, "import"))
    assert (brought.state, brought.job.kind if brought.job else "") == (ImportState.CHECKING, "people.import_check")


@pytest.mark.parametrize(
    "chosen,sentence",
    [
        ({"people-0": "staff_number", "people-1": "given_name"}, "In welchen Spalten"),
        (
            {"people-0": "staff_number", "people-1": "given_name", "people-2": "given_name"},
            "schon einer anderen Spalte",
        ),
        ({"people-0": "salary", "people-1": "given_name", "people-2": "family_name"}, "salary"),
    ],
)
def test_columns_are_settled_once_and_completely(greta: Client, chosen: dict[str, str], sentence: str) -> None:
    brought = upload(greta, TWO)

    response = greta.post(of(brought, "import_columns"), chosen | {"leaves_out": "on"})

    brought.refresh_from_db()
    assert (response.status_code, brought.state) == (422, ImportState.UPLOADED)
    assert sentence.lower() in response.content.decode().lower()


def test_the_columns_of_a_units_file_are_settled_too(greta: Client) -> None:
    units = file("Kürzel;Titel;Farbe\r\nP;Produktion;rot\r\n".encode(), "units.csv")
    brought = upload(greta, f"{HEADING};OE-Code\r\n1;Ada;Berg;P\r\n".encode(), units_file=units)
    people = {"people-0": "staff_number", "people-1": "given_name", "people-2": "family_name", "people-3": "unit_code"}

    nameless = greta.post(of(brought, "import_columns"), people | {"units-0": "unit_code", "leaves_out": "on"})
    greta.post(
        of(brought, "import_columns"),
        people | {"units-0": "unit_code", "units-1": "unit_name", "units-2": "", "leaves_out": "on"},
    )
    brought.refresh_from_db()
    assert brought.job
    finish(brought.job)

    assert nameless.status_code == 422
    assert "Bereichsdatei" in nameless.content.decode()
    brought.refresh_from_db()
    assert (brought.state, brought.counts["new_units"]) == (ImportState.CHECKED, 1)
    settled = html(greta, of(brought, "import_columns"))
    assert "<select" not in settled
    assert "Farbe" not in settled


def test_a_file_that_breaks_off_later_leads_back_to_the_columns_with_the_reason(greta: Client) -> None:
    brought = upload(greta, TWO)
    greta.post(of(brought, "import_columns"), SETTLED)
    brought.refresh_from_db()
    assert brought.job
    Path(brought.file_path).unlink()
    finish(brought.job)

    page = html(greta, of(brought, "import_columns"))

    assert greta.get(of(brought, "import")).headers["Location"] == of(brought, "import_columns")
    assert "Die Datei ist nicht mehr da" in page
    assert "Es wurde nichts geändert" in page


def test_whoever_settles_columns_too_late_learns_it(greta: Client, client: Client) -> None:
    brought = upload(greta, TWO)
    greta.post(of(brought, "import_columns"), SETTLED)

    late = greta.post(of(brought, "import_columns"), SETTLED)

    assert late.headers["Location"] == of(brought, "import")
    assert "hat jemand anderes diesen Import fortgesetzt" in html(greta, of(brought, "import"))
    assert PeopleImport.objects.get().steps == 0


def test_the_list_tells_of_every_import_at_the_same_cost(
    greta: Client, people: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def bring(number: int, **more: Any) -> None:
        PeopleImport.objects.create(file_name=f"{number}.csv", created_by=people.greta, **more)

    bring(0, state=ImportState.APPLIED, counts={"joiner": 3, "mover": 2, "changed": 1, "leaver": 4})
    with django_assert_num_queries(7):
        html(greta, LIST)
    for number, state in enumerate(ImportState, start=1):
        bring(number, state=state)

    with django_assert_num_queries(7):
        page = html(greta, LIST)

    shown = [str(state.label) in page for state in ImportState]
    assert all(shown)
    assert page.count("Greta Nowak</div>") == 9
    assert re.findall(r'data-label="(?:Zugänge|Geändert|Abgänge)"[^>]*><div class="cell">(\d)<', page) == [
        "3",
        "3",
        "4",
    ]
    part = greta.get(LIST, headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in part, "0.csv" in part) == (False, True)
