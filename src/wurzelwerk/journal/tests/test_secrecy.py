import logging
import sqlite3
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from pytest_django import Settings
from time_machine import Traveller

from wurzelwerk.competences.tests.factories import CompetenceFactory, described
from wurzelwerk.journal.actions import (
    delete_entry,
    mark_passage,
    restore_version,
    share_entry,
    update_entry,
    write_entry,
)
from wurzelwerk.journal.models import JournalEntry, Passage
from wurzelwerk.journal.tests.conftest import Pair, WriteKeys
from wurzelwerk.journal.tests.factories import EntryFactory
from wurzelwerk.kernel.keyring import JOURNAL_FILE
from wurzelwerk.notifications.actions import notify
from wurzelwerk.people.tests.factories import Cast, cast
from wurzelwerk.privacy.models import Share

pytestmark = pytest.mark.django_db
CANARY = "Kanarienvogel-4711"
OTHERS = ("ben", "clara", "david", "eva", "felix", "greta")


@pytest.fixture
def people(frozen_time: Traveller) -> Cast:
    return cast()


def raw_database() -> bytes:
    """Return everything that is stored: the database file itself, or every row of every table as text."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        raw = connection.connection
        assert isinstance(raw, sqlite3.Connection)
        return raw.serialize()
    return "\n".join(_rows_as_text()).encode()


def _rows_as_text() -> Iterator[str]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608 - the names come from the database
            yield from (row[0] for row in cursor.fetchall())


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]


def a_life_of_writing(people: Cast, pair: Pair) -> JournalEntry:
    """Write, change, share, delete; each text carries a canary."""
    pair(people.amira, people.ben)
    entry = write_entry(by=people.amira, title=f"{CANARY}-title", body=f"{CANARY}-body", prompt=f"{CANARY}-prompt")
    update_entry(by=people.amira, entry=entry, body=f"{CANARY}-second", title=f"{CANARY}-titled", version=1)
    entry.refresh_from_db()
    restore_version(by=people.amira, entry=entry, number=1)
    share_entry(by=people.amira, entry=entry, recipient=people.ben)
    delete_entry(by=people.amira, entry=EntryFactory(by=people.amira, body=f"{CANARY}-deleted"))
    entry.refresh_from_db()
    return entry


def test_no_word_stands_in_the_database(people: Cast, pair: Pair) -> None:
    notify(person=people.amira, kind="a.b", title_de="Gegenprobe-4711", title_en="", url="/people")

    a_life_of_writing(people, pair)

    stored = raw_database()
    assert b"Gegenprobe-4711" in stored  # the search itself finds what is there
    assert CANARY.encode() not in stored
    assert CANARY.encode("utf-16-le") not in stored


def test_no_word_stands_there_after_using_every_page(client: Client, people: Cast, pair: Pair) -> None:
    client.force_login(people.amira)
    form = {"title": "", "written_on": "heute", "version": "0", "prompt": CANARY, "editor": "b" * 14}
    for name in ("c" * 14, "d" * 14):
        client.post(f"/journal/new/{name}", form | {"body": f"{CANARY} {name}"})
    client.post(f"/journal/{'c' * 14}/edit", form | {"body": f"{CANARY} conflict", "version": "9"})
    client.post("/journal/search", {"q": CANARY})
    client.post(f"/journal/{'c' * 14}/mark", {"selected": CANARY})
    client.post(f"/journal/{'c' * 14}/mark/{described().public_id}", {"text": CANARY, "level": "2"})
    client.post(f"/journal/{'d' * 14}/delete")
    client.get("/journal")

    assert JournalEntry.objects.count() == 2
    assert CANARY.encode() not in raw_database()


def test_a_marked_passage_is_the_only_text_that_leaves(people: Cast, pair: Pair) -> None:
    entry = a_life_of_writing(people, pair)

    mark_passage(by=people.amira, entry=entry, text="freigegebene Stelle", competence=CompetenceFactory(), level=2)

    stored = raw_database()
    assert b"freigegebene Stelle" in stored
    assert CANARY.encode() not in stored


def test_no_word_stands_in_the_logs(
    client: Client, people: Cast, pair: Pair, caplog: pytest.LogCaptureFixture, error_log: object
) -> None:
    caplog.set_level(logging.DEBUG)
    entry = a_life_of_writing(people, pair)
    client.force_login(people.amira)
    client.get(f"/journal/{entry.public_id}")
    client.post("/journal/search", {"q": CANARY})
    JournalEntry.objects.filter(pk=entry.pk).update(sealed=b"\x01broken")
    client.get(f"/journal/{entry.public_id}")

    written = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert [line.split(":")[0] for line in error_log.messages] == [  # type: ignore[attr-defined]
        "wurzelwerk.journal.views.opening",
        "django.request",
    ]
    assert [line for line in written if CANARY in line] == []
    assert CANARY not in repr(entry)


def test_no_address_holds_a_word(client: Client, people: Cast) -> None:
    entry = EntryFactory(by=people.amira, body=CANARY)
    client.force_login(people.amira)

    answers = [
        client.post("/journal/search", {"q": CANARY}),
        client.post(f"/journal/{entry.public_id}/mark", {"selected": CANARY}),
        client.get(f"/journal/{entry.public_id}/mark?paragraph=0"),
    ]

    for answer in answers:
        assert not [part for part in text_of(answer).split('"') if CANARY in part and part.startswith("/")]
        assert CANARY not in str(answer.headers)


@pytest.mark.parametrize("name", OTHERS)
def test_everybody_else_gets_404_everywhere(client: Client, people: Cast, pair: Pair, name: str) -> None:
    entry = a_life_of_writing(people, pair)
    Share.objects.all().delete()
    passage = mark_passage(
        by=people.amira, entry=entry, text=f"{CANARY}-passage", competence=CompetenceFactory(), level=2
    )
    entry.refresh_from_db()
    share_id = share_entry(by=people.amira, entry=entry, recipient=people.greta).public_id
    competence = described()
    before = (entry.version, entry.deleted_at, JournalEntry.objects.count())
    client.force_login(getattr(people, name))
    base = f"/journal/{entry.public_id}"

    reads = [base, f"{base}/edit", f"{base}/versions", f"{base}/versions/1", f"{base}/mark", f"{base}/mark?paragraph=0"]
    writes = [
        *(f"{base}/{verb}" for verb in ("edit", "delete", "restore", "erase", "share", "mark")),
        f"{base}/versions/1/restore",
        f"{base}/mark/{competence.public_id}",
        f"{base}/shares/{share_id}/stop",
        f"/journal/new/{entry.public_id}",
        f"/journal/passages/{passage.public_id}/withdraw",
        f"/journal/passages/{passage.public_id}/restore",
    ]
    form = {"body": "x", "version": entry.version, "written_on": "heute", "text": "x", "level": "2", "confirm": "yes"}

    assert {path: client.get(path).status_code for path in reads} == dict.fromkeys(reads, 404)
    assert {path: client.post(path, form).status_code for path in writes} == dict.fromkeys(writes, 404)
    entry.refresh_from_db()
    passage.refresh_from_db()
    assert (entry.version, entry.deleted_at, JournalEntry.objects.count()) == before
    assert passage.withdrawn_at is None


@pytest.mark.parametrize("name", OTHERS)
def test_no_list_of_anybody_else_holds_a_word(client: Client, people: Cast, pair: Pair, name: str) -> None:
    a_life_of_writing(people, pair)
    client.force_login(getattr(people, name))

    pages = [
        text_of(client.get(path))
        for path in ("/journal", "/journal/basket", "/journal/shared", "/inbox", f"/people/{people.amira.public_id}")
    ]
    pages.append(text_of(client.post("/journal/search", {"q": CANARY[:6]})))
    pages.append(b"".join(client.get("/journal/export").streaming_content).decode())  # type: ignore[attr-defined]
    pages.append(text_of(client.get(f"/search?q={CANARY[:6]}")))

    assert [page for page in pages if f"{CANARY}-" in page] == []


def test_a_partner_sees_the_shared_text_and_nothing_else_of_it(client: Client, people: Cast, pair: Pair) -> None:
    entry = a_life_of_writing(people, pair)
    client.force_login(people.ben)
    base = f"/journal/{entry.public_id}"

    text = text_of(client.get(base))

    assert f"{CANARY}-body" in text
    assert f"{CANARY}-second" not in text
    for path in (f"{base}/edit", f"{base}/versions", f"{base}/versions/1", f"{base}/mark"):
        assert client.get(path).status_code == 404
    for path in ("delete", "erase", "share", "edit", "mark"):
        assert client.post(f"{base}/{path}").status_code == 404
    assert Passage.objects.count() == 0


def test_a_wrong_key_gives_a_clear_page_and_loses_nothing(
    client: Client, people: Cast, write_keys: WriteKeys, error_log: object
) -> None:
    entry = EntryFactory(by=people.amira, body="alles noch da", title="Titel")
    client.force_login(people.amira)
    write_keys("a wrong key")
    base = f"/journal/{entry.public_id}"

    for path in (base, f"{base}/edit", f"{base}/versions", f"{base}/mark"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "Dieser Text lässt sich nicht öffnen" in text_of(answer)
    saved = client.post(f"{base}/edit", {"body": "neu", "version": 1, "written_on": "heute"})
    assert saved.status_code == 503
    listed = client.get("/journal")
    assert (listed.status_code, "Dieser Eintrag lässt sich nicht öffnen" in text_of(listed)) == (200, True)
    exported = b"".join(client.get("/journal/export").streaming_content).decode()  # type: ignore[attr-defined]
    assert "Dieser Eintrag lässt sich nicht öffnen" in exported

    write_keys("the first key")
    assert "alles noch da" in text_of(client.get(base))
    assert error_log.messages != []  # type: ignore[attr-defined]


def test_a_key_file_that_vanished_or_is_open_to_others_gives_a_clear_page(
    client: Client, people: Cast, write_keys: WriteKeys, settings: Settings, error_log: object
) -> None:
    entry = EntryFactory(by=people.amira)
    client.force_login(people.amira)
    path = settings.KEY_FOLDER / JOURNAL_FILE

    path.chmod(0o644)
    assert client.get(f"/journal/{entry.public_id}").status_code == 503
    path.unlink()
    for page in (f"/journal/{entry.public_id}", "/journal", f"/journal/new/{'b' * 14}"):
        answer = (
            client.get(page)
            if "new" not in page
            else client.post(page, {"body": "x", "version": 0, "written_on": "heute"})
        )
        assert answer.status_code == 503
    assert error_log.messages != []  # type: ignore[attr-defined]
    assert JournalEntry.objects.count() == 1


def test_a_tampered_text_gives_a_clear_page(client: Client, people: Cast, error_log: object) -> None:
    entry, other = EntryFactory(by=people.amira, body="eins"), EntryFactory(by=people.amira, body="zwei")
    JournalEntry.objects.filter(pk=entry.pk).update(sealed=other.sealed)
    client.force_login(people.amira)

    answer = client.get(f"/journal/{entry.public_id}")

    assert answer.status_code == 503
    assert "zwei" not in text_of(answer)
    assert "entweder fehlt der Schlüssel".lower() in text_of(answer).lower()
    assert django_settings.DEBUG is False
    assert len(error_log.messages) > 0  # type: ignore[attr-defined]
