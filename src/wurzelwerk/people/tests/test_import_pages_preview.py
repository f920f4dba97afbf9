"""The preview: who joins, comes back, moves, changes and leaves, by name; applying; how far it is; taking it back."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.models import AuditEntry, Job
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.people import actions
from wurzelwerk.people.choices import ImportState, Role
from wurzelwerk.people.models import Employment, JobRole, PeopleImport, Person, Site
from wurzelwerk.people.tests.factories import Cast, EmploymentFactory, PersonFactory, cast, give_role
from wurzelwerk.people.tests.people_files import applied, apply, checked, company, finish, undone, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]

HEADING = "Personalnummer;Vorname;Nachname;E-Mail;OE-Code;Abteilung;Führungskraft;Stelle;Standort;Eintritt;Austritt"
FILE = """
    greta;Greta;Nowak;greta@example.org;hq;Unternehmen;;Leitung;Hauptwerk;;
    amira;Amira;Haddad-Neu;neu@example.org;production;Produktion;clara;;Hauptwerk;;
    ben;Ben;Krüger;ben@example.org;lab;Labor;71;;Hauptwerk;;
    clara;Clara;Vogt;clara@example.org;production;Produktion;;;Hauptwerk;;31.10.2026
    gone;Gerd;Alt;gone@example.org;hq;Unternehmen;;;;;
    71;Lena;Neu;lena@example.org;lab;Labor;greta;Forschung;Werk Süd;01.12.2026;
