import io
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from wurzelwerk.competences.tests.factories import CompetenceFactory
from wurzelwerk.journal.actions import delete_entry, mark_passage, share_entry, update_entry
from wurzelwerk.journal.models import JournalEntry
from wurzelwerk.journal.tests.conftest import Pair
from wurzelwerk.journal.tests.factories import EntryFactory
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.people.tests.factories import Cast, PersonFactory, cast
from wurzelwerk.privacy.models import AccessLogEntry, Share

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(frozen_time: Traveller) -> Cast:
    return cast()


@pytest.fixture
def page(client: Client, people: Cast) -> Client:
    client.force_login(people.amira)
    return client


def text_of(response: object) -> str:
    return response.content.decode().replace("\xa0", " ")  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize(
    "language,heading,lead,question",
    [
        ("de", "Lerntagebuch", "Schreib für dich.", "Frage des Tages"),
        ("de-formal", "Lerntagebuch", "Schreiben Sie für sich.", "Frage des Tages"),
        ("en", "Learning journal", "Write for yourself.", "Question of the day"),
    ],
)
def test_journal_speaks_every_language(
    frozen_time: Traveller, client: Client, language: str, heading: str, lead: str, question: str
) -> None:
    amira = PersonFactory(language=language)
    entry = EntryFactory(by=amira, body="x")
    deleted = delete_entry(by=amira, entry=EntryFactory(by=amira, body="y"))
    client.force_login(amira)

    text = text_of(client.get("/journal"))

    assert f"<h1>{heading}</h1>" in text
    assert lead in text
    assert question in text
    for path in ("new", "shared", "basket", entry.public_id, deleted.public_id, f"{entry.public_id}/edit"):
        assert client.get(f"/journal/{path}", follow=True).status_code == 200
    for path in ("versions", "mark"):
        assert client.get(f"/journal/{entry.public_id}/{path}").status_code == 200


def test_an_empty_journal_invites_without_pressing(page: Client) -> None:
    text = text_of(page.get("/journal"))

    assert "Dein Lerntagebuch ist leer" in text
    assert "Ehrlich gesagt: Wer den Server betreibt und die Schlüsseldatei hat, könnte sie lesen." in text


def test_the_list_shows_one_month_and_leads_to_the_others(page: Client, people: Cast) -> None:
    EntryFactory(by=people.amira, title="November-Eintrag")
    EntryFactory(by=people.amira, title="Oktober-Eintrag", written_on=clock.today() - timedelta(days=40))

    november, october = text_of(page.get("/journal")), text_of(page.get("/journal?month=2026-10"))

    assert ("November-Eintrag" in november, "Oktober-Eintrag" in november) == (True, False)
    assert ("November-Eintrag" in october, "Oktober-Eintrag" in october) == (False, True)
    assert "In diesem Monat nichts geschrieben" in text_of(page.get("/journal?month=2020-01&prompt=x"))


def test_another_question_can_be_asked_for(page: Client) -> None:
    first, second = (text_of(page.get(f"/journal?prompt={number}")) for number in (0, 1))

    assert first.split('class="prompt">')[1].split("<")[0] != second.split('class="prompt">')[1].split("<")[0]


def test_search_comes_by_post_and_marks_the_hits(page: Client, people: Cast) -> None:
    EntryFactory(by=people.amira, body="Die Schichtübergabe lief gut.")

    assert "<mark>Schichtübergabe</mark>" in text_of(page.post("/journal/search", {"q": "uebergabe"}))
    assert "Nichts gefunden" in text_of(page.post("/journal/search", {"q": "urlaub"}))
    assert page.post("/journal/search", {"q": " "})["Location"] == "/journal"
    assert page.get("/journal/search?q=uebergabe")["Location"] == "/journal"


def test_own_entry_shows_text_and_what_stands_beside(page: Client, people: Cast) -> None:
    entry = EntryFactory(by=people.amira, title="Fragen", body="Ich habe **gefragt**.", prompt="Was war neu?")

    text = text_of(page.get(f"/journal/{entry.public_id}"))

    assert "<h1>Fragen</h1>" in text
    assert "<strong>gefragt</strong>" in text
    assert "Was war neu?" in text
    assert "nur für dich" in text
    assert AccessLogEntry.objects.count() == 0


def test_markdown_never_becomes_a_script(page: Client, people: Cast) -> None:
    entry = EntryFactory(by=people.amira, title="<script>a()</script>", body="<script>b()</script> [x](javascript:c())")

    text = text_of(page.get(f"/journal/{entry.public_id}"))

    assert "<script>a" not in text
    assert "<script>b" not in text
    assert 'href="javascript' not in text


