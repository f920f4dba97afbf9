"""The pages of learning and development: frameworks, their import, job roles."""

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wurzelwerk.competences.actions import import_framework
from wurzelwerk.competences.models import Competence, Framework, TargetProfile
from wurzelwerk.competences.tests import data_case, data_onet
from wurzelwerk.competences.tests.factories import CompetenceFactory, FrameworkFactory, small_set, target
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.jobs import run_job
from wurzelwerk.kernel.models import Job
from wurzelwerk.people.models import JobRole, Person
from wurzelwerk.people.tests.factories import Cast, JobRoleFactory, cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def eva(people: Cast, client: Client) -> Person:
    client.force_login(people.eva)
    return people.eva


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A small framework in both languages as a ZIP file."""
    folder = small_set(tmp_path / "esco")
    path = tmp_path / "ESCO v1.2.0.zip"
    with zipfile.ZipFile(path, "w") as file:
        for member in folder.iterdir():
            file.write(member, member.name)
    return path


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def uploads() -> list[Path]:
    return list((Path(settings.DATA) / "uploads").glob("framework-*"))


@pytest.mark.parametrize("address", ["/frameworks", "/frameworks/import", "/frameworks/x", "/roles", "/roles/x"])
def test_only_learning_and_development_maintains(people: Cast, client: Client, address: str) -> None:
    for person in (people.amira, people.clara, people.david, people.felix, people.greta):
        client.force_login(person)
        assert "Personalentwicklung" in text(client, address, 403)


@pytest.mark.parametrize("address", ["/frameworks/x", "/roles/x"])
def test_what_is_made_up_is_not_there(eva: Person, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "language,sentence", [("de", "Noch gibt es keinen Kompetenzrahmen"), ("en", "There is no framework yet")]
)
def test_without_a_framework_the_list_invites_to_import(
    eva: Person, client: Client, language: str, sentence: str
) -> None:
    Person.objects.filter(pk=eva.pk).update(language=language)

    assert sentence in text(client, "/frameworks")


def test_a_framework_is_uploaded_imported_and_shown(eva: Person, client: Client, archive: Path) -> None:
    form = text(client, "/frameworks/import")
    sent = {"archive": SimpleUploadedFile(archive.name, archive.read_bytes()), "idempotency_key": "k"}
    answer = client.post("/frameworks/import", sent)
    job = Job.objects.get()
    waiting = text(client, "/frameworks")
    run_job(job.pk)

    framework = Framework.objects.get()
    assert "Dieser Dienst nutzt die ESCO-Klassifikation" in form
    assert answer["Location"] == reverse("people:job", args=[job.public_id])
    assert "Ein Import läuft" in waiting
    assert "Dieser Dienst nutzt die ESCO-Klassifikation der Europäischen Kommission." in text(client, "/frameworks")
    assert framework.version == "1.2.0"
    assert uploads() == []
    progress = text(client, answer["Location"])
    assert reverse("competences:framework", args=[framework.public_id]) in progress
    page = text(client, reverse("competences:framework", args=[framework.public_id]))
    assert "Was der Import getan hat" in page
    assert "Vorgang 1 prüfen" in page


@pytest.mark.parametrize(
    "language,recognised", [("de", "Erkannt als: CASE-Paket (JSON)"), ("en", "Recognised as: CASE")]
)
def test_a_case_package_is_uploaded_imported_and_shown(
    eva: Person, client: Client, tmp_path: Path, language: str, recognised: str
) -> None:
    Person.objects.filter(pk=eva.pk).update(language=language)
    path = data_case.write(tmp_path / "rahmen.json", data_case.package())

    client.post("/frameworks/import", {"archive": SimpleUploadedFile(path.name, path.read_bytes())})
    run_job(Job.objects.get().pk)

    framework = Framework.objects.get()
    page = text(client, reverse("competences:framework", args=[framework.public_id]))
    assert (framework.version, uploads()) == ("3.1", [])
    for part in (
        recognised,
        "Rahmen der Werkstatt",
        "Zuhören",
        "Gespräche führen",
        "Werkstatt Nord",
        "/frameworks/import",
    ):
        assert part in page


def test_occupations_of_onet_are_shown_with_their_levels(eva: Person, client: Client, tmp_path: Path) -> None:
    run_job(import_framework(by=eva, paths=[data_onet.small_set(tmp_path / "onet")]).pk)

    page = text(
        client, reverse("competences:framework", args=[Framework.objects.get().public_id]) + "?show=occupations"
    )

    assert "Mittlere Stufe" in page
    assert page.index("Workshop lead") < page.index("3,2") < page.index("Bicycle mechanic") < page.index("2,9")


def test_both_languages_are_uploaded_as_two_files(eva: Person, client: Client, tmp_path: Path) -> None:
    folder = small_set(tmp_path / "esco")
    sent: dict[str, Any] = {"version": "9.9"}
    for name, language in (("archive", "de"), ("second", "en")):
        path = tmp_path / "same name.zip"
        with zipfile.ZipFile(path, "w") as file:
            for member in folder.glob(f"*_{language}.csv"):
                file.write(member, member.name)
        sent[name] = SimpleUploadedFile(path.name, path.read_bytes())

    client.post("/frameworks/import", sent)
    job = Job.objects.get()
    run_job(job.pk)

    assert Framework.objects.get().version == "9.9"
    assert Competence.objects.filter(label_de="").count() + Competence.objects.filter(label_en="").count() == 0


def test_a_bad_file_is_told_on_the_page_of_the_job(eva: Person, client: Client) -> None:
    answer = client.post("/frameworks/import", {"archive": SimpleUploadedFile("esco.zip", b"PK broken")})
    run_job(Job.objects.get().pk)

    assert "esco.zip ist keine vollständige ZIP-Datei." in text(client, answer["Location"])
    assert (Framework.objects.count(), uploads()) == (0, [])


@pytest.mark.parametrize(
    "sent,sentence",
    [({}, "Hier fehlt noch eine Angabe."), ({"archive": SimpleUploadedFile("esco.xlsx", b"x")}, "esco.xlsx")],
)
def test_a_wrong_upload_is_told_at_the_field(eva: Person, client: Client, sent: dict[str, Any], sentence: str) -> None:
    answer = client.post("/frameworks/import", {**sent, "version": "1.2.0"})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert 'value="1.2.0"' in answer.content.decode()


def test_a_second_import_is_refused_while_one_runs(eva: Person, client: Client, archive: Path) -> None:
    import_framework(by=None, paths=[archive])

    answer = client.post("/frameworks/import", {"archive": SimpleUploadedFile("esco.zip", archive.read_bytes())})

    assert answer.status_code == 422
    assert "Ein anderer Import läuft noch." in answer.content.decode()
    assert uploads() == []


def test_the_folder_of_an_upload_nobody_waits_for_is_removed(eva: Person, client: Client, archive: Path) -> None:
    client.post("/frameworks/import", {"archive": SimpleUploadedFile("esco.zip", archive.read_bytes())})
    left = uploads()
    Job.objects.update(state=JobState.CANCELLED, finished_at=clock.now())

    client.post("/frameworks/import", {"archive": SimpleUploadedFile("esco.zip", archive.read_bytes())})

    assert len(left) == len(uploads()) == 1
    assert left != uploads()


def test_the_content_of_a_framework_is_searched_and_paged(eva: Person, client: Client, archive: Path) -> None:
    run_job(import_framework(by=None, paths=[archive]).pk)
    Competence.objects.filter(uri__endswith="/s00005").update(retired_at=clock.now())
    address = reverse("competences:framework", args=[Framework.objects.get().public_id])

    assert "Vorgang 1 prüfen" in text(client, f"{address}?q=prüfen")
    assert "Vorgang 1 prüfen" not in text(client, f"{address}?q=messen&page=x")
    assert "Vorgang 1 prüfen" in text(client, f"{address}?area=professional")
    assert "Vorgang 1 prüfen" not in text(client, f"{address}?area=social")
    assert "Vorgang 5 prüfen" in text(client, f"{address}?show=retired")
    assert "Fachkraft 1" in text(client, f"{address}?show=occupations&q=fachkraft")


@pytest.mark.parametrize("number", [1, 3])
def test_the_lists_cost_the_same_for_one_and_for_three(eva: Person, client: Client, number: int) -> None:
    for _ in range(number):
        CompetenceFactory(framework=FrameworkFactory())
        target(JobRoleFactory(), {CompetenceFactory(): 3})

    for address, most in (("/frameworks", 12), ("/roles", 8)):
        with CaptureQueriesContext(connection) as queries:
            text(client, address)
        assert len(queries) <= most


@pytest.mark.parametrize("language,sentence", [("de", "kein Sollprofil"), ("en", "no target profile")])
def test_roles_without_a_target_stand_out(eva: Person, client: Client, language: str, sentence: str) -> None:
    Person.objects.filter(pk=eva.pk).update(language=language)
    JobRoleFactory(title_de="Leitung Montage", title_en="Assembly lead")

    page = text(client, "/roles?q=montage")

    assert sentence in page
    assert "Keine Rolle gefunden" in text(client, "/roles?q=xyz") or language == "en"


def role_with(levels: dict[Competence, float]) -> JobRole:
    role: JobRole = JobRoleFactory()
    target(role, levels, valid_from=date(2026, 1, 1))
    return role


def sent_for(role: JobRole, **more: Any) -> dict[str, Any]:
    return {"intent": "save", "valid_from": "heute", "seen_version": role.target_profiles.count(), **more}


def test_a_target_is_changed_as_a_new_version(eva: Person, client: Client) -> None:
    kept, dropped = CompetenceFactory(label_de="Bleibt"), CompetenceFactory(label_de="Geht")
    role = role_with({kept: 3, dropped: 2.5})
    address = reverse("competences:role", args=[role.public_id])

    form = text(client, address)
    answer = client.post(
        address,
        sent_for(
            role,
            line=[kept.public_id, dropped.public_id],
            **{
                f"level_{kept.public_id}": "4",
                f"weight_{kept.public_id}": "0.7",
                f"level_{dropped.public_id}": "2",
                f"weight_{dropped.public_id}": "1.0",
                f"leave_{dropped.public_id}": "on",
            },
        ),
    )
    after = text(client, address)

    newest = TargetProfile.objects.get(job_role=role, version=2)
    assert "Bleibt" in form
    assert answer["Location"] == address
    assert newest.valid_from == date(2026, 11, 23)
    assert [(one.competence, one.level, one.weight) for one in newest.requirements.all()] == [(kept, 4, 0.7)]
    assert "Fassung 2 gilt ab 23." in after
    assert "von 3 auf 4" in after


def test_what_was_not_touched_stays_exactly_as_it_was(eva: Person, client: Client) -> None:
    competence, other = CompetenceFactory(), CompetenceFactory()
    role = role_with({competence: 2.5, other: 3})
    address = reverse("competences:role", args=[role.public_id])

    client.post(
        address,
        sent_for(
            role,
            **{
                f"level_{competence.public_id}": "2",
                f"weight_{competence.public_id}": "1.0",
                f"level_{other.public_id}": "5",
                f"weight_{other.public_id}": "1.0",
            },
        ),
    )

    newest = TargetProfile.objects.get(job_role=role, version=2)
    assert {one.competence: one.level for one in newest.requirements.all()} == {competence: 2.5, other: 5}


def test_a_competence_is_searched_and_added_without_losing_what_was_typed(eva: Person, client: Client) -> None:
    role: JobRole = JobRoleFactory()
    found, other = CompetenceFactory(label_de="Gesprächsführung"), CompetenceFactory(label_de="Lager führen")
    address = reverse("competences:role", args=[role.public_id])

    searched = client.post(address, sent_for(role, intent="find", find="führ")).content.decode()
    nothing = client.post(address, sent_for(role, intent="find", find="xyz")).content.decode()
    added = client.post(address, sent_for(role, intent="add", add=[found.public_id])).content.decode()
    typed = {f"level_{found.public_id}": "5", f"weight_{found.public_id}": "0.2", "line": found.public_id}
    again = client.post(address, sent_for(role, intent="find", find="lager", **typed)).content.decode()
    saved = client.post(address, sent_for(role, **typed))

    assert found.public_id in searched
    assert "Nichts gefunden zu „xyz“." in nothing
    assert f'name="level_{found.public_id}"' in added
    assert TargetProfile.objects.count() == 1
    assert '<option value="5" selected>' in again
    assert other.public_id in again
    assert saved["Location"] == address
    requirement = TargetProfile.objects.get().requirements.get()
    assert (requirement.level, requirement.weight) == (5, 0.2)


@pytest.mark.parametrize(
    "change,sentence",
    [
        ({"seen_version": "0"}, "Inzwischen hat jemand anders dieses Sollprofil gespeichert."),
        ({"valid_from": "1.1.2020"}, "Eine Fassung kann nicht früher gelten"),
        ({"valid_from": "irgendwann"}, "Diesen Tag verstehen wir nicht."),
        ({"valid_from": ""}, "Hier fehlt noch eine Angabe."),
    ],
)
def test_a_refused_target_says_why_and_keeps_the_form(
    eva: Person, client: Client, change: dict[str, str], sentence: str
) -> None:
    competence = CompetenceFactory()
    role = role_with({competence: 3})
    values = {f"level_{competence.public_id}": "5", f"weight_{competence.public_id}": "0.4"}

    answer = client.post(reverse("competences:role", args=[role.public_id]), sent_for(role, **values) | change)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert '<option value="5" selected>' in page
    assert TargetProfile.objects.count() == 1


def test_leaving_everything_out_is_refused(eva: Person, client: Client) -> None:
    competence = CompetenceFactory()
    role = role_with({competence: 3})
    values = {
        f"level_{competence.public_id}": "3",
        f"weight_{competence.public_id}": "1.0",
        f"leave_{competence.public_id}": "on",
    }

    answer = client.post(reverse("competences:role", args=[role.public_id]), sent_for(role, **values))

    assert "mindestens eine Kompetenz" in answer.content.decode()