"""


@pytest.fixture
def people() -> Cast:
    found = cast()
    PersonFactory(
        staff_number="gone",
        given_name="Gerd",
        family_name="Alt",
        is_active=False,
        left_on=date(2025, 1, 31),
        deactivated_at=clock.now(),
    )
    Employment.objects.update(job_role=None)
    return found


@pytest.fixture
def found(people: Cast, tmp_path: Path) -> PeopleImport:
    """A complete file with somebody of every kind; David, Eva, Felix and Nora are missing in it."""
    return checked(write(tmp_path, HEADING + "\n" + FILE.strip()), by=people.greta, is_complete=True)


def of(people_import: PeopleImport, name: str = "") -> str:
    return reverse(f"people:import_{name}" if name else "people:import", args=[people_import.public_id])


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return str(response.content.decode())


def table(client: Client, people_import: PeopleImport, show: str) -> list[list[str]]:
    """Return what the cells of a list say, row by row."""
    page = html(client, f"{of(people_import, 'preview')}?show={show}")
    rows = re.findall(r"<tr>(.*?)</tr>", page.split("<tbody>")[1].split("</tbody>")[0], re.DOTALL)
    return [
        [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r'class="cell">(.*?)</div>', row, re.DOTALL)
        ]
        for row in rows
    ]


def test_every_kind_of_change_is_counted_and_named(greta: Client, found: PeopleImport) -> None:
    page = html(greta, of(found, "preview"))

    counts = re.findall(r'<span class="number">([\d.]+)</span><span class="import-kind-name">([^<]+)', page)
    assert counts == [
        *(("1", "Zugänge"), ("1", "Rückkehr"), ("2", "Wechsel"), ("1", "Änderungen"), ("5", "Abgänge")),
        *(("1", "Bereiche"), ("3", "Neue Begriffe")),
    ]
    assert table(greta, found, "joiner") == [
        ["Lena Neu", "71", "Labor", "Forschung", "Werk Süd", "Greta Nowak", "1. Dez. 2026"]
    ]
    assert table(greta, found, "returner") == [["Gerd Alt", "gone", "Unternehmen", "–", "–", "–", "–"]]
    assert table(greta, found, "mover") == [
        ["Greta Nowak", "greta", "Stelle – wird zu Leitung"],
        ["Ben Krüger", "ben", "Bereich Vertrieb wird zu Labor Führungskraft – wird zu Lena Neu"],
    ]
    assert table(greta, found, "changed") == [
        ["Amira Haddad-Neu", "amira", "Nachname Haddad wird zu Haddad-Neu E-Mail"]
    ]
    assert table(greta, found, "leaver")[0] == ["Clara Vogt", "clara", "Produktion", "–", "letzter Tag 31. Okt. 2026"]
    assert ["David Lenz", "david", "Finanzen", "–", "fehlt in der Datei"] in table(greta, found, "leaver")
    assert table(greta, found, "units") == [["Labor", "lab", "–", "neu"]]
    assert [row[0] for row in table(greta, found, "terms")] == ["Forschung", "Leitung", "Werk Süd"]


def test_after_the_import_the_names_and_places_of_before_are_still_told(greta: Client, found: PeopleImport) -> None:
    before = {show: table(greta, found, show) for show in ("joiner", "mover", "changed", "leaver")}
    apply(found)

    after = {show: table(greta, found, show) for show in before}

    assert after == before
    assert "Jetzt übernehmen" not in html(greta, of(found, "preview"))


@pytest.mark.parametrize("language,is_applied", [("de", True), ("en", False)])
def test_the_preview_costs_the_same_for_few_and_many(
    greta: Client,
    people: Cast,
    tmp_path: Path,
    language: str,
    is_applied: bool,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    Person.objects.filter(pk=people.greta.pk).update(language=language)
    EmploymentFactory.create_batch(30, manager=people.david)
    numbers = Person.objects.filter(employment__manager=people.david).values_list("staff_number", flat=True)
    rows = [
        f"{number};Kim;Neu;;lab{place};L{place};{place};S{place};W{place};;" for place, number in enumerate(numbers)
    ]
    rows += [f"{place};Kim;Neu{place};;lab{place};L{place};greta;S{place};W{place};;" for place in range(60)]
    many = checked(write(tmp_path, "\n".join([HEADING, *rows])), by=people.greta)
    if is_applied:
        apply(many)

    for show in ("joiner", "mover", "leaver", "units", "terms"):
        with django_assert_max_num_queries(20):
            page = html(greta, f"{of(many, 'preview')}?show={show}")
        assert f'lang="{language}"' in page
    assert len(table(greta, many, "joiner")) == 50
    assert len(table(greta, many, "joiner&page=2")) == 10
    assert len(table(greta, many, "joiner&q=kim neu7")) == 1
    assert [row[1] for row in table(greta, many, "joiner&q=59")] == ["59"]
    part = greta.get(f"{of(many, 'preview')}?show=joiner&q=nobody", headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in part, ("Niemand gefunden" in part) or ("Nobody found" in part)) == (False, True)


def test_units_that_move_are_told_from_where_to_where(greta: Client, people: Cast, tmp_path: Path) -> None:
    units = "Code;Name;Übergeordnet\nhq;Unternehmen;\nsales;Verkauf;production\nproduction;Produktion;"
    found = checked(
        write(tmp_path, "Personalnummer;Vorname;Nachname\nben;Ben;Krüger"),
        units=write(tmp_path, units, "units.csv"),
        by=people.greta,
    )

    rows = {row[1]: row[2:] for row in table(greta, found, "units")}

    assert rows["production"] == ["–", "lag unter Unternehmen"]
    assert rows["sales"] == ["Produktion", "hieß Vertrieb lag unter Unternehmen"]


def test_when_many_would_leave_somebody_must_say_that_it_is_right(greta: Client, found: PeopleImport) -> None:
    refused = greta.post(of(found, "apply"))

    page = html(greta, refused.headers["Location"])
    assert refused.headers["Location"] == of(found, "preview") + "?refused=1"
    assert "Mehr als ein Zehntel aller Personen würde ausscheiden" in page
    assert "Ja, 5 von 8 Personen sind gegangen" in page
    found.refresh_from_db()
    assert found.state == ImportState.CHECKED
    accepted = greta.post(of(found, "apply"), {"confirms_leavers": "on"})
    found.refresh_from_db()
    assert (accepted.headers["Location"], found.state) == (of(found), ImportState.APPLYING)


def test_two_administrators_do_not_apply_twice(greta: Client, people: Cast, found: PeopleImport) -> None:
    actions.apply_import(by=people.greta, people_import=found, confirms_leavers=True, in_queue=False)

    late = greta.post(of(found, "apply"), {"confirms_leavers": "on"})

    assert late.headers["Location"] == of(found)
    assert "hat jemand anderes diesen Import fortgesetzt" in html(greta, of(found))
    assert Job.objects.filter(kind="people.import_apply").count() == 1


def test_a_file_that_does_not_contain_everybody_lets_everybody_stay(greta: Client, found: PeopleImport) -> None:
    answer = greta.post(of(found, "scope"), {})
    found.refresh_from_db()
    assert (answer.headers["Location"], found.state) == (of(found), ImportState.CHECKING)
    assert found.job
    finish(found.job)

    page = html(greta, of(found, "preview"))

    assert [row[0] for row in table(greta, found, "leaver")] == ["Clara Vogt"]
    assert "fehlen in der Datei und bleiben." in page
    assert "In der Datei stehen alle: Wer fehlt, ist gegangen" in page


def test_a_check_that_is_no_longer_true_is_repeated(
    greta: Client, people: Cast, found: PeopleImport, tmp_path: Path
) -> None:
    applied(write(tmp_path, "Personalnummer;Vorname;Nachname\n99;Ida;Wolf", "other.csv"), by=people.greta)

    page = html(greta, of(found, "preview"))

    assert "Ein anderer Import hat das Unternehmen seit der Prüfung geändert" in page
    assert "Jetzt übernehmen" not in page
    greta.post(of(found, "check"))
    found.refresh_from_db()
    assert found.state == ImportState.CHECKING


def test_a_file_that_changes_nothing_says_so(greta: Client, people: Cast, tmp_path: Path) -> None:
    same = checked(write(tmp_path, "Personalnummer;Vorname;Nachname\nben;Ben;Krüger"), by=people.greta)

    assert "Es gibt nichts zu tun" in html(greta, of(same, "preview"))
    assert "Niemand kommt neu dazu" in html(greta, of(same, "preview"))


@pytest.mark.parametrize("language,title", [("de", "Die Datei wird geprüft"), ("en", "The file is being checked")])
def test_how_far_a_check_is_survives_leaving_the_page(
    greta: Client, people: Cast, found: PeopleImport, language: str, title: str
) -> None:
    Person.objects.filter(pk=people.greta.pk).update(language=language)
    job = actions.check_import(by=people.greta, people_import=found, in_queue=False)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, done=3, total=6)

    page = html(greta, of(found))
    part = greta.get(of(found), headers={"HX-Request": "true"}).content.decode()

    assert title in page
    assert f'hx-get="{of(found)}"' in part
    assert ("<html" in part, re.search(r"3 (von|of) 6", part) is not None) == (False, True)
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING)
    finish(job)
    over = greta.get(of(found), headers={"HX-Request": "true"})
    assert (over.status_code, over.headers["HX-Redirect"]) == (204, of(found, "preview"))


def test_a_running_check_is_stopped_and_leads_back_to_the_columns(
    greta: Client, found: PeopleImport, people: Cast
) -> None:
    job = actions.check_import(by=people.greta, people_import=found, in_queue=False)

    greta.post(of(found, "stop"))

    assert "Wird angehalten" in html(greta, of(found))
    assert finish(job).state == JobState.CANCELLED
    assert greta.get(of(found)).headers["Location"] == of(found, "columns")


def test_an_applying_that_waits_is_stopped_without_a_trace(greta: Client, found: PeopleImport, people: Cast) -> None:
    before = company()
    job = actions.apply_import(by=people.greta, people_import=found, confirms_leavers=True, in_queue=False)

    greta.post(of(found, "stop"))
    finish(job)

    found.refresh_from_db()
    assert (found.state, found.is_writing, company() == before) == (ImportState.CHECKED, False, True)
    assert AuditEntry.objects.filter(verb="people.stop_import").count() == 1


@pytest.mark.parametrize("is_gone", [False, True])
def test_what_came_to_a_halt_is_gone_on_with_by_anybody_in_the_administration(
    client: Client, people: Cast, found: PeopleImport, is_gone: bool
) -> None:
    other = PersonFactory()
    give_role(other, Role.ADMINISTRATOR)
    client.force_login(other)
    job = actions.apply_import(by=people.greta, people_import=found, confirms_leavers=True, in_queue=False)
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, error="Der Strom war weg.")
    if is_gone:
        job.delete()

    page = html(client, of(found))
    client.post(of(found, "resume"))

    found.refresh_from_db()
    assert ("Der Strom war weg." in page) is not is_gone
    assert found.job
    assert (found.job.person_id, finish(found.job).state) == (other.pk, JobState.DONE)
    found.refresh_from_db()
    assert found.state == ImportState.APPLIED


def test_what_came_to_a_halt_can_be_taken_back_instead(greta: Client, found: PeopleImport, people: Cast) -> None:
    before = company()
    job = actions.apply_import(by=people.greta, people_import=found, confirms_leavers=True, in_queue=False)
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED)

    assert "Anhalten und zurücknehmen" in html(greta, of(found))
    greta.post(of(found, "stop"))

    found.refresh_from_db()
    assert found.job
    assert (finish(found.job).state, company() == before) == (JobState.CANCELLED, True)


def test_of_two_who_go_on_only_one_does(people: Cast, found: PeopleImport) -> None:
    job = actions.check_import(by=people.greta, people_import=found, in_queue=False)
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED)
    one, other = (PeopleImport.objects.select_related("job").get() for _ in range(2))
    actions.resume_import(by=people.greta, people_import=one)

    with pytest.raises(Refused):
        actions.resume_import(by=people.greta, people_import=other)

    assert Job.objects.filter(kind="people.import_check", state=JobState.WAITING).count() == 1


@pytest.mark.parametrize(
    "deed,sentence", [("stop", "Hier läuft nichts mehr, was sich anhalten ließe."), ("resume", "hat jemand anderes")]
)
def test_nothing_that_runs_cannot_be_stopped_or_gone_on_with(
    greta: Client, found: PeopleImport, deed: str, sentence: str
) -> None:
    answer = greta.post(of(found, deed))

    assert answer.headers["Location"] == of(found, "preview")
    assert sentence in html(greta, of(found, "preview"))
    assert Job.objects.filter(state=JobState.WAITING).count() == 0


def test_an_import_is_taken_back_as_a_whole(greta: Client, found: PeopleImport) -> None:
    before = company()
    apply(found)
    record = html(greta, of(found))

    greta.post(of(found, "undo"))
    found.refresh_from_db()
    assert found.job
    page = html(greta, of(found))
    finish(found.job)

    assert "Alles wieder wie vorher?" in record
    assert "Abgänge, die zurückkommen: 5" in record
    assert "Der Import wird zurückgenommen" in page
    assert of(found, "stop") not in page
    assert company() == before
    assert "zurückgenommen am" in html(greta, of(found))
    assert greta.get(of(found, "preview")).status_code == 302


def test_only_the_newest_import_can_be_taken_back_and_the_page_says_why(
    greta: Client, people: Cast, found: PeopleImport, tmp_path: Path
) -> None:
    apply(found)
    applied(write(tmp_path, "Personalnummer;Vorname;Nachname\n99;Ida;Wolf", "other.csv"), by=people.greta)

    page = html(greta, of(found))

    assert "Nur der neueste lässt sich zurücknehmen" in page
    assert "undo-import" not in page


def test_a_discarded_import_leaves_only_the_fact_that_it_was(greta: Client, found: PeopleImport) -> None:
    answer = greta.post(of(found, "discard"))

    page = html(greta, answer.headers["Location"])
    assert "Der Import ist verworfen" in page
    assert "Die Datei und alle Namen daraus sind gelöscht" in page
    assert [greta.get(of(found, step)).headers["Location"] for step in ("columns", "errors", "preview")] == [
        of(found)
    ] * 3
    assert greta.post(of(found, "discard")).headers["Location"] == of(found)


def test_an_import_whose_undo_is_over_is_shown_with_its_figures(greta: Client, found: PeopleImport) -> None:
    undone(apply(found))
    PeopleImport.objects.update(settled={})

    page = html(greta, of(found))

    assert re.findall(r'<span class="number">(\d)</span>', page) == ["1", "1", "2", "1", "5"]
    assert JobRole.objects.filter(title_de="Leitung").count() == 0
    assert Site.objects.filter(name="Werk Süd").count() == 0