def test_partner_reads_the_shared_entry_and_it_is_logged(client: Client, people: Cast, pair: Pair) -> None:
    pair(people.amira, people.ben)
    shared, private = EntryFactory(by=people.amira, body="für Ben"), EntryFactory(by=people.amira, body="privat")
    share_entry(by=people.amira, entry=shared, recipient=people.ben)
    client.force_login(people.ben)

    text = text_of(client.get(f"/journal/{shared.public_id}"))

    assert "für Ben" in text
    assert f"/journal/{shared.public_id}/edit" not in text
    assert client.get(f"/journal/{private.public_id}").status_code == 404
    logged = AccessLogEntry.objects.get()
    assert (logged.person, logged.reader, logged.item) == (people.amira, people.ben, Item.JOURNAL)
    assert (logged.reader_audience, logged.object_key) == (Audience.PARTNER, shared.public_id)


def test_revoking_is_effective_on_the_next_request(client: Client, people: Cast, pair: Pair) -> None:
    pair(people.amira, people.ben)
    entry = EntryFactory(by=people.amira)
    share_entry(by=people.amira, entry=entry, recipient=people.ben)
    ben, path = Client(), f"/journal/{entry.public_id}"
    ben.force_login(people.ben)
    assert ben.get(path).status_code == 200
    client.force_login(people.amira)

    client.post(f"{path}/shares/{Share.objects.get().public_id}/stop")

    assert ben.get(path).status_code == 404
    assert "Für dich ist nichts freigegeben" in text_of(ben.get("/journal/shared"))


def test_what_was_opened_stands_in_the_lists_of_the_reader(client: Client, people: Cast, pair: Pair) -> None:
    pair(people.amira, people.ben)
    entry = EntryFactory(by=people.amira, title="geheimer Titel")
    share_entry(by=people.amira, entry=entry, recipient=people.ben)
    client.force_login(people.ben)

    pages = [text_of(client.get(path)) for path in ("/journal", "/journal/shared", f"/people/{people.amira.public_id}")]

    assert [f"/journal/{entry.public_id}" in text for text in pages] == [True, True, True]
    assert ["geheimer Titel" in text for text in pages] == [False, False, False]
    assert AccessLogEntry.objects.count() == 0


def test_sharing_page_by_page(page: Client, people: Cast, pair: Pair) -> None:
    pair(people.amira, people.ben)
    entry = EntryFactory(by=people.amira)
    path, choice = f"/journal/{entry.public_id}", f"{people.ben.public_id}-partner"
    assert choice in text_of(page.get(path))

    for until, sentence in (
        ("gestern", "Dieser Tag ist vorbei."),
        ("2030-01-01", "höchstens ein Jahr"),
        ("nie", "verstehen wir nicht"),
    ):
        assert sentence in text_of(page.post(f"{path}/share", {"recipient": choice, "until": until}))
    assert Share.objects.count() == 0
    text = text_of(page.post(f"{path}/share", {"recipient": choice, "until": "in 2 Wochen"}, follow=True))

    assert "Ben Krüger kann diesen Eintrag bis zum 7. Dezember 2026 lesen." in text
    share = Share.objects.get()
    assert share.expires_at is not None
    assert f"{clock.now() + timedelta(days=15):%d}" == f"{share.expires_at + timedelta(hours=1):%d}"


def test_nobody_but_partners_can_be_chosen(page: Client, people: Cast, pair: Pair) -> None:
    entry = EntryFactory(by=people.amira)
    choice = f"{people.clara.public_id}-partner"
    assert "sobald es sie gibt" in text_of(page.get(f"/journal/{entry.public_id}"))

    page.post(f"/journal/{entry.public_id}/share", {"recipient": choice, "until": "in 2 Wochen"})

    assert Share.objects.count() == 0


def test_deleting_offers_the_way_back_at_once_and_from_the_basket(page: Client, people: Cast) -> None:
    entry = EntryFactory(by=people.amira, title="weg damit")
    path = f"/journal/{entry.public_id}"

    text = text_of(page.post(f"{path}/delete", follow=True))
    assert "weg damit" not in text
    assert f'action="{path}/restore"' in text
    assert "Ein Eintrag im Papierkorb" in text
    assert "weg damit" in text_of(page.get("/journal/basket"))
    assert "liegt im Papierkorb" in text_of(page.get(path))
    assert "weg damit" in text_of(page.post(f"{path}/restore", follow=True))

    page.post(f"{path}/delete")
    assert "endgültig gelöscht" in text_of(page.post(f"{path}/erase", follow=True))
    assert JournalEntry.objects.count() == 0


