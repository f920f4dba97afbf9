import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from time_machine import Traveller

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.kernel.declarations import personal_models
from wurzelwerk.kernel.matrix import MATRIX, Audience, Item, Level, who_sees
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import Cast
from wurzelwerk.privacy import actions
from wurzelwerk.privacy.models import AccessLogEntry, Share
from wurzelwerk.privacy.tests.factories import LookFactory, ShareFactory
from wurzelwerk.ui.formatting import date, oclock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]
PAGES = ("/privacy", "/privacy/shares", "/privacy/access-log", "/privacy/my-data")


@pytest.fixture
def page(client: Client, people: Cast) -> Client:
    client.force_login(people.amira)
    return client


def as_person(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text_of(response: Any) -> str:
    content: bytes = response.getvalue()
    return content.decode()


def file_of(client: Client) -> dict[str, list[dict[str, Any]]]:
    found = json.loads(text_of(client.get("/privacy/my-data/download")))
    return {section["kind"]: section["rows"] for section in found["sections"]}


@pytest.mark.parametrize("language", ["de", "de-formal", "en"])
@pytest.mark.parametrize(
    "address,german,english",
    [
        (PAGES[0], "Wer sieht was", "Who sees what"),
        (PAGES[1], "Meine Freigaben", "My shares"),
        (PAGES[2], "Wer hat mich gesehen", "Who has seen me"),
        (PAGES[3], "Was über mich gespeichert ist", "What is stored about me"),
    ],
)
def test_page_speaks_every_language(
    client: Client, people: Cast, language: str, address: str, german: str, english: str
) -> None:
    Person.objects.filter(pk=people.amira.pk).update(language=language)
    client.force_login(people.amira)

    text = text_of(client.get(address))

    assert f"<h1>{english if language == 'en' else german}</h1>" in text


def test_formal_page_says_sie(client: Client, people: Cast) -> None:
    Person.objects.filter(pk=people.amira.pk).update(language="de-formal")
    client.force_login(people.amira)

    text = text_of(client.get("/privacy/shares"))

    assert "Sie teilen nichts" in text
    assert "Du teilst nichts" not in text


def test_matrix_shows_every_cell_in_words(page: Client, people: Cast) -> None:
    Person.objects.filter(pk=people.amira.pk).update(language="en")

    text = text_of(as_person(Person.objects.get(pk=people.amira.pk)).get("/privacy"))

    cells = {item: set(row.values()) for item, row in MATRIX.items()}
    assert text.count('<li class="sight sight-') == sum(len(levels) for levels in cells.values())
    for item in Item:
        assert f'id="{item.value}"' in text
        with override("en"):
            assert all(str(sight.level_text) in text and str(sight.note) in text for sight in who_sees(item))
    with override("en"):
        assert all(text.count(str(audience.label)) >= len(Item) for audience in Audience)
    assert text.count('class="sight sight-never"') == sum(Level.NEVER in levels for levels in cells.values())


def test_matrix_of_one_audience_says_what_that_one_sees(page: Client) -> None:
    whole = text_of(page.get("/privacy?who=nonsense"))
    text = text_of(page.get("/privacy?who=lead", headers={"HX-Request": "true"}))

    assert "<html" not in text
    assert text.count('<li class="sight sight-') == len(Item) < whole.count('<li class="sight sight-')
    assert text.count('class="sight sight-reduced"') == sum(
        row[Audience.LEAD] is Level.REDUCED for row in MATRIX.values()
    )
    assert "Administration" not in text.split("<table")[1]


def test_empty_pages_say_what_comes_next(page: Client) -> None:
    assert "Du teilst nichts" in text_of(page.get("/privacy/shares"))
    assert "Noch hat niemand etwas angesehen" in text_of(page.get("/privacy/access-log"))
    assert "Das hat niemand angesehen" in text_of(page.get("/privacy/access-log?item=journal"))


def test_share_tells_what_with_whom_and_until_when(page: Client, people: Cast) -> None:
    ends = timezone.localtime(clock.now()) + timedelta(days=3)
    partner = {"by": people.amira, "item": Item.JOURNAL, "audience": Audience.PARTNER, "recipient": people.ben}
    ShareFactory(**partner, label="Eintrag A", expires_at=ends)
    ShareFactory(**partner, label="Eintrag B", expires_at=ends.replace(hour=0))

    text = text_of(page.get("/privacy/shares"))

    assert all(word in text for word in ("Eintrag A", "Eintrag B", "Ben Krüger"))
    assert (date(ends, "medium") + ", " + oclock(ends) in text, text.count(oclock(ends))) == (True, 1)
    assert date(ends - timedelta(days=1), "medium") in text
    assert f'href="/people/{people.ben.public_id}"' in text


def test_closing_a_share_can_be_undone(page: Client, people: Cast) -> None:
    opened = ShareFactory(by=people.amira, label="Sache A")

    closed = page.post(f"/privacy/shares/{opened.public_id}/revoke", follow=True)
    in_force = Share.objects.in_force().count()
    page.post(f"/privacy/shares/{opened.public_id}/restore")

    assert f'action="/privacy/shares/{opened.public_id}/restore"' in text_of(closed)
    assert "Beendet in den letzten 30 Tagen" in text_of(closed)
    assert (in_force, Share.objects.in_force().count()) == (0, 1)


def test_undoing_too_late_says_so(page: Client, people: Cast, frozen_time: Traveller) -> None:
    opened = actions.revoke_share(by=people.amira, share=ShareFactory(by=people.amira))
    frozen_time.shift(timedelta(hours=1, minutes=1))

    text = text_of(page.post(f"/privacy/shares/{opened.public_id}/restore", follow=True))

    assert "Das ist zu lange her" in text
    assert Share.objects.in_force().count() == 0


@pytest.mark.parametrize("verb", ["revoke", "restore"])
def test_david_sees_404(people: Cast, verb: str) -> None:
    opened = ShareFactory(by=people.amira)

    response = as_person(people.david).post(f"/privacy/shares/{opened.public_id}/{verb}")

    assert response.status_code == 404
    assert Share.objects.in_force().count() == 1


def test_nobody_else_reads_shares_log_or_file(people: Cast) -> None:
    ShareFactory(by=people.amira, label="CANARY")
    LookFactory(person=people.amira, reader=people.ben, object_key="CANARY")
    LookFactory(person=people.amira, reader=people.clara, item=Item.PATH)

    for name in ("david", "clara", "eva", "felix", "greta"):
        client = as_person(getattr(people, name))
        text = "".join(text_of(client.get(address)) for address in (*PAGES, "/privacy/my-data/download"))

        assert "CANARY" not in text, name
        assert "Ben Krüger" not in text, name


def test_log_tells_who_as_what_which_and_when(page: Client, people: Cast) -> None:
    opened = ShareFactory(
        by=people.amira, item=Item.JOURNAL, audience=Audience.PARTNER, label="Eintrag A", recipient=people.ben
    )
    look = {"person": people.amira, "reader": people.ben, "object_key": opened.object_key}
    LookFactory(**look, read_at=clock.now() - timedelta(hours=3))
    LookFactory(**look, read_at=clock.now() - timedelta(hours=1))
    LookFactory(person=people.amira, reader=None, item=Item.PATH, read_at=clock.now() - timedelta(days=1))
    LookFactory(person=people.ben, reader=people.amira)

    text = text_of(page.get("/privacy/access-log"))

    assert all(word in text for word in ("Ben Krüger", "Eintrag A", "2-mal, zuletzt um", "08:00", "Heute", "Gestern"))
    assert "Jemand, dessen Konto es nicht mehr gibt" in text
    assert text.count('class="list-row"') == 2


def test_log_is_filtered_by_item(page: Client, people: Cast) -> None:
    LookFactory(person=people.amira, reader=people.ben, item=Item.JOURNAL)
    LookFactory(person=people.amira, reader=people.clara, item=Item.PATH)

    found = {item: text_of(page.get(f"/privacy/access-log?item={item}&page=x")) for item in ("path", "nonsense")}

    assert ("Clara Vogt" in found["path"], "Ben Krüger" in found["path"]) == (True, False)
    assert ("Clara Vogt" in found["nonsense"], "Ben Krüger" in found["nonsense"]) == (True, True)


def test_log_is_paged(page: Client, people: Cast) -> None:
    for number in range(51):
        LookFactory(
            person=people.amira, reader=people.ben, object_key=f"{number}",
            read_at=clock.now() - timedelta(minutes=number),
        )  # fmt: skip

    pages = [text_of(page.get(f"/privacy/access-log?page={number}")) for number in (1, 2)]

    assert [text.count('class="list-row"') for text in pages] == [50, 1]


def test_filtering_answers_with_the_list_alone(page: Client) -> None:
    text = text_of(page.get("/privacy/access-log", headers={"HX-Request": "true"}))

    assert "<h1>" not in text


def test_stored_names_every_declared_field(page: Client, people: Cast) -> None:
    text = text_of(page.get("/privacy/my-data"))

    for _model, declared in personal_models():
        for group in declared.fields:
            assert ", ".join(name for name in group.names if name not in declared.withheld) in text
            assert str(group.retention.label) in text
    assert f'href="{reverse("journal:export")}"' in text


def test_file_holds_own_rows_only(page: Client, people: Cast) -> None:
    ShareFactory(by=people.amira, label="Eigenes", recipient=people.ben, audience=Audience.PARTNER)
    ShareFactory(by=people.david, label="Fremdes")
    LookFactory(person=people.amira, reader=people.ben)
    LookFactory(person=people.ben, reader=people.amira)
    record_audit(by=people.david, verb="privacy.share")

    found = file_of(page)

    ben = {"id": people.ben.public_id, "name": "Ben Krüger"}
    assert [(row["label"], row["recipient"]) for row in found["privacy.share"]] == [("Eigenes", ben)]
    assert [row["reader"] for row in found["privacy.accesslogentry"]] == [ben]
    assert {row["person_id"] for row in found["kernel.auditentry"]} == {people.amira.pk}
    assert [row["given_name"] for row in found["people.person"]] == ["Amira"]
    assert [row["manager"]["name"] for row in found["people.employment"]] == ["Clara Vogt"]


def test_file_leaves_secrets_out(people: Cast) -> None:
    Person.objects.filter(pk=people.greta.pk).update(password="HASH")

    greta = Person.objects.get(pk=people.greta.pk)

    text = text_of(as_person(greta).get("/privacy/my-data/download"))

    assert "HASH" not in text
    assert '"secret"' not in text
    assert "mfa.authenticator" in text
    assert json.loads(text)["person"] == {"id": people.greta.public_id, "name": "Greta Nowak"}


def test_file_is_kept_by_no_cache(page: Client) -> None:
    response = page.get("/privacy/my-data/download")

    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == 'attachment; filename="meine-daten-2026-11-23.json"'


def test_reading_changes_nothing(page: Client, people: Cast) -> None:
    opened = ShareFactory(by=people.amira)
    before = (list(Share.objects.values()), AccessLogEntry.objects.count())

    statuses = [page.get(address).status_code for address in (*PAGES, "/privacy/my-data/download")]
    refused = [page.get(f"/privacy/shares/{opened.public_id}/{verb}").status_code for verb in ("revoke", "restore")]

    assert (statuses, refused) == ([200] * 5, [405] * 2)
    assert (list(Share.objects.values()), AccessLogEntry.objects.count()) == before


@pytest.mark.parametrize("address", PAGES)
def test_more_rows_cost_no_more_queries(page: Client, people: Cast, address: str) -> None:
    def grow(count: int) -> None:
        for number in range(count):
            ShareFactory(by=people.amira, recipient=people.ben, audience=Audience.PARTNER)
            actions.revoke_share(by=people.amira, share=ShareFactory(by=people.amira))
            LookFactory(person=people.amira, reader=people.ben, read_at=clock.now() - timedelta(days=number))

    page.get(address)
    counts = [count_queries(grow, page, address, count) for count in (1, 2)]

    assert counts[0] == counts[1]
    assert counts[0] <= 12


def count_queries(grow: Callable[[int], None], page: Client, address: str, count: int) -> int:
    grow(count)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page.get(address)
    return len(queries)
