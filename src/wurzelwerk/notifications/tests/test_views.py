from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from wurzelwerk.kernel import clock
from wurzelwerk.notifications import queries
from wurzelwerk.notifications.kinds import NotificationKind, icon_of, kinds
from wurzelwerk.notifications.models import Notification
from wurzelwerk.notifications.tests.factories import NotificationFactory
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import PersonFactory, cast
from wurzelwerk.ui.icons import names

pytestmark = pytest.mark.django_db
CANARY = "Kanarienvogel 4711"


@pytest.fixture
def amira() -> Person:
    person: Person = PersonFactory(given_name="Amira")
    return person


@pytest.fixture
def page(client: Client, amira: Person) -> Client:
    client.force_login(amira)
    return client


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize(
    "language,heading,waiting,title",
    [
        ("de", "Mitteilungen", "Eine Mitteilung wartet auf dich.", "Hallo"),
        ("de-formal", "Mitteilungen", "Eine Mitteilung wartet auf Sie.", "Hallo"),
        ("en", "Messages", "One message is waiting for you.", "Hello"),
    ],
)
def test_inbox_speaks_every_language(client: Client, language: str, heading: str, waiting: str, title: str) -> None:
    amira = PersonFactory(language=language)
    NotificationFactory(person=amira, title_de="Hallo", title_en="Hello")
    client.force_login(amira)

    text = text_of(client.get("/inbox"))

    assert f"<h1>{heading}</h1>" in text
    assert waiting in text
    assert title in text


def test_messages_stand_by_day_newest_first(frozen_time: Traveller, page: Client, amira: Person) -> None:
    for days in (0, 1, 5):
        message = NotificationFactory(person=amira)
        Notification.objects.filter(pk=message.pk).update(sent_at=clock.now() - timedelta(days=days, minutes=1))

    text = text_of(page.get("/inbox"))

    assert text.index(">Heute<") < text.index(">Gestern<") < text.index(">Mi, 18.")


def test_empty_inbox_says_what_comes_next(page: Client, amira: Person) -> None:
    assert "Keine Mitteilungen" in text_of(page.get("/inbox"))
    assert "Nichts ungelesen" in text_of(page.get("/inbox?show=unread"))


def test_unread_can_be_shown_alone(page: Client, amira: Person) -> None:
    NotificationFactory(person=amira, title_de="neu")
    page.post(f"/inbox/{NotificationFactory(person=amira, title_de='gelesen').public_id}/open")

    text = text_of(page.get("/inbox?show=unread&page=nonsense"))

    assert "neu" in text
    assert "gelesen</button>" not in text


def test_the_bell_counts_on_every_page(page: Client, amira: Person) -> None:
    NotificationFactory(person=amira)
    NotificationFactory(person=amira)
    NotificationFactory()

    assert "Mitteilungen: 2 ungelesen" in text_of(page.get("/statements"))


def test_opening_marks_read_and_leads_on(page: Client, amira: Person) -> None:
    message = NotificationFactory(person=amira, url="/people/me")

    response = page.post(f"/inbox/{message.public_id}/open")

    message.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, "/people/me")
    assert message.read_at is not None


def test_marking_all_offers_the_way_back(page: Client, amira: Person) -> None:
    message = NotificationFactory(person=amira)

    text = text_of(page.post("/inbox/read", follow=True))
    assert "Eine Mitteilung ist als gelesen markiert." in text
    message.refresh_from_db()
    assert message.read_at is not None

    page.post("/inbox/unread", {"read_at": message.read_at.isoformat()})
    message.refresh_from_db()
    assert message.read_at is None


def test_marking_all_of_nothing_says_nothing(page: Client) -> None:
    assert "markiert" not in text_of(page.post("/inbox/read", follow=True)).replace("Alles als gelesen markieren", "")


@pytest.mark.parametrize("typed", [{}, {"read_at": "gestern"}, {"read_at": "2026-13-01T00:00:00+00:00"}])
def test_a_broken_undo_changes_nothing(page: Client, amira: Person, typed: dict[str, str]) -> None:
    page.post("/inbox/read")

    assert page.post("/inbox/unread", typed).status_code == 302


def test_deleting_offers_the_way_back(page: Client, amira: Person) -> None:
    message = NotificationFactory(person=amira, title_de="weg damit")

    text = text_of(page.post(f"/inbox/{message.public_id}/delete", follow=True))
    assert "weg damit" not in text
    assert f"/inbox/{message.public_id}/restore" in text

    assert "weg damit" in text_of(page.post(f"/inbox/{message.public_id}/restore", follow=True))


@pytest.mark.parametrize("action", ["open", "delete", "restore"])
def test_everybody_else_gets_404(client: Client, action: str) -> None:
    people = cast()
    message = NotificationFactory(person=people.amira, title_de=CANARY)

    for person in (people.ben, people.clara, people.david, people.eva, people.felix, people.greta):
        client.force_login(person)
        response = client.post(f"/inbox/{message.public_id}/{action}")
        assert response.status_code == 404
        assert CANARY not in text_of(client.get("/inbox"))
    message.refresh_from_db()
    assert (message.read_at, message.deleted_at) == (None, None)


@pytest.mark.parametrize(
    "path", ["/inbox/read", "/inbox/unread", "/inbox/x/open", "/inbox/x/delete", "/inbox/x/restore"]
)
def test_nothing_changes_by_get(page: Client, path: str) -> None:
    assert page.get(path).status_code == 405


def test_reading_the_inbox_changes_nothing(page: Client, amira: Person) -> None:
    NotificationFactory(person=amira)

    with CaptureQueriesContext(connection) as captured:
        page.get("/inbox")

    assert [query for query in captured if query["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}] == []


def test_a_list_costs_the_same_for_one_and_for_three(page: Client, amira: Person) -> None:
    costs = []
    for wanted in (1, 3):
        while Notification.objects.count() < wanted:
            NotificationFactory(person=amira, by=PersonFactory())
        with CaptureQueriesContext(connection) as captured:
            page.get("/inbox")
        costs.append(len(captured))

    assert costs[0] == costs[1] <= 10


def test_pages_follow(page: Client, amira: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE_SIZE", 1)
    NotificationFactory(person=amira, title_de="älter")
    NotificationFactory(person=amira, title_de="jünger")

    text = text_of(page.get("/inbox?page=2"))

    assert "älter" in text
    assert "jünger" not in text


def test_every_registered_kind_has_an_icon() -> None:
    assert {kind.icon for kind in kinds} - names() == set()
    assert icon_of("nobody.knows") == "bell"
    assert icon_of("journal.shared") == "notebook-pen"
    assert all(isinstance(kind, NotificationKind) for kind in kinds)