def test_erasing_what_is_not_in_the_basket_is_refused(page: Client, people: Cast) -> None:
    entry = EntryFactory(by=people.amira)

    assert page.post(f"/journal/{entry.public_id}/erase").status_code == 403
    assert JournalEntry.objects.count() == 1


def test_earlier_versions_can_be_read_and_restored(page: Client, people: Cast) -> None:
    entry = EntryFactory(by=people.amira, title="Titel", body="erste Fassung")
    update_entry(by=people.amira, entry=entry, body="zweite Fassung", version=1)
    path = f"/journal/{entry.public_id}/versions"

    assert f"{path}/1" in text_of(page.get(path))
    assert "erste Fassung" in text_of(page.get(f"{path}/1"))
    assert page.get(f"{path}/7").status_code == 404
    assert "erste Fassung" in text_of(page.post(f"{path}/1/restore", follow=True))
    assert page.post(f"{path}/7/restore").status_code == 404


def test_the_journal_can_be_taken_along(page: Client, people: Cast) -> None:
    EntryFactory(
        by=people.amira, title="Erster", body="Text eins", prompt="Frage?", written_on=clock.today() - timedelta(days=1)
    )
    EntryFactory(by=people.amira, body="Text zwei", competence=CompetenceFactory(label_de="Zuhören"))
    EntryFactory(by=people.ben, body="von Ben")

    whole = page.get("/journal/export")
    document = b"".join(whole.streaming_content).decode().replace("\xa0", " ")  # type: ignore[attr-defined]
    packed = page.get("/journal/export?format=zip")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(packed.streaming_content)))  # type: ignore[attr-defined]

    assert document == (
        "# Lerntagebuch\n\n## 22. November 2026: Erster\n\n> Frage?\n\nText eins\n"
        "\n## 23. November 2026\n\nText zwei\n\nKompetenzen: Zuhören\n"
    )
    assert whole["Content-Disposition"] == 'attachment; filename="lerntagebuch-2026-11-23.md"'
    assert [name[:10] for name in archive.namelist()] == ["2026-11-22", "2026-11-23"]
    assert "Text eins" in archive.read(archive.namelist()[0]).decode()
    assert whole["Cache-Control"] == packed["Cache-Control"] == "private, no-store"


def test_reading_changes_nothing_and_is_logged_only_for_others(page: Client, people: Cast) -> None:
    entry = EntryFactory(by=people.amira, body="alt")
    update_entry(by=people.amira, entry=entry, body="neu", version=1)
    mark_passage(by=people.amira, entry=entry, text="neu", competence=CompetenceFactory(), level=2)
    paths = [
        *(
            "/journal",
            "/journal/new",
            "/journal/new/" + "b" * 14,
            "/journal/search",
            "/journal/shared",
            "/journal/basket",
        ),
        *(f"/journal/{entry.public_id}{rest}" for rest in ("", "/edit", "/versions", "/versions/1", "/mark")),
    ]

    with CaptureQueriesContext(connection) as captured:
        statuses = [page.get(path).status_code for path in paths]
        b"".join(page.get("/journal/export").streaming_content)  # type: ignore[attr-defined]

    assert set(statuses) <= {200, 302}
    assert [query for query in captured if query["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}] == []


def test_searching_changes_nothing(page: Client, people: Cast) -> None:
    EntryFactory(by=people.amira, body="Text")

    with CaptureQueriesContext(connection) as captured:
        page.post("/journal/search", {"q": "text"})

    assert [query for query in captured if query["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}] == []


@pytest.mark.parametrize("path", ["/journal", "/journal/{}"])
def test_pages_cost_the_same_for_one_and_for_three(page: Client, people: Cast, pair: Pair, path: str) -> None:
    pair(people.amira, people.ben)
    costs = []
    for wanted in (1, 3):
        while JournalEntry.objects.count() < wanted:
            written = EntryFactory(by=people.amira, competences=[CompetenceFactory() for _ in range(wanted)])
            for _ in range(wanted):
                mark_passage(by=people.amira, entry=written, text="x", competence=CompetenceFactory(), level=2)
        newest = JournalEntry.objects.latest("pk").public_id
        with CaptureQueriesContext(connection) as captured:
            page.get(path.format(newest))
        costs.append(len(captured))

    assert costs[0] == costs[1] <= 16
