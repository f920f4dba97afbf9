import csv
import io
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from wurzelwerk.kernel.audit import record_audit, seal_audit
from wurzelwerk.kernel.declarations import declaration_of, personal_models
from wurzelwerk.kernel.jobs import run_job
from wurzelwerk.kernel.models import AuditEntry, Job
from wurzelwerk.people import oversight
from wurzelwerk.people.choices import Role
from wurzelwerk.people.models import Person
from wurzelwerk.people.oversight import OversightFigures
from wurzelwerk.people.queries import oversight as queries
from wurzelwerk.people.tests.factories import Cast, PersonFactory, cast, give_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def felix(client: Client, people: Cast) -> Client:
    client.force_login(people.felix)
    return client


def page(client: Client) -> str:
    response = client.get("/oversight")
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("who", ["amira", "clara", "david", "eva", "greta"])
def test_for_everybody_else_there_is_no_oversight(client: Client, people: Cast, who: str) -> None:
    client.force_login(getattr(people, who))

    assert [client.get(path).status_code for path in ("/oversight", "/oversight/register")] == [404, 404]
    assert client.post("/oversight/verify").status_code == 404
    assert not Job.objects.exists()


@pytest.mark.parametrize("language", ["de", "en"])
def test_works_council_and_data_protection_read_it_in_both_languages(
    client: Client, people: Cast, language: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    officer = PersonFactory(language=language)
    give_role(officer, Role.DATA_PROTECTION)
    client.force_login(officer)

    with django_assert_max_num_queries(11):
        html = page(client)

    assert f'lang="{language}"' in html
    assert "Eva Sommer" in html


def test_the_register_holds_every_declared_field() -> None:
    found = {(row.model, name) for row in queries.register() for name in row.names}

    assert found == {
        (model.__name__, name)
        for model, declared in personal_models()
        for group in declared.fields
        for name in group.names
    }
    assert ("Person", "introduction") in found
    assert ("Authenticator", "data") in found


def test_models_of_libraries_are_declared_field_by_field() -> None:
    for model, declared in personal_models():
        fields = sorted(field.name for field in model._meta.local_fields)

        assert sorted(set(declared.declared()) & set(fields)) == fields, model
        assert len(declared.declared()) == len(set(declared.declared())), model
        assert set(declared.withheld) <= set(declared.declared()), model


def test_every_model_that_points_to_a_person_is_declared() -> None:
    related: set[Any] = {relation.related_model for relation in Person._meta.related_objects}

    assert [model for model in related if declaration_of(model) is None] == []


def test_the_register_can_be_taken_along(felix: Client) -> None:
    response = felix.get("/oversight/register")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["Raum", "Tabelle", "Felder"]
    assert len(rows) == len(queries.register()) + 1
    assert response.headers["Cache-Control"] == "private, no-store"


def test_figures_of_other_rooms_are_shown(felix: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = OversightFigures("shares", "Freigaben", "Nur Zahlen.", ("Was", "Wie viele"), (("Lerntagebuch", "17"),))
    monkeypatch.setattr(oversight.figures, "_entries", {"test": lambda: shown})

    html = page(felix)

    assert "Freigaben" in html
    assert "17" in html


def test_the_audit_trail_is_verified_on_request(
    felix: Client, people: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    assert "noch nicht geprüft" in page(felix)
    record_audit(by=people.greta, verb="test.act")
    seal_audit()

    with django_capture_on_commit_callbacks():
        answer = felix.post("/oversight/verify")
    run_job(Job.objects.get().pk)

    assert felix.get(answer.headers["Location"]).status_code == 200
    assert "Das Protokoll ist unversehrt" in page(felix)


def test_a_tampered_audit_trail_is_told(felix: Client, people: Cast) -> None:
    record_audit(by=people.greta, verb="test.act")
    seal_audit()
    AuditEntry.objects.update(verb="test.other")

    run_job(Job.objects.create(kind="kernel.verify_audit").pk)

    assert "Das Protokoll ist beschädigt" in page(felix)


def test_the_state_of_a_whole_trail_counts_what_is_not_sealed() -> None:
    record_audit(by=None, verb="test.act")

    assert queries.trail_state().unsealed == 1
    assert queries.trail_state().verified_at is None
