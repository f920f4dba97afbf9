import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from wurzelwerk.kernel.jobs import Progress
from wurzelwerk.kernel.models import Job
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.lrs.housekeeping import run_sweep
from wurzelwerk.lrs.models import Statement
from wurzelwerk.lrs.tests.factories import StatementFactory
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import PersonFactory, cast

pytestmark = pytest.mark.django_db
CANARY = "Kanarienvogel 4711"


@pytest.fixture
def amira() -> Person:
    person: Person = PersonFactory()
    return person


@pytest.fixture
def page(client: Client, amira: Person) -> Client:
    client.force_login(amira)
    return client


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize(
    "language,heading,verb",
    [
        ("de", "Meine Lernspuren", "Abgeschlossen"),
        ("de-formal", "Meine Lernspuren", "Abgeschlossen"),
        ("en", "My learning traces", "Completed"),
    ],
)
def test_page_speaks_every_language(client: Client, language: str, heading: str, verb: str) -> None:
    amira = PersonFactory(language=language)
    StatementFactory(person=amira, object_name="Kurs A")
    client.force_login(amira)

    text = text_of(client.get("/statements"))

    assert f"<h1>{heading}</h1>" in text
    assert f"{verb}: Kurs A" in text


def test_empty_page_says_what_comes_next(page: Client) -> None:
    text = text_of(page.get("/statements"))

    assert "Noch keine Spuren" in text
    assert "Als Datei sichern" not in text


def test_filters_stand_in_the_address(page: Client, amira: Person) -> None:
    StatementFactory(person=amira, object_name="Kurs A")
    StatementFactory(person=amira, object_name="Treffen B", verb=Verb.MET)

    text = text_of(page.get("/statements?verb=met&month=2099-13&page=x"))

    assert "Treffen B" in text
    assert "Kurs A" not in text


def test_filters_that_fit_nothing_offer_a_way_out(page: Client, amira: Person) -> None:
    StatementFactory(person=amira)

    text = text_of(page.get("/statements?competence=none&month=2020-01"))

    assert "Nichts passt" in text


def test_htmx_gets_only_the_list(page: Client, amira: Person) -> None:
    StatementFactory(person=amira, object_name="Kurs A")

    text = text_of(page.get("/statements", headers={"HX-Request": "true"}))

    assert "Kurs A" in text
    assert "<html" not in text


def test_nobody_else_reads_a_word(client: Client) -> None:
    people = cast()
    StatementFactory(person=people.amira, object_name=CANARY, competence_key="c1")

    for person in (people.ben, people.clara, people.david, people.eva, people.felix, people.greta):
        client.force_login(person)
        assert CANARY not in text_of(client.get("/statements?verb=completed&competence=c1"))
        assert CANARY not in b"".join(client.get("/statements/download").streaming_content).decode()  # type: ignore[attr-defined]


def test_download_is_a_statement_result(page: Client, amira: Person) -> None:
    first = StatementFactory(person=amira)
    second = StatementFactory(person=amira)

    response = page.get("/statements/download")
    result = json.loads(b"".join(response.streaming_content))  # type: ignore[attr-defined]

    assert [statement["id"] for statement in result["statements"]] == [str(first.pk), str(second.pk)]
    assert result["more"] == ""
    assert response["X-Experience-API-Version"] == "1.0.3"
    assert response["Content-Disposition"].startswith("attachment;")
    assert "no-store" in response["Cache-Control"]


def test_empty_download_is_valid(page: Client) -> None:
    assert json.loads(b"".join(page.get("/statements/download").streaming_content)) == {  # type: ignore[attr-defined]
        "statements": [],
        "more": "",
    }


def test_reading_changes_nothing(page: Client, amira: Person) -> None:
    StatementFactory(person=amira)

    with CaptureQueriesContext(connection) as queries:
        page.get("/statements")
        b"".join(page.get("/statements/download").streaming_content)  # type: ignore[attr-defined]

    assert [query for query in queries if query["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}] == []


@pytest.mark.parametrize("path", ["/statements", "/statements/download"])
def test_only_reading_is_possible(page: Client, path: str) -> None:
    assert page.post(path).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_a_constant_number_of_queries(page: Client, amira: Person, count: int) -> None:
    for _ in range(count):
        StatementFactory(person=amira)

    with CaptureQueriesContext(connection) as queries:
        page.get("/statements")

    assert len(queries) <= 12
    assert len(queries) == len({query["sql"] for query in queries})


def test_sweep_deletes_after_thirteen_months(amira: Person, frozen_time: Traveller) -> None:
    old = StatementFactory(person=amira)
    frozen_time.shift(300 * 24 * 3600)
    new = StatementFactory(person=amira)
    frozen_time.shift(100 * 24 * 3600)
    job = Job.objects.create(kind="lrs.sweep")

    assert run_sweep(job, Progress(job)) == {"deleted": 1}
    assert list(Statement.objects.values_list("pk", flat=True)) == [new.pk]
    assert old.pk != new.pk
